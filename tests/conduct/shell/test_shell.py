"""What a laptop keeps to work without a network, and what it must not keep."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest

from conduct.shell import precache
from conduct.shell.precache import ROOT, WORKER, manifest
from fieldservice.staticfiles import lean

ON_DEMAND = {"training"}  # modules that only visits of one kind load; whatever only they import weighs nothing elsewhere
NAMES = ["record", "sign", "queue", "ready", "offline"]


@pytest.fixture(autouse=True)
def fresh():
    manifest.cache_clear()
    yield
    manifest.cache_clear()


def listed(client):
    text = client.get("/sw.js").content.decode()
    return json.loads(text.split("\n", 1)[0].removeprefix("const SHELL = ").removesuffix(";"))


def test_the_worker_is_short_imports_nothing_and_is_never_cached(client, db):
    response = client.get("/sw.js")

    assert response["Content-Type"].startswith("text/javascript") and "no-store" in response["Cache-Control"]
    source = WORKER.read_text()
    assert len(source.splitlines()) < 150 and not re.search(r"^\s*import\b|importScripts", source, re.M)


def test_the_list_holds_every_module_that_a_listed_module_imports(client, db):
    files = set(listed(client)["files"])
    lacking = set()
    for address in files:
        path = ROOT / address.removeprefix("/static/")
        if path.suffix == ".js":
            for name in re.findall(r"""(?:from|import\(|import) ?["'](\.[^"']+)""", path.read_text()):
                target = "/static/" + (path.parent / name).resolve().relative_to(ROOT).as_posix()
                lacking |= {target} - files
    assert lacking == set()


def test_the_import_map_of_a_shell_points_at_listed_files(client, db):
    page = client.get("/shell/record/en/").content.decode()
    wanted = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page, re.S)[1])["imports"].values()
    assert set(wanted) <= set(listed(client)["files"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_shell_is_the_same_for_everybody(client, wang, house, name, language):
    before = client.get(f"/shell/{name}/{language}/").content
    client.force_login(wang)
    after = client.get(f"/shell/{name}/{language}/").content

    def plain(page):
        return re.sub(rb'nonce="[^"]*"', b"", page)

    assert plain(before) == plain(after)
    assert b"wang" not in after and "王磊".encode() not in after and b"csrfmiddlewaretoken" not in after


def test_every_shell_is_listed_and_every_route_has_one(client, db):
    known = listed(client)
    assert {f"/shell/{name}/{language}/" for name in NAMES for language in ("en", "zh-hans")} == set(known["shells"])
    starts = [start for pattern, start in known["routes"] if re.match(pattern, "/visits/V-2026-000001/record/")]
    assert starts == ["/shell/record/"]
    assert not any(re.match(pattern, "/visits/V-2026-000001/") for pattern, _start in known["routes"])


def test_another_word_in_a_shell_is_another_version(client, db, monkeypatch):
    version = listed(client)["version"]
    assert listed(client)["version"] == version

    monkeypatch.setattr(precache, "_body", lambda path: b"another word")
    manifest.cache_clear()

    assert listed(client)["version"] != version


def test_the_application_can_be_installed(client, db):
    facts = client.get("/app.webmanifest").json()

    assert facts["display"] == "standalone" and {icon["sizes"] for icon in facts["icons"]} == {"192x192", "512x512"}
    for icon in facts["icons"]:
        assert (ROOT / icon["src"].removeprefix("/static/")).exists()


def test_an_unknown_language_gets_the_first(client, db):
    assert client.get("/shell/offline/xx/").content.count(b'lang="zh-hans"') == 1


@pytest.mark.parametrize(("start", "limit"), [("records", 59_900), ("signoff", 51_500)])
def test_a_page_that_a_laptop_carries_stays_light(client, db, start, limit):
    """Everything that the page loads for any visit, each script compressed by itself; the customer's page draws with signature_pad besides."""
    page = client.get("/shell/record/en/").content.decode()
    names = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page, re.S)[1])["imports"]
    found, ahead = set(), {ROOT / "js/base.js", ROOT / f"js/{start}.js"}
    while ahead:
        path = ahead.pop()
        found.add(path)
        for name in re.findall(r"""(?:from |import\(|import )["']([^"']+)["']""", path.read_text()):
            there = (path.parent / name) if name.startswith(".") else ROOT / names[name].removeprefix("/static/")
            ahead |= {Path(os.path.normpath(there))} - found - {path.with_name(f"{stem}.js") for stem in ON_DEMAND}
    assert len(found) > 30
    served = {path: path.read_text() if "vendor" in path.parts else lean(path.read_text()) for path in found if path.stem != "signature_pad"}
    assert sum(len(gzip.compress(text.encode(), 6)) for text in served.values()) < limit


def test_only_comments_are_left_out_of_a_script():
    source = '/** Says\n * so. */\nconst one = "// no comment"; // one\n  // alone\nconst two = `\n/ two */`;\n'
    assert lean(source) == 'const one = "// no comment"; // one\nconst two = `\n/ two */`;\n'
