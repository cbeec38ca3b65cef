"""A server, a visit of Wang's and a laptop for scripts that run outside of the test run, on a database of their own."""

import atexit
import datetime
import os
import shutil
import tempfile
from contextlib import contextmanager


def set_up():
    """Django on an empty SQLite database in a temporary folder, with Wang's visit in five minutes. Returns (server, visit)."""
    os.environ["DATA_DIR"] = folder = tempfile.mkdtemp(prefix="fieldservice-alone-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"REDIS_URL": "redis+socket:///nowhere", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
    import django

    django.setup()
    from celery import current_app
    from django.core.management import call_command
    from django.utils import timezone

    from tests.browser.laptops import Server, collect_static
    from tests.factories import visits
    from tests.people import Role, engineer, person

    current_app.conf.broker_url = "memory://"
    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    now = timezone.now()
    visits.company()
    visits.edition(now)
    chen, wang = person("chen", "陈静", Role.DISPATCHER), engineer("wang", "王磊", "南京")
    visit = visits.confirmed(chen, now, wang.engineer, start=now + datetime.timedelta(minutes=5))
    collect_static()
    return Server().start(), visit


@contextmanager
def ready_laptop(play, folder, server, visit):
    """(laptop, page): Wang's laptop, which holds the visit; the server still runs."""
    from tests.browser.laptops import Laptop, make_ready, sign_in

    laptop = Laptop(play, folder, server.url)
    page = laptop.open()
    sign_in(page)
    make_ready(page, visit.number)
    try:
        yield laptop, page
    finally:
        laptop.close()
