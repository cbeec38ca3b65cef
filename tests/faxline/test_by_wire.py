"""From the customer's signature to headquarters' fax machine and mailbox: real worker, real line, real SMTP server."""

import datetime
import email
import email.policy
import hashlib
import signal
import time

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from conduct.base.ids import uuid7
from conduct.files.queries import read
from conduct.outbox.fax_pages import fax_pages
from conduct.outbox.models import Delivery
from tests.conduct.outbox import mail
from tests.factories import visits
from tests.faxline.test_fax import compare, newest
from tests.services import free_port
from tests.workers import empty_redis, kill, start_worker
from visits.followup.queries import to_call
from visits.papers.models import Paper
from visits.signoff import actions as signoff

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def folders(settings):
    """The worker is another process: files stay where both look, in DATA_DIR."""


@pytest.fixture
def mailbox():
    """A mail server: (what it took, its port)."""
    box = mail.Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.fixture
def workers(transactional_db):
    """Starts workers with their sweeps, ends those that are left."""
    empty_redis()
    started = []

    def start(folder, **variables):
        started.append(start_worker("--beat", "--schedule", str(folder / "beat"), **variables))
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def sign(chen, wang, parts=0):
    """A visit of today, finished with `parts` parts and signed an hour ago. Nobody here gets letters of one's own."""
    for person in (chen, wang):
        person.email = ""
        person.save()
    at = timezone.now().replace(second=0, microsecond=0) - 6 * HOUR
    visits.company()
    visits.edition(at)
    visit = visits.on_site(chen, at, wang.engineer)
    visits.answer_all(visit, "work", visit.planned_start)
    for number in range(parts):
        part = {
            "name": f"电源模块 {number}",
            "old_serial": f"A{number}",
            "new_serial": f"B{number}",
            "quantity": 1,
            "stock_left": 2,
        }
        visits.enter(visit, "part", part, visit.planned_start)
    moment = visit.planned_start + HOUR
    for item in visit.scope.all():
        visits.enter(visit, "result", {"scope_item": item.position, "result": "done", "action": "已更换并测试"}, moment)
    visits.answer_all(visit, "finish", moment)
    visits.enter(visit, "departed", {"departed_at": visits.iso(moment)}, moment)
    visits.answer_all(visit, "sign", moment)
    package = visits.package(visit, moment)
    signoff.receive(visit=visit, package_id=uuid7(moment), package=package, by=wang, at=moment)
    return visit


def settled(count, seconds=150):
    """The deliveries, once `count` of them are confirmed."""
    end = time.monotonic() + seconds
    while Delivery.objects.filter(state="confirmed").count() < count:
        if time.monotonic() > end:
            raise TimeoutError(list(Delivery.objects.values_list("recipient_kind", "state", "detail")))
        time.sleep(0.5)
    return {row.recipient_kind: row for row in Delivery.objects.all()}


@pytest.mark.fax
def test_a_signed_record_reaches_the_fax_machine_and_both_mailboxes(fax_line, mailbox, workers, chen, wang, tmp_path):
    (port, received), (box, smtp) = fax_line, mailbox
    lines = {"FAX_CHANNELS": "fax_hylafax", "HYLAFAX_HOST": "127.0.0.1", "HYLAFAX_PORT": port}
    workers(tmp_path, MAIL_CHANNELS="email", SMTP_HOST="127.0.0.1", SMTP_PORT=smtp, **lines)
    visit = sign(chen, wang, parts=24)

    deliveries = settled(3)

    paper = Paper.objects.get(sign_off__visit=visit)
    pdf = read(paper.file)
    assert deliveries["hq_fax"].pages == paper.pages == 2
    compare(fax_pages([("p", "application/pdf", pdf)])[0], newest(received), tmp_path)
    assert sorted(recipients for recipients, _mail in box.taken) == [["hq@example.com"], ["it@school.example"]]
    for _recipients, content in box.taken:
        (attached,) = email.message_from_bytes(content, policy=email.policy.default).iter_attachments()
        assert hashlib.sha256(attached.get_content()).hexdigest() == paper.sha256
    assert visit in to_call(chen)


def test_an_emptied_redis_loses_nothing(workers, chen, wang, tmp_path):
    visit = sign(chen, wang)
    empty_redis()

    workers(tmp_path)

    settled(3)
    assert Paper.objects.get(sign_off__visit=visit).state == "sealed"
    assert Delivery.objects.count() == 3


def test_a_killed_worker_sends_nothing_twice(mailbox, workers, chen, wang, tmp_path):
    silent = mail.RudeServer("silent")
    silent.start()
    process = workers(tmp_path, MAIL_CHANNELS="email", SMTP_HOST="127.0.0.1", SMTP_PORT=silent.port)
    sign(chen, wang)
    end = time.monotonic() + 60
    while not Delivery.objects.filter(state="sending").exists() and time.monotonic() < end:
        time.sleep(0.1)
    kill(process)
    silent.stop()
    Delivery.objects.exclude(lease_until=None).update(lease_until=timezone.now())  # not waiting the leases' 60 and 150 s

    box, smtp = mailbox
    workers(tmp_path, MAIL_CHANNELS="email", SMTP_HOST="127.0.0.1", SMTP_PORT=smtp)

    settled(3)
    assert sorted(recipients for recipients, _mail in box.taken) == [["hq@example.com"], ["it@school.example"]]
