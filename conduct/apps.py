from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from .base.moments import read_moments
from .floors import FLOORS


class ConductConfig(AppConfig):
    name = "conduct"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Signals reach only listeners that somebody imported."""
        for room in FLOORS:
            module = f"{self.name}.{room}.receivers"
            if find_spec(module):
                import_module(module)
        connection_created.connect(read_moments)
