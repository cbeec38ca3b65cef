"""Both languages are complete: every text of the sources is in the catalogue, translated, with the same placeholders."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
FOLDERS = ("conduct", "visits", "fieldservice", "templates")


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The catalogue as makemessages writes it from the sources now."""
    copy = tmp_path_factory.mktemp("sources")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / "locale").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-location", "--no-wrap"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return polib.pofile(copy / "locale/zh_Hans/LC_MESSAGES/django.po")


def test_every_text_of_the_sources_is_translated(sources):
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(CATALOGUE)}
    missing = [
        entry.msgid for entry in sources
        if (entry.msgctxt, entry.msgid) not in known or not known[entry.msgctxt, entry.msgid].translated()
    ]  # fmt: skip
    assert missing == []


def test_no_text_is_left_over(sources):
    wanted = {(entry.msgctxt, entry.msgid) for entry in sources}
    assert [entry.msgid for entry in polib.pofile(CATALOGUE) if (entry.msgctxt, entry.msgid) not in wanted] == []


def test_placeholders_are_kept():
    wrong = []
    for entry in polib.pofile(CATALOGUE):
        said = entry.msgstr or entry.msgstr_plural[0]
        if set(PLACEHOLDER.findall(said)) != set(PLACEHOLDER.findall(entry.msgid)):
            wrong.append(entry.msgid)
    assert wrong == []


def test_no_template_holds_chinese_of_its_own():
    chinese = re.compile("[\u4e00-\u9fff]")
    # The names of the languages themselves; and the page of a broken server, which no translation reaches.
    allowed = {"components/language.html", "visits/signoff/_languages.html", "400.html", "500.html"}
    found = [
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
        if chinese.search(path.read_text())
    ]
    assert set(found) <= allowed
