"""Nobody changes the trail, and who tries leaves a break in the chain."""

import pytest
from django.db import DatabaseError, connection, transaction

from conduct.trail import actions
from conduct.trail.models import Event, Seal
from conduct.trail.queries import first_broken_link

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_what_is_written_stays(chen, at):
    event = actions.note(verb="order.raised", subject=chen, by=chen, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(by_name="somebody else")


def test_sealing_goes_on_where_it_stopped(chen, at):
    for word in ("a", "b", "c"):
        actions.note(verb=word, subject=chen, by=chen, at=at)
    assert actions.seal(at=at) == 3
    actions.note(verb="d", subject=chen, by=None, at=at)
    assert actions.seal(at=at) == 1
    assert actions.seal(at=at) == 0
    assert first_broken_link() is None


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="triggers are switched off in PostgreSQL's way")
def test_a_change_behind_our_back_is_found(chen, at):
    event = actions.note(verb="order.raised", subject=chen, by=chen, at=at)
    actions.seal(at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE conduct_event SET by_name = 'x' WHERE id = %s", [event.pk])
        cursor.execute("SET session_replication_role = DEFAULT")
    assert first_broken_link() == Seal.objects.get(event=event)
