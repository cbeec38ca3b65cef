#!/usr/bin/env python
"""Visit list, visit page, order form and its save against an empty view, through gunicorn, at the size of the database given.

    DATA_DIR=… [DATABASE_URL=…] python benchmarks/pages.py

Starts gunicorn with two workers, signs in as the demo's dispatcher, asks each page 200 times in turn, so that what else the
machine does weighs on all of them alike, and prints the median in milliseconds, its ratio to an empty view (a 200 through the
same middleware that reads no session) and the limit. Beside it the workers' own processor time for a request, from 200 more of
each page: what stays the same on a busy machine. Then the sum of the two workers' PSS after 1,000 more requests. Exit status 1
when a limit is passed.
"""

import contextlib
import http.client
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldservice.settings")
PORT = int(os.environ.get("BENCHMARK_PORT", "8765"))
REQUESTS = int(os.environ.get("BENCHMARK_REQUESTS", "200"))
LIMITS = {
    "sqlite": {"list": 8, "page": 8, "form": 15, "save": 12},
    "postgresql": {"list": 12, "page": 11, "form": 20, "save": 18},
}
MEMORY_MB = 180


class Client:
    """One kept connection with cookies."""

    def __init__(self):
        self.connection, self.cookies = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60), {}

    def ask(self, path, form=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": f"127.0.0.1:{PORT}"}
        body = None
        if form is not None:
            form = [*form, ("csrfmiddlewaretoken", self.cookies["csrftoken"])]
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request("POST" if form is not None else "GET", path, body, headers)
        response = self.connection.getresponse()
        data = response.read()
        taken = (time.perf_counter() - begun) * 1000
        for name, value in re.findall(r"(\w+)=([^;,]*)", "; ".join(response.headers.get_all("Set-Cookie") or [])):
            if name in ("csrftoken", "sessionid"):
                self.cookies[name] = value
        return response.status, data.decode("utf-8", "replace"), taken


def medians(client, pages):
    """{name: median} of {name: (path, form, expected status)}, asked in turn."""
    times = {name: [] for name in pages}
    for turn in range(REQUESTS + 10):
        for name, (path, form, expect) in pages.items():
            status, _text, taken = client.ask(path, form)
            assert status == expect, (path, status)
            if turn >= 10:
                times[name].append(taken)
    return {name: statistics.median(values) for name, values in times.items()}


def cpu(client, pid, pages):
    """{name: milliseconds of processor time that the workers spend on one request}."""
    spent = {}
    for name, (path, form, _expect) in pages.items():
        begun = _cpu_seconds(pid)
        for _turn in range(REQUESTS):
            client.ask(path, form)
        spent[name] = (_cpu_seconds(pid) - begun) * 1000 / REQUESTS
    return spent


def _cpu_seconds(pid):
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in _children(pid)]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def _children(pid):
    return subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()


def pss_mb(pid):
    """Sum of the proportional set sizes of gunicorn's workers, in MB."""
    lines = [line for child in _children(pid) for line in Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def order_facts():
    """What a save needs, read from the database."""
    import django

    django.setup()
    from django.db import connection

    from conduct.customers.models import Site
    from visits.demo.accounts import PASSWORD
    from visits.schedule.models import Visit

    site = Site.objects.order_by("pk").first()
    visit = Visit.objects.filter(state="archived", record__isnull=False).order_by("planned_start").first()
    form = [
        ("site", site.pk),
        ("contact", site.contacts.first().pk),
        ("reported_fault", "压测"),
        ("scope", "检查"),
        ("priority", "normal"),
        ("another_matter", "on"),
    ]
    return PASSWORD, visit.number, form, connection.vendor, Visit.objects.count()


@contextlib.contextmanager
def serving():
    """gunicorn with two workers, once it answers: its process."""
    options = ["--workers", "2", "--bind", f"127.0.0.1:{PORT}", "--preload", "--keep-alive", "60"]
    command = [sys.executable, "-m", "gunicorn", "fieldservice.wsgi", *options]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait()
        yield server
    finally:
        server.terminate()
        server.wait()


def _wait():
    for _try in range(100):
        try:
            Client().ask("/healthz")
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise RuntimeError("gunicorn does not answer")


def signed_in(username, password):
    client = Client()
    client.ask("/accounts/login/")
    status, _text, _taken = client.ask("/accounts/login/", [("login", username), ("password", password)])
    assert status == 302, status
    return client


def main():
    password, number, form, vendor, visits = order_facts()
    with serving() as server:
        sys.exit(measure(server, password, number, form, vendor, visits))


def measure(server, password, number, form, vendor, visits):
    client = signed_in("chen", password)
    pages = {
        "empty": ("/healthz", None, 200),
        "list": ("/visits/", None, 200),
        "page": (f"/visits/{number}/", None, 200),
        "form": (f"/orders/new/?site={form[0][1]}", None, 200),
        "save": ("/orders/new/", form, 302),
    }
    results, spent = medians(client, pages), cpu(client, server.pid, pages)
    empty, nothing = results.pop("empty"), spent["empty"]
    print(f"{vendor}, {visits} visits; empty view {empty:.2f} ms, of which {nothing:.2f} ms in the worker")
    failed = 0
    for name, taken in results.items():
        limit = LIMITS[vendor][name]
        failed |= taken / empty > limit
        print(
            f"{name:5} {taken:7.2f} ms  {taken / empty:5.1f} x  limit {limit} x  {'ok' if taken / empty <= limit else 'TOO SLOW'}"
            f"   processor {spent[name]:6.2f} ms {spent[name] / nothing:5.1f} x"
        )
    for _try in range(1000):
        client.ask("/visits/")
    memory = pss_mb(server.pid)
    print(f"two workers: {memory:.0f} MB PSS after 1,000 requests, limit {MEMORY_MB} MB")
    return failed | (memory > MEMORY_MB)


if __name__ == "__main__":
    main()
