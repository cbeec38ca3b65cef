from django.core.management.base import BaseCommand, CommandError

from conduct.trail.queries import first_broken_link


class Command(BaseCommand):
    help = "Checks that nobody changed or removed a sealed line of the trail."

    def handle(self, **options):
        if broken := first_broken_link():
            raise CommandError(f"The chain breaks at seal {broken.pk}, event {broken.event_id}.")
        self.stdout.write("The trail is whole.")
