"""What headquarters sees of a laptop's clock and of its being ready, on the visit's page and on the paper."""

import datetime

import pytest

from tests.factories import laptops
from visits.records.clock_words import confidence
from visits.records.kinds import Result
from visits.signoff.models import SignOff
from visits.sync.models import Readiness

LATER = datetime.timedelta(hours=4)
MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ({}, []),
        ({"arrived": {"offset": 0, "doubts": []}, "signed": {"offset": 3, "doubts": []}}, ["不超过两分钟"]),
        ({"arrived": {"offset": 0, "doubts": []}, "signed": {"offset": 200_000, "doubts": ["behind", "jumped"]}}, ["慢于总部时钟; 笔记本时钟在此期间被改动 (200 s)"]),
        ({"arrived": {"offset": None, "doubts": ["unknown"]}}, ["未曾与总部核对"]),
    ],
)
def test_time_confidence_in_plain_words(clock, said):
    lines = confidence(clock)
    assert len(lines) == len(said) and all(words in line for words, line in zip(said, lines, strict=True))


def test_the_visit_page_shows_what_the_clock_and_the_laptop_say(client, chen, laptop, on_site, at):
    laptop.contact(at)
    laptop.send(on_site, laptop.entry(on_site, "note", {"text": "钟慢了"}, at, clock_offset_ms=600_000))
    device = laptops.laptop(on_site.engineer.staff, at, name="备用机")
    Readiness.objects.create(visit=on_site, device=device, state="ready", plan_version=1, at=at)
    client.force_login(chen)

    page = client.get(on_site.get_absolute_url()).content.decode()

    assert "慢于总部时钟" in page and laptop.name in page
    assert "可以出发" in page and "备用机" in page


def test_an_entry_is_shown_in_the_words_of_its_form(client, chen, on_site, at):
    kept = laptops.set_aside(on_site, at)
    client.force_login(chen)

    page = client.get(f"/sync/entries/{kept.pk}/").content.decode()

    assert f"<dd class=\"pre-line\">{Result.DONE.label}</dd>" in page and "Scope_item" not in page and "scope_item" not in page


def test_two_laptops_on_one_visit_and_which_entries_the_signature_covers(client, chen, laptop, second_laptop, finished, at):
    """Wang's second laptop adds to the record by the time the package of the first arrives: both are kept, in the order of receipt."""
    laptop.contact(at), second_laptop.contact(at)
    package = laptop.package(finished, at + LATER, clock={"clock_offset_ms": 200_000})
    ids = [laptop.entry(finished, "step", {"step": "work"}, at + MINUTE), second_laptop.entry(finished, "note", {"text": "另一台"}, at)]
    laptop.send(finished, ids[0]), second_laptop.send(finished, ids[1])
    kept = SignOff.objects.get(pk=laptop.sign(finished, package).json()["receipt"]["id"])
    client.force_login(chen)

    page = client.get(f"/visits/{finished.number}/sign-offs/{kept.pk}/settle/").content.decode()
    shown = client.get(finished.get_absolute_url()).content.decode()

    assert [str(pk) for pk in finished.entries.order_by("received_at", "id").values_list("pk", flat=True)][-2:] == [row["id"] for row in ids]
    assert set(package["covers"]).isdisjoint(row["id"] for row in ids) and kept.covers == package["covers"]
    assert "未被涵盖" in page and second_laptop.name in page and "(200 s)" in page
    assert laptop.name in shown and second_laptop.name in shown
