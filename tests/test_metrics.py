"""What machines ask: does it live, is it ready, and the measures for Prometheus, from two web workers at once."""

import datetime
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from conduct.outbox.models import Delivery
from tests.services import free_port
from tests.workers import broker_at

ROOT = Path(__file__).parent.parent
MINUTE = datetime.timedelta(minutes=1)


def waiting_delivery(at, **facts):
    return Delivery.objects.create(
        number="D-2026-000001", origin="notice", reference="chen", recipient_kind="staff_mail", recipient="chen@example.com",
        channel="mail_folder", subject="x", message_id="<1@x>", queued_at=at, next_try_at=at, **facts,
    )  # fmt: skip


def readings(text):
    """{(name, labels): value}"""
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


class Server:
    """gunicorn with two workers on the test's database."""

    def __init__(self, folder, **variables):
        self.port, self.folder = free_port(), folder
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder), **variables}
        if connection.vendor == "postgresql":
            base = os.environ["DATABASE_URL"].rpartition("/")[0]
            environment["DATABASE_URL"] = f"{base}/{connection.settings_dict['NAME']}"
        command = [sys.executable, "-m", "gunicorn", "fieldservice.wsgi", "--workers", "2", "--preload", "--no-control-socket"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{self.port}"], cwd=ROOT, env=environment, **quiet)
        end = time.monotonic() + 60
        while self.get("/healthz")[0] != 200:
            assert time.monotonic() < end, "gunicorn did not start"
            time.sleep(0.1)

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            return 0, ""

    def workers_that_answered(self):
        return {file.stem.rpartition("_")[2] for file in self.folder.glob("counter_*.db")}

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def serve(tmp_path, transactional_db):
    servers = []

    def start(**variables):
        servers.append(Server(tmp_path / "metrics", **variables))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


ASKED = (
    "django_http_responses_total_by_status_view_method_total",
    (("method", "GET"), ("status", "200"), ("view", "health:readyz")),
)


def test_two_workers_are_counted_as_one_and_a_new_start_begins_at_zero(serve):
    server = serve()
    asked = 0
    while asked < 40 or len(server.workers_that_answered()) < 3:  # two workers, and the parent that loaded the application
        assert server.get("/readyz")[0] == 200
        asked += 1

    pages = [server.get("/metrics")[1] for _try in range(4)]
    assert [readings(page)[ASKED] for page in pages] == [asked] * 4
    server.stop()

    assert ASKED not in readings(serve().get("/metrics")[1])


def test_only_from_an_allowed_address_or_with_the_token(serve):
    server = serve(METRICS_TOKEN="open-sesame")
    through_the_proxy = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}

    assert server.get("/metrics")[0] == 200
    assert server.get("/metrics", **through_the_proxy)[0] == 404
    assert server.get("/metrics", Authorization="Bearer wrong", **through_the_proxy)[0] == 404
    assert server.get("/metrics", Authorization="Bearer open-sesame", **through_the_proxy)[0] == 200


@pytest.mark.parametrize(
    ("address", "allowed", "status"),
    [
        ("10.1.2.3", ["10.1.0.0/16"], 200), ("10.2.2.3", ["10.1.0.0/16"], 404), ("127.0.0.1", [], 404),
        ("fd00::7", ["fd00::/8"], 200), ("", ["10.1.0.0/16"], 404),
    ],
)  # fmt: skip
def test_addresses(client, db, settings, tmp_path, address, allowed, status):
    settings.PROMETHEUS_MULTIPROC_DIR, settings.METRICS_ADDRESSES = str(tmp_path), allowed

    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


def test_it_is_off_unless_somebody_switches_it_on(client, db):
    assert client.get("/metrics").status_code == 404


def test_it_says_what_waits_and_names_nobody(client, settings, tmp_path, at, chen, wang, house):
    settings.PROMETHEUS_MULTIPROC_DIR = str(tmp_path)
    waiting_delivery(at)

    text = client.get("/metrics").content.decode()

    said = readings(text)
    assert said["fieldservice_deliveries", (("state", "queued"),)] == 1
    assert said["fieldservice_deliveries", (("state", "unknown"),)] == 0
    assert said["fieldservice_oldest_due_delivery_seconds", ()] > 0
    assert said["fieldservice_broker_up", ()] == 1
    assert not any(word in text for word in ("chen", "陈静", "D-2026", "example.com"))


def test_a_dead_broker_is_a_reading_too(client, db, settings, tmp_path):
    settings.PROMETHEUS_MULTIPROC_DIR = str(tmp_path)

    with broker_at(f"redis+socket://{tmp_path}/nobody.sock"):
        assert readings(client.get("/metrics").content.decode())["fieldservice_broker_up", ()] == 0


def test_ready_means_that_nothing_is_late(client, db):
    assert client.get("/readyz").json() == {"ok": True, "database": True, "oldest_due": None}
    waiting = waiting_delivery(timezone.now() - 4 * MINUTE)
    assert client.get("/readyz").status_code == 200
    Delivery.objects.filter(pk=waiting.pk).update(next_try_at=timezone.now() - 6 * MINUTE)

    late = client.get("/readyz")

    assert (late.status_code, late.json()["ok"]) == (503, False)


def test_a_database_that_does_not_answer_is_not_ready_but_alive(client, db, monkeypatch):
    def gone(at):
        raise DatabaseError

    monkeypatch.setattr("fieldservice.health.oldest_due", gone)

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_probes_are_not_sent_to_https(client, db, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^(healthz|readyz|metrics)$"]

    assert client.get("/healthz").status_code == 200
    assert client.get("/verify/").status_code == 301
