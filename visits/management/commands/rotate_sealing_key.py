from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from conduct.company.queries import company
from visits.papers.seal import make_key


class Command(BaseCommand):
    help = "Makes a new sealing key. Papers sealed with older keys stay valid."

    def handle(self, **options):
        key_id = make_key(settings.KEYS_DIR, company=company().name, at=timezone.now())
        self.stdout.write(f"From now on papers are sealed with {key_id}.")
