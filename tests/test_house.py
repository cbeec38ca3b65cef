"""The law of the house: a room imports only from floors below it, and nobody imports the wiring."""

import ast
import re
from pathlib import Path

import pytest

from conduct.floors import FLOORS as CONDUCT
from visits.floors import FLOORS as VISITS

ROOT = Path(__file__).parent.parent
HOUSE = [f"conduct.{room}" for room in CONDUCT] + [f"visits.{room}" for room in VISITS]
ORDER = ["states", "models", "queries", "actions", "forms", "views", "api", "urls", "tasks", "receivers"]
SOURCES = sorted(path for app in ("conduct", "visits") for path in (ROOT / app).rglob("*.py"))


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_by(path, source=None):
    """Every module that a file imports, inline imports too, relative ones spelled out."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(source or path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join(base + ([node.module] if node.module else []))
            yield stem
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def floor(module):
    """The floor that a module stands on: its place in the house, or None outside of the rooms."""
    room = ".".join(module.split(".")[:2])
    return HOUSE.index(room) if room in HOUSE else None


def breaks(path, imported):
    here, there = floor(module_of(path)), floor(imported)
    if imported.split(".")[0] == "fieldservice" or imported in ("conduct.models", "visits.models"):
        return True
    if here is None or there is None:
        return False
    return there > here


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_a_room_imports_only_from_floors_below(path):
    assert [name for name in imported_by(path) if breaks(path, name)] == []


def within_the_room(path):
    room = ".".join(module_of(path).split(".")[:2])
    for name in imported_by(path):
        if name.startswith(room + "."):
            yield name.split(".")[2]


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem in ORDER and floor(module_of(p)) is not None], ids=module_of)
def test_inside_a_room_files_import_leftwards(path):
    place = ORDER.index(path.stem)
    assert [name for name in within_the_room(path) if name in ORDER[place + 1 :]] == []


def test_every_cursor_is_closed_where_it_is_used():
    """One that was refused and left lying makes two threads of the web server wait for each other on SQLite; see benchmarks/README.md."""
    lines = [(path, line) for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines() if ".cursor()" in line]
    assert lines and [(path, line) for path, line in lines if not line.strip().startswith("with ")] == []


@pytest.mark.parametrize("app", ["conduct", "visits"])
def test_every_room_stands_on_a_floor(app):
    rooms = {path.name for path in (ROOT / app).iterdir() if (path / "__init__.py").exists()}
    floors = {room.split(".")[1] for room in HOUSE if room.startswith(app)}
    assert rooms - {"management", "migrations"} == floors


def test_an_import_upwards_would_be_seen():
    path = ROOT / "conduct/base/moves.py"
    source = "def late():\n    from ..people import models\n    import fieldservice.settings\n"
    assert [name for name in imported_by(path, source) if breaks(path, name)] == [
        "conduct.people",
        "conduct.people.models",
        "fieldservice.settings",
    ]


def test_the_picture_in_the_readme_shows_every_floor():
    picture = (ROOT / "README.md").read_text().split("```")[1]
    shown = re.findall(r"^  (?:visits|conduct| {7}) +([a-z]+)  ", picture, re.MULTILINE)
    assert shown == [*reversed(VISITS), *reversed(CONDUCT)]
