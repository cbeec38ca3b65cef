"""How long a paper was on its way is counted from headquarters' first receipt, whichever worker says so first."""

import datetime
import threading

import pytest
from django.db import connection

from conduct.files.actions import store_bytes
from conduct.outbox import actions as outbox
from conduct.outbox.models import Delivery
from conduct.tally.models import Posting
from tests.factories import visits
from tests.visits.statistics.at_random import Taken
from visits.delivery import actions
from visits.papers.models import Paper

MINUTE = datetime.timedelta(minutes=1)


def carried(delivery, moment):
    outbox.carry(delivery=delivery, channel_of=lambda code: Taken(), now=lambda: moment)


@pytest.fixture
def sent(transactional_db, house, chen, wang, at):
    """(signed at, the fax, the mail) of a paper that waits for both couriers."""
    _visit, sign_off = visits.signed(chen, at, wang.engineer)
    paper = Paper.objects.get(sign_off=sign_off)
    paper.file = store_bytes(data=b"%PDF-1.7", name="x.pdf", content_type="application/pdf", kind="paper", by=None, at=at)
    actions.send_paper(paper=paper, mail_channels=["mail_folder"], fax_channels=["fax_folder"], at=at)
    return (paper.sign_off.signed_at, *(Delivery.objects.get(recipient_kind=kind) for kind in ("hq_fax", "hq_mail")))


def test_two_receipts_at_the_same_moment_count_the_first(sent, monkeypatch):
    """The fax came ten minutes after the signature, the mail two; the fax's worker counts while the mail's is between the lines."""
    (signed_at, fax, mail), contribute = sent, actions.contribute
    fax_counts, mail_is_counted = threading.Event(), threading.Event()

    def slowly(visit, part, measures):
        if threading.current_thread().name == "fax":
            fax_counts.set()
            mail_is_counted.wait(1)
        contribute(visit, part, measures)

    def work(delivery, minutes, done):
        try:
            carried(delivery, signed_at + minutes * MINUTE)
            done.set()
        finally:
            connection.close()

    monkeypatch.setattr(actions, "contribute", slowly)
    courier = threading.Thread(target=work, args=(fax, 10, threading.Event()), name="fax")
    other = threading.Thread(target=work, args=(mail, 2, mail_is_counted), name="mail")
    courier.start()
    assert fax_counts.wait(5)
    other.start()
    for thread in (courier, other):
        thread.join(10)

    assert Posting.objects.get(part="delivery").measures == {"delivered": 1, "delivery_minutes": 2}
