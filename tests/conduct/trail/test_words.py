"""Nobody reads a code on the trail: every verb that the sources note has its words."""

import re
from pathlib import Path

from django.utils import timezone
from django.utils.translation import override

from conduct.trail.models import Event
from conduct.trail.words import KEYS, VERBS

ROOT = Path(__file__).parents[3]
SOURCES = [path.read_text() for app in ("conduct", "visits") for path in (ROOT / app).rglob("*.py")]


def test_every_verb_has_its_words():
    noted = {verb for text in SOURCES for verb in re.findall(r'verb(?:=| = )"([a-z_]+\.[a-z_]+)"', text)}

    assert len(noted) > 30 and noted <= set(VERBS)


def test_every_detail_has_its_words():
    calls = [call for text in SOURCES for call in re.findall(r"trail\.note\(([^)]*)\)", text)]
    keys = {key for call in calls for key in re.findall(r"(?<!\()\b([a-z_0-9]+)=", call)} - {"verb", "subject", "by", "at"}

    assert len(keys) > 20 and keys <= set(KEYS)


def test_nothing_and_yes_are_said_as_such():
    with override("zh-hans"):
        assert Event(data={"reason": "", "late": True, "failed": False}).details[-1][1] == "否"
        assert [value for _key, value in Event(data={"reason": "", "broken": True}).details] == ["是"]


def test_a_moment_is_told_by_the_readers_clock_and_a_code_in_words():
    with override("zh-hans"), timezone.override("Asia/Shanghai"):
        noted = {"since": "2026-11-17T13:00:00+00:00", "day": "2026-11-17", "kind": "local"}
        assert [value for _key, value in Event(subject_kind="trip", data=noted).details] == ["2026-11-17 21:00", "2026-11-17", "市内交通"]


def test_the_page_speaks_words(client, chen, manager_sun, confirmed):
    client.force_login(manager_sun)

    page = client.get("/trail/").content.decode()

    assert "接受上门任务" in page and "visit.confirmed" not in page
