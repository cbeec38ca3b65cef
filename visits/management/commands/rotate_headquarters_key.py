from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from visits.sync.keys import make_key


class Command(BaseCommand):
    help = "Makes a new key pair of headquarters for what laptops seal. What was sealed to older keys can still be opened."

    def handle(self, **options):
        key_id = make_key(settings.KEYS_DIR, at=timezone.now())
        self.stdout.write(f"From now on laptops seal to {key_id}.")
