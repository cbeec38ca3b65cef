from django.core.management.base import BaseCommand

from visits.statistics.recount import recount


class Command(BaseCommand):
    help = "Counts every visit anew and rebuilds the month's sums. Stop web and workers first; closed months stay frozen."

    def handle(self, **options):
        self.stdout.write(f"{recount()} visits counted.")
