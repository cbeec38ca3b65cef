import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conduct.company.actions import set_up
from conduct.company.models import Company
from conduct.people.models import Staff


class Command(BaseCommand):
    help = "Makes an empty company and its first administrator (instead of the demo company)."

    def add_arguments(self, parser):
        parser.add_argument("--company", required=True, help="the company's name")
        parser.add_argument("--hotline", required=True, help="headquarters' telephone, printed on every record")
        parser.add_argument("--username", default="admin")
        parser.add_argument("--name", default="", help="the administrator's name")
        parser.add_argument("--password", help="asked for when not given")

    def handle(self, *, company, hotline, username, name, password, **options):
        if Company.objects.exists():
            raise CommandError("This database has a company already.")
        if Staff.objects.filter(username=username).exists():
            raise CommandError(f"There is a person {username} already.")
        password = password or getpass.getpass("Password of the administrator: ")
        if len(password) < 10:
            raise CommandError("The password needs at least 10 characters.")
        administrator = {"username": username, "name": name or username}
        set_up(company=Company(name=company, hotline=hotline), administrator=administrator, password=password, at=timezone.now())
        self.stdout.write(f"{company} is ready. Sign in as {username}.")
