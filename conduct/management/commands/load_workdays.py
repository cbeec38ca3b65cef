from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from conduct.company.queries import company
from conduct.workdays.actions import load_package, load_standard
from conduct.workdays.official import SINCE


class Command(BaseCommand):
    help = "Takes China's official calendars that are known and not yet here, and makes the standard calendar. Again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--since", type=int, default=SINCE)

    stealth_options = ("at",)

    def handle(self, *, since, at=None, **options):
        at = at or timezone.now()
        with override("zh-hans"):
            name = _("Office hours")
        load_standard(code="office", name=name, zone=company().time_zone, at=at)
        years = load_package(since=since, by=None, at=at)
        self.stdout.write(f"Official calendars taken: {', '.join(map(str, years)) or 'none, all are here'}.")
