import os
from importlib.util import find_spec

from celery import Celery
from celery.signals import setup_logging

from conduct.floors import FLOORS as CONDUCT
from visits.floors import FLOORS as VISITS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")

# Celery would look for tasks in installed apps only; ours live in rooms.
ROOMS = [f"conduct.{room}" for room in CONDUCT] + [f"visits.{room}" for room in VISITS]
ROOMS_WITH_TASKS = [room for room in ROOMS if find_spec(f"{room}.tasks")]

app = Celery("fieldservice")
app.set_default()  # in every thread of the process
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(ROOMS_WITH_TASKS)


@setup_logging.connect
def log_as_django_does(**kwargs):
    """Being connected is enough: Celery then leaves logging as Django has set it up."""
