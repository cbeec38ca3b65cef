"""What headquarters sees of a laptop's clock and of its being ready, on the visit's page and on the paper."""

import pytest

from tests.factories import laptops
from visits.records.clock_words import confidence
from visits.sync.models import Readiness


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ({}, []),
        ({"arrived": {"offset": 0, "doubts": []}, "signed": {"offset": 3, "doubts": []}}, ["不超过两分钟"]),
        ({"arrived": {"offset": 0, "doubts": []}, "signed": {"offset": 200_000, "doubts": ["behind", "jumped"]}}, ["慢于总部时钟"]),
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
