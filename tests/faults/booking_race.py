#!/usr/bin/env python
"""A thousand attempts at the same engineer and time, from many dispatchers at once: exactly one wins, and nobody gets an error page.

    DATA_DIR=$(mktemp -d) [DATABASE_URL=postgres://…] python tests/faults/booking_race.py [attempts] [at once]

Runs on an empty database of its own: it migrates it first. Every attempt is a whole request of the board's form through the
middleware; each thread has its own connection. Prints how many were told what, and how long the slowest waited. Exit status 1
unless one won and every other was told so.
"""

import datetime
import logging
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
START, END = "2099-01-05T09:00", "2099-01-05T11:00"


def main(attempts, at_once):
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    dispatcher, engineer, orders = people(at_once)
    desks = [(signed_in(dispatcher), order) for order in orders]
    with ThreadPoolExecutor(at_once) as pool:
        outcomes = list(pool.map(lambda n: attempt(engineer, *desks[n % len(desks)]), range(attempts)))
    counts = Counter(status for status, _taken in outcomes)
    slowest = max(taken for _status, taken in outcomes)
    booked = engineer.visits.filter(state="planned").count()
    print(f"{connection.vendor}: {attempts} attempts, {at_once} at once: {dict(counts)}, {booked} booked, slowest {slowest:.1f} s")
    return 0 if counts == {302: 1, 422: attempts - 1} and booked == 1 else 1


def people(orders):
    """A dispatcher, an engineer, and as many orders as there are threads."""
    from django.utils import timezone

    from conduct.people.access import Role
    from tests.factories import visits
    from tests.people import engineer, person

    now = timezone.now() - datetime.timedelta(minutes=1)
    visits.company()
    visits.edition(now)
    dispatcher, wang = person("chen", "陈静", Role.DISPATCHER), engineer("wang", "王磊", "南京")
    place = visits.site()
    return dispatcher, wang.engineer, [visits.order(dispatcher, now, place) for _n in range(orders)]


def signed_in(dispatcher):
    from django.test import Client

    client = Client()
    client.force_login(dispatcher)
    return client


def attempt(engineer, client, order):
    """One drop on the board: (HTTP status, seconds)."""
    from django.db import connections

    form = {"engineer": engineer.number, "planned_start": START, "planned_end": END, "zone": "Asia/Shanghai", "reason": ""}
    begun = time.perf_counter()
    try:
        status = client.post(f"/orders/{order.number}/plan/", form).status_code
    except Exception as error:  # what would be a 500
        status = type(error).__name__
    finally:
        connections.close_all()
    return status, time.perf_counter() - begun


if __name__ == "__main__":
    arguments = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(arguments + [1000, 32][len(arguments):])))
