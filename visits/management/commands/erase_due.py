from django.core.management.base import BaseCommand
from django.utils import timezone

from visits.retention import actions, queries


class Command(BaseCommand):
    help = "Lists what has reached the end of its term in the retention table; --really erases it."

    def add_arguments(self, parser):
        parser.add_argument("--really", action="store_true", help="erase, and do not only list")

    def handle(self, *, really, **options):
        at = timezone.now()
        for kind, months, count, more in queries.listing(at):
            self.stdout.write(f"{kind.code:10} {months:4} months {count:6}{'+' if more else ' '} due")
        if not really:
            self.stdout.write("Nothing was erased. --really does it.")
            return
        done = actions.erase_due(at=at)
        self.stdout.write("Erased: " + ", ".join(f"{code} {count}" for code, count in done.items()))
