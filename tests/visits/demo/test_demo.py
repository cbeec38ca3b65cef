"""The demo company is played through the product's own actions, and the same seed and day make the same company.

Only the nonces of the signatures, and so their hashes, differ: they are random everywhere.
"""

import datetime

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import transaction

from conduct.notices.models import Notice
from visits.orders.models import WorkOrder
from visits.papers.models import Paper
from visits.records.models import Entry
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

DAY = datetime.date(2026, 11, 24)


class Again(Exception):
    """Rolls a loaded company back."""


@pytest.fixture(autouse=True)
def bells_of_the_others(monkeypatch):
    """The command rings in an empty room; the tests after this one want their own Redis back."""
    monkeypatch.setattr(current_app.conf, "broker_url", current_app.conf.broker_url)


def load(seed=1, visits=16):
    call_command("load_demo", seed=seed, today=DAY, visits=visits, verbosity=0)
    rows = Visit.objects.order_by("number").values_list(
        "number",
        "record_number",
        "state",
        "order__number",
        "order__site__number",
        "engineer__number",
        "planned_start",
        "identity_name",
    )
    entries = Entry.objects.order_by("visit__number", "device_at", "kind").values_list("visit__number", "kind", "device_at")
    return list(rows), list(entries), list(Paper.objects.order_by("number").values_list("number", "sign_off__signed_at"))


def loaded_and_undone(**facts):
    made = None
    with pytest.raises(Again), transaction.atomic():
        made = load(**facts)
        raise Again
    return made


def test_the_same_seed_makes_the_same_company(db):
    first = loaded_and_undone()

    assert loaded_and_undone() == first
    assert loaded_and_undone(seed=2) != first


def test_what_is_archived_is_whole(db):
    load()

    archived = Visit.objects.filter(state="archived")
    assert archived
    for visit in archived:
        signed = visit.sign_offs.counting().get()
        assert Paper.objects.get(sign_off=signed).state == "sealed"
        assert not visit.site_questions.filter(answered_at=None).exists()
        if visit.record.all_done:
            assert WorkOrder.objects.get(pk=visit.order_id).state == "closed"


def test_the_last_days_show_every_way_a_record_can_end(db, monkeypatch):
    monkeypatch.setattr("visits.demo.actions.PAST_DAYS", 10)
    monkeypatch.setattr("visits.demo.actions.NEXT_DAYS", 1)
    load()

    assert set(SignOff.objects.values_list("kind", flat=True)) == {"signed", "refused", "transcribed"}
    assert SignOff.objects.get(kind="transcribed").scan
    corrected = SignOff.objects.get(version=2)
    first = corrected.visit.sign_offs.get(version=1)
    assert len(corrected.statement["requests"]) == len(first.statement["requests"]) + 1
    assert not Paper.objects.exclude(state="sealed").exists()


def test_nobody_was_told_anything_tomorrow(db):
    load(visits=40)
    tomorrow = datetime.datetime.combine(DAY + datetime.timedelta(days=1), datetime.time(), datetime.UTC)

    assert not Notice.objects.filter(at__gte=tomorrow).exists()
    assert Notice.objects.filter(read_at=None).exists() and Notice.objects.exclude(read_at=None).exists()
