"""Somebody without an account stands before a broken thing, scans its label and reports it."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from conduct.notices.models import Notice
from conduct.repairs import guard
from conduct.repairs.models import RepairTicket
from tests.factories import repairs


@pytest.fixture(autouse=True)
def empty_cache(db):
    call_command("createcachetable")
    cache.clear()


@pytest.fixture
def later(monkeypatch):
    """The form was handed out ten seconds ago."""
    monkeypatch.setattr(guard, "TOO_QUICK", 0)


def filled(client, thing, **facts):
    page = client.get(f"/r/{thing.label}/").content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    form = {"fault": "屏幕不亮", "disturbance": "stops", "reporter_name": "杨老师", "stamp": stamp, "website": ""}
    return client.post(f"/r/{thing.label}/", form | facts)


def test_a_teacher_reports_by_label_and_follows_the_ticket(client, beamer, later, triager_li):
    answer = filled(client, beamer, photos=[repairs.picture(), repairs.picture("b.jpg", "blue")])

    ticket = RepairTicket.objects.get()
    assert answer.status_code == 302 and answer.url.startswith("/r/t/")
    assert (ticket.equipment, ticket.reporter_name, ticket.is_teaching, ticket.photos.count()) == (beamer, "杨老师", True, 2)
    page = client.get(answer.url).content.decode()
    assert ticket.number in page and "屏幕不亮" in page
    photo = re.search(r"/r/t/[^/]+/photos/[0-9a-f-]+/", page)[0]
    assert client.get(photo)["Content-Type"] == "image/jpeg"
    assert Notice.objects.get(to=triager_li).code == "ticket.reported"


def test_the_private_link_is_kept_as_a_hash_only(client, beamer, later):
    answer = filled(client, beamer)

    token = urlsplit(answer.url).path.split("/")[3]
    assert len(token) >= 43 and token not in str(RepairTicket.objects.values().get())
    assert client.get(f"/r/t/{token[:-1]}x/").status_code == 404


def test_a_label_in_small_letters_is_read_too_and_an_unknown_one_is_not_found(client, beamer):
    assert client.get(f"/r/{beamer.label.lower()}/").status_code == 200
    assert client.get("/r/ABCDEFGH23/").status_code == 404


def test_an_open_report_for_the_same_thing_is_shown(client, beamer, at):
    ticket = repairs.reported(beamer, at)

    assert ticket.number in client.get(f"/r/{beamer.label}/").content.decode()


def test_a_robot_fills_the_field_that_nobody_sees(client, beamer, later):
    answer = filled(client, beamer, website="http://spam.example")

    assert answer.status_code == 422 and not RepairTicket.objects.exists()
    assert "自动" in answer.content.decode()


@pytest.mark.parametrize("stamp", ["", "nonsense", "ABCDEFGH23:1abc:nonsense"])
def test_a_form_without_our_stamp_is_not_taken(client, beamer, later, stamp):
    answer = filled(client, beamer, stamp=stamp)

    assert answer.status_code == 422 and not RepairTicket.objects.exists()


def test_a_form_that_comes_at_once_is_sent_back_with_everything_typed(client, beamer):
    answer = filled(client, beamer)

    assert answer.status_code == 422 and not RepairTicket.objects.exists()
    assert "屏幕不亮" in answer.content.decode()


def test_a_form_that_lay_open_for_a_day_gets_a_new_stamp(client, beamer, later, monkeypatch):
    monkeypatch.setattr(guard, "TOO_OLD", -1)
    answer = filled(client, beamer)
    monkeypatch.undo()

    assert answer.status_code == 422
    fresh = re.search(r'name="stamp" value="([^"]+)"', answer.content.decode())[1]
    assert guard.check_form(label=beamer.label, stamp=fresh, website="") is None


def test_a_flood_on_one_label_is_stopped_and_says_what_to_do(client, beamer, printer, later):
    for _place in range(guard.LIMITS["label"][0]):
        assert filled(client, beamer).status_code == 302
    answer = filled(client, beamer)

    assert answer.status_code == 422 and "稍后再试" in answer.content.decode()
    assert filled(client, printer).status_code == 302


def test_two_at_once_never_take_the_same_place(db):
    now = timezone.now().timestamp()

    taken = [guard._take_place("label", "X", 3, 3600, now) for _place in range(5)]

    assert taken == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [(0, "203.0.113.9", "127.0.0.1"), (1, "203.0.113.9", "203.0.113.9"), (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
     (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"), (1, "", "127.0.0.1")],
)  # fmt: skip
def test_the_address_is_the_one_that_our_own_proxy_saw(rf, proxies, forwarded, expected):
    request = rf.get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})

    assert guard.address_of(request, proxies=proxies) == expected


def test_what_is_no_picture_is_refused_beside_its_field(client, beamer, later):
    fake = repairs.picture("a.jpg")
    fake.file.seek(0)
    fake.file.write(b"<?php evil")
    fake.file.truncate()
    fake.size = 10
    answer = filled(client, beamer, photos=[fake])

    assert answer.status_code == 422 and not RepairTicket.objects.exists()
    assert answer.context["form"].errors["photos"]


def test_six_photos_are_too_many(client, beamer, later):
    answer = filled(client, beamer, photos=[repairs.picture(f"{n}.jpg") for n in range(6)])

    assert answer.status_code == 422 and answer.context["form"].errors["photos"]


def test_a_personal_device_is_refused_politely(client, beamer, reporter_he):
    client.force_login(reporter_he)

    answer = client.post(
        f"/repairs/new/{beamer.number}/", {"fault": "我的手机坏了", "disturbance": "slight", "is_personal": "on"}
    )

    assert answer.status_code == 200 and not RepairTicket.objects.exists()
    assert "个人设备" in str(answer.context["form"].errors["is_personal"])


def test_staff_report_from_the_page_and_follow_their_own(client, beamer, reporter_he, at):
    client.force_login(reporter_he)

    client.post(f"/repairs/new/{beamer.number}/", {"fault": "投影偏色", "disturbance": "slight"}, follow=True)

    ticket = RepairTicket.objects.get()
    assert (ticket.reporter, ticket.source, ticket.reporter_contact) == (reporter_he, "staff", "025-5566")
    assert client.get(f"/repairs/{ticket.number}/").status_code == 200
    stranger = repairs.reported(beamer, at)
    assert client.get(f"/repairs/{stranger.number}/").status_code == 404


def test_the_same_fault_within_three_months_is_flagged(beamer, triager_li, wang, at):
    old = repairs.fed_back(beamer, at.replace(month=8, day=25), triager_li, wang)
    again = repairs.reported(beamer, at)
    later = repairs.reported(beamer, at.replace(year=2027, month=3))

    assert again.repeat_of == old and later.repeat_of is None


def test_a_thing_that_is_no_longer_in_use_is_not_reported(client, beamer):
    beamer.is_active = False
    beamer.save()

    assert client.get(f"/r/{beamer.label}/").status_code == 404
