"""An open point of a visit becomes a repair ticket without losing its photos."""

import datetime

import pytest

from conduct.base.errors import ForbiddenMove
from conduct.base.ids import uuid7
from conduct.files.queries import read
from conduct.repairs.models import RepairTicket
from tests.factories import repairs, visits
from visits.points import actions
from visits.points.queries import photos_of, points_of
from visits.records.actions import keep_file


@pytest.fixture
def visit(on_site, wang, at):
    """Wang leaves a point open and shows it on two photos."""
    moment = on_site.planned_start
    visits.enter(on_site, "open_point", {"text": "风扇异响，待备件"}, moment)
    for name, colour in (("风扇", "red"), ("铭牌", "blue")):
        moment += datetime.timedelta(minutes=1)
        kept = keep_file(visit=on_site, file_id=uuid7(moment), upload=repairs.picture(colour=colour), by=wang, at=moment)
        visits.enter(on_site, "photo", {"caption": name, "file": str(kept.pk)}, moment)
    return on_site


def test_the_ticket_carries_the_same_photos_and_their_words(visit, chen, at):
    point, thing = points_of(visit).get(), visit.order.equipment.first()

    ticket = actions.raise_ticket(
        entry=point, equipment=thing, fault="风扇异响", disturbance="slight", photos=photos_of(visit), by=chen, at=at
    )

    assert [photo.caption for photo in ticket.photos.order_by("pk")] == ["风扇", "铭牌"]
    assert all(read(photo.file)[:2] == b"\xff\xd8" for photo in ticket.photos.all())
    assert (ticket.source, ticket.reporter) == ("visit", visit.engineer.staff)


def test_a_point_becomes_one_ticket_only(visit, chen, at):
    point, thing = points_of(visit).get(), visit.order.equipment.first()
    facts = {"entry": point, "equipment": thing, "fault": "风扇", "disturbance": "slight", "by": chen, "at": at}
    actions.raise_ticket(**facts)

    with pytest.raises(ForbiddenMove, match="已撤回"):
        actions.raise_ticket(**facts)
    assert RepairTicket.objects.count() == 1


def test_a_withdrawn_point_and_a_withdrawn_photo_go_no_further(visit, at):
    photo = visit.entries.filter(kind="photo").first()
    for entry in (points_of(visit).get(), photo):
        visits.enter(visit, "withdraw", {}, visit.planned_start, corrects=entry.pk)

    assert not points_of(visit).exists() and len(photos_of(visit)) == 1


@pytest.mark.parametrize(("person", "status"), [("wang", 302), ("chen", 302), ("zhao", 404), ("manager_sun", 404)])
def test_who_makes_a_ticket_of_a_point(client, request, visit, person, status):
    client.force_login(request.getfixturevalue(person))
    thing, point = visit.order.equipment.first(), points_of(visit).get()
    form = {"equipment": thing.number, "fault": "风扇异响", "disturbance": "slight", "photos": [f.pk for f, _c in photos_of(visit)]}

    answer = client.post(f"/visits/{visit.number}/points/{point.pk}/ticket/", form)

    assert answer.status_code == status and RepairTicket.objects.exists() == (status == 302)
    if status == 302:
        assert RepairTicket.objects.get().number in client.get(visit.get_absolute_url()).content.decode()
