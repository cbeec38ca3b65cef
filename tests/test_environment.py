"""Every variable that the settings read stands in the README's table, and the other way round."""

import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from conduct.floors import FLOORS as CONDUCT
from visits.floors import FLOORS as VISITS

ROOT = Path(__file__).parent.parent
ROOMS = [f"conduct.{room}" for room in CONDUCT] + [f"visits.{room}" for room in VISITS]


def test_every_variable_is_documented():
    read = set(re.findall(r'env\.\w+\("(\w+)"', (ROOT / "fieldservice/settings.py").read_text()))
    table = (ROOT / "README.md").read_text().split("## Environment variables")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == read


@pytest.mark.parametrize("signal", ["access_withdrawn", "question_asked", "record_closed", "paper_sealed", "delivery_settled"])
def test_every_signal_is_in_the_table(signal):
    assert f"| `{signal}` |" in (ROOT / "README.md").read_text()


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_production_passes_the_deployment_check(tmp_path):
    env = {**os.environ, "PRODUCTION": "true", "DATA_DIR": str(tmp_path), "ALLOWED_HOSTS": "service.example.com"}
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE")  # the browser tests need it, a deployment must not have it
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_task_is_known_to_celery():
    from celery import current_app

    current_app.loader.import_default_modules()
    tasks = {name for name in current_app.tasks if not name.startswith("celery.")}
    rooms = {room.split(".")[1] for room in ROOMS if find_spec(f"{room}.tasks")}
    assert {name.split(".")[0] for name in tasks} == rooms
    for entry in current_app.conf.beat_schedule.values():
        assert entry["task"] in tasks


@pytest.mark.parametrize("room", [room for room in ROOMS if find_spec(f"{room}.receivers")])
def test_every_receiver_is_imported_at_start(room):
    assert f"{room}.receivers" in sys.modules
    assert import_module(f"{room}.receivers")
