from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conduct import rules
from conduct.base.errors import DomainError
from conduct.rules.actions import load_edition
from conduct.rules.catalogue import CatalogueError, read

OURS = Path(rules.__file__).parent / "catalogue.yaml"


class Command(BaseCommand):
    help = "Loads a catalogue of conduct rules as an edition and publishes it. Loading it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=OURS)

    stealth_options = ("at",)

    def handle(self, *, file, at=None, **options):
        try:
            code, rows = read(file.read_text(encoding="utf-8"))
        except CatalogueError as error:
            raise CommandError(f"{file} was not loaded:\n{error}") from error
        try:
            load_edition(code=code, rules=rows, by=None, at=at or timezone.now())
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"Edition {code}: {len(rows)} rules.")
