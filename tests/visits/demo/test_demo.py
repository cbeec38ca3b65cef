"""The demo company is played through the product's own actions, and the same seed and day make the same company."""

import datetime

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import transaction
from django.db.models import F

from conduct.notices.models import Notice
from conduct.outbox.models import Delivery
from conduct.repairs.models import RepairTicket
from tests.workers import broker_at
from visits.orders.models import WorkOrder
from visits.papers.models import Paper
from visits.schedule.models import Visit
from visits.signoff.models import SignOff

from .portrait import count_from_the_start, portrait

DAY = datetime.date(2026, 11, 24)


class Again(Exception):
    """Rolls a loaded company back."""


@pytest.fixture(autouse=True)
def bells_of_the_others():
    """The command rings in an empty room; the tests after this one want their own Redis back."""
    with broker_at(current_app.conf.broker_url):
        yield


def load(seed=1, visits=16):
    count_from_the_start()
    call_command("load_demo", seed=seed, today=DAY, visits=visits, verbosity=0)


def portrait_of(**facts):
    """What a company looks like that is loaded and taken back."""
    looks = None
    with pytest.raises(Again), transaction.atomic():
        load(**facts)
        looks = portrait()
        raise Again
    return looks


def test_the_same_seed_makes_the_same_company_to_the_last_nonce(db):
    first, again, other = portrait_of(visits=9), portrait_of(visits=9), portrait_of(seed=2, visits=5)

    for model, rows in first.items():
        assert again[model] == rows, model
    assert first["visits.SignNonce"] and other["visits.SignNonce"] != first["visits.SignNonce"]
    assert other["visits.Visit"] != first["visits.Visit"]


def test_visits_by_the_hundred_are_whole_rows(db, monkeypatch):
    """Straight into the tables: whatever column a table has got since, nothing is missing and every page of it opens."""
    monkeypatch.setattr("visits.management.commands.load_demo.PLAYED", 6)
    monkeypatch.setattr("visits.demo.actions.PLAYED", 6)
    load(visits=40)

    last = Visit.objects.order_by("-number").first()
    assert Visit.objects.count() >= 40
    assert (last.entries.count(), last.record.entry_count, last.sign_offs.get().paper.state) == (8, 8, "sealed")
    assert Delivery.objects.filter(reference=last.record_number, state="confirmed").count() == 2


def test_a_fortnight_of_the_company(db, monkeypatch):
    """One company for everything that is true of all: it takes half a minute to play it."""
    monkeypatch.setattr("visits.demo.actions.PAST_DAYS", 10)
    monkeypatch.setattr("visits.demo.actions.NEXT_DAYS", 1)
    load()

    what_is_archived_is_whole()
    not_every_deadline_was_kept()
    the_last_days_show_every_way_a_record_can_end()
    nobody_was_told_anything_tomorrow()


def what_is_archived_is_whole():
    archived = Visit.objects.filter(state="archived")
    assert archived
    for visit in archived:
        signed = visit.sign_offs.counting().get()
        assert Paper.objects.get(sign_off=signed).state == "sealed"
        assert not visit.site_questions.filter(answered_at=None).exists()
        assert not visit.scope_changes.filter(decided_at=None).exists()
        if visit.record.all_done:
            assert WorkOrder.objects.get(pk=visit.order_id).state == "closed"


def not_every_deadline_was_kept():
    finished = RepairTicket.objects.exclude(finished_at=None)
    late = finished.filter(finished_at__gt=F("finish_due_at"))
    assert 0.02 < late.count() / finished.count() < 0.3
    assert finished.filter(taken_at__gt=F("answer_due_at")).exists()


def the_last_days_show_every_way_a_record_can_end():
    assert set(SignOff.objects.values_list("kind", flat=True)) == {"signed", "refused", "transcribed"}
    assert SignOff.objects.get(kind="transcribed").scan
    corrected = SignOff.objects.get(version=2)
    first = corrected.visit.sign_offs.get(version=1)
    assert len(corrected.statement["requests"]) == len(first.statement["requests"]) + 1
    assert not Paper.objects.exclude(state="sealed").exists()


def nobody_was_told_anything_tomorrow():
    tomorrow = datetime.datetime.combine(DAY + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    assert not Notice.objects.filter(at__gte=tomorrow).exists()
    assert Notice.objects.filter(read_at=None).exists() and Notice.objects.exclude(read_at=None).exists()
