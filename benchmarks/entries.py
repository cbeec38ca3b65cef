#!/usr/bin/env python
"""Entries stored a second, with projection, receipt and trail, beside a bare INSERT of the same row in the same run.

    python benchmarks/entries.py

On a database of its own (SQLite in a temporary folder; DATABASE_URL for another, empty one), one visit on site, 180 notes one
after the other, each in its own transaction as they come from a laptop. The record grows all the while: the first and the last
sixty are shown apart.
"""

import datetime
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DATA_DIR"] = FOLDER = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
import django

django.setup()

from celery import current_app
from django.core.management import call_command
from django.db import connection

from conduct.base.ids import uuid7
from conduct.people.access import Role
from conduct.people.models import Engineer, Staff, StaffRole
from tests.factories import visits
from visits.records.models import Entry

ROUNDS = 60


def person(username, role, at):
    someone = Staff.objects.create(username=username, name=username, created_at=at)
    StaffRole.objects.create(staff=someone, role=role, given_at=at)
    return someone


def a_second(work, rounds=ROUNDS):
    begun = time.perf_counter()
    for _round in range(rounds):
        work()
    return rounds / (time.perf_counter() - begun)


def main():
    current_app.conf.broker_url = "memory://"
    call_command("migrate", verbosity=0)
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    dispatcher, engineer = person("chen", Role.DISPATCHER, at), person("wang", Role.ENGINEER, at)
    Engineer.objects.create(number="E-001", staff=engineer, home_city="南京")
    visits.company()
    visits.edition(at)
    visit = visits.on_site(dispatcher, at, engineer.engineer)

    def ours():
        visits.enter(visit, "note", {"text": "更换电源模块后观察十分钟，未再出现丢包。", "for_customer": True}, at)

    def bare():
        last = Entry.objects.filter(visit=visit).latest("received_at")
        last.pk = uuid7(at)
        last.save(force_insert=True)

    first = a_second(ours)
    a_second(ours)
    last = a_second(ours)
    peer = a_second(bare)
    print(f"{connection.vendor}")
    for name, value in (("entries 1 to 60", first), ("entries 121 to 180", last), ("bare INSERT of the same row", peer)):
        print(f"{name:30} {value:7.0f} /s   {peer / value:5.1f} x the time of a bare INSERT")


if __name__ == "__main__":
    main()
