"""Every address x every person x (own, another's): what each of them gets. An address that no file of tests/rooms names fails."""

import re
from types import SimpleNamespace

import pytest
from django.urls import get_resolver

from tests.factories import laptops, visits
from tests.rooms import ROOMS, of_all
from tests.rooms.who import PEOPLE

PAGES, POST_ONLY, ANYBODY, OF_ONESELF = of_all("PAGES"), of_all("POST_ONLY"), of_all("ANYBODY"), of_all("OF_ONESELF")
FOREIGN = re.compile(r"^(account|mfa|socialaccount|set_language|usersessions|headless)")


def names(patterns=None, space=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name, entry


def ours():
    return {name: entry for name, entry in names() if not FOREIGN.match(name)}


def test_every_address_is_known_here():
    known = {*PAGES, *POST_ONLY, *ANYBODY}
    assert set(ours()) == known


@pytest.fixture
def path_of(house, chen, wang, manager_sun, at):
    """path_of(name): the address with the story's own things filled in, for a signed visit of Wang's."""
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    story = SimpleNamespace(
        chen=chen, wang=wang, manager_sun=manager_sun, at=at, visit=visit, sign_off=sign_off, order=visit.order
    )
    story.laptop = laptops.everything(visit, at)
    things = {room: module.things(story) for room, module in ROOMS.items() if hasattr(module, "things")}

    def path_of(name):
        room, page = name.split(":") if ":" in name else ("machinery", name)
        pattern = str(ours()[name].pattern)
        own = {"orders/": story.order.number, "visits/": visit.number, "api/v1/visits/": visit.number}
        number = next((value for start, value in own.items() if pattern.startswith(start)), None)
        values = {"number": number} if number else {}
        values = things.get(room, {}) | values
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values.get(f"{page}.{part[1]}", values.get(part[1]))), pattern)

    return path_of


@pytest.fixture
def people(request):
    return {person: request.getfixturevalue(person) for person in PEOPLE}


def test_who_gets_which_page(client, path_of, people):
    """Everybody in one story: it takes longer to tell than most of them take to walk through it."""
    paths, wrong = {name: path_of(name) for name in PAGES}, {}
    for person, staff in people.items():
        client.force_login(staff)
        for name, path in paths.items():
            status = client.get(path).status_code
            if status not in ({200, 302, 400, 409} if person in PAGES[name] else {404}):
                wrong[person, name] = status
    assert wrong == {}


def test_who_has_no_part_in_a_visit_cannot_act_on_it(client, path_of, people):
    got = {}
    for person in ("zhao", "stranger"):
        client.force_login(people[person])
        got |= {(person, name): client.post(path_of(name)).status_code for name in set(POST_ONLY) - set(OF_ONESELF)}
    assert {act: status for act, status in got.items() if status != 404} == {}


def test_no_get_changes_a_state(client, chen, path_of):
    client.force_login(chen)
    got = {name: client.get(path_of(name)).status_code for name in POST_ONLY}
    assert {name: status for name, status in got.items() if status != 405} == {}


def test_who_is_not_signed_in_sees_the_door_only(client, path_of):
    got = {name: client.get(path_of(name)).status_code for name in PAGES}
    assert {name: status for name, status in got.items() if status not in (302, 401, 403)} == {}
