from django.core.management.base import BaseCommand, CommandError

from conduct.trail.models import Seal
from conduct.trail.queries import first_broken_link


class Command(BaseCommand):
    help = "Checks that nobody changed or removed a sealed line of the trail."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a head that was mailed earlier (SHA-256): the chain must still pass through it")

    def handle(self, *, head=None, **options):
        if broken := first_broken_link():
            raise CommandError(f"The chain breaks at seal {broken.pk}, event {broken.event_id}.")
        if head and not Seal.objects.filter(sha256=head.lower()).exists():
            raise CommandError("The chain is whole, but it does not pass through this head: it was made anew.")
        self.stdout.write("The trail is whole.")
