from django.core.management.base import BaseCommand
from django.db import transaction

from conduct.customers.indexing import index_sites
from conduct.customers.models import Site


class Command(BaseCommand):
    help = "Make the words anew under which sites are found; needed only after rows were written past the application."

    @transaction.atomic
    def handle(self, **options):
        index_sites(Site.objects.all())
        self.stdout.write(f"{Site.objects.count()} sites")
