import datetime
from zoneinfo import ZoneInfo

from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from conduct.company.models import Company
from conduct.rules.models import Edition
from visits.demo.accounts import ENGINEERS, PASSWORD, STAFF
from visits.demo.actions import PLAYED, load
from visits.demo.bulk import add_visits
from visits.demo.texts import COMPANY
from visits.papers.seal import sealer
from visits.papers.worker import render_apart


class Command(BaseCommand):
    help = "Loads the demo company into an empty database. The same --seed and --today make the same company."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="YYYY-MM-DD, today by default")
        parser.add_argument("--visits", type=int, default=PLAYED, help="beyond 300: bulk rows without files")
        parser.add_argument("--public-address", default="http://127.0.0.1:8000")

    def handle(self, *, seed, today, visits, public_address, **options):
        if Company.objects.exists():
            raise CommandError("This database has a company already.")
        today = today or timezone.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
        current_app.conf.broker_url = "memory://"  # nothing has to be carried: the demo's bells ring in an empty room
        if not Edition.objects.exists():
            call_command(
                "load_rules", at=datetime.datetime.combine(today - datetime.timedelta(days=365), datetime.time(), datetime.UTC)
            )
        with translation.override("zh-hans"):
            seal = sealer(settings.KEYS_DIR, company=COMPANY["name"], at=timezone.now())
            facts = {"seed": seed, "today": today, "visits": visits, "public_address": public_address}
            load(**facts, render=render_apart, sealer=seal, say=self.stdout.write)
        if visits > PLAYED:
            add_visits(count=visits - PLAYED, seed=seed, today=today, say=self.stdout.write)
        names = ", ".join(row[0] for row in [*STAFF, *ENGINEERS])
        self.stdout.write(f"The demo company is ready. Accounts: {names}. Password: {PASSWORD}")
