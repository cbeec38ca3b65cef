"""Every page of the dispatcher's desk that has no test of its own in a browser: axe finds nothing, and no page is wider than its screen."""

import pytest

from tests.browser.flags import SIZES
from tests.browser.reading import axe
from tests.test_access import path_of  # noqa: F401

PAGES = {
    "chen": [
        "board:health", "board:hours", "board:place", "suggestions:order", "suggestions:trips", "imports:upload", "intake:new",
        "intake:templates", "intake:edit_template", "invitations:links", "invitations:postpone", "invitations:postponement",
        "recurring:list", "recurring:edit", "permits:pack", "permits:edit", "feeds:list", "travel:list", "orders:list",
    ],
    "zhou": ["systems:list", "hooks:list", "hooks:hook"],
}  # fmt: skip


@pytest.fixture
def addresses(transactional_db, request, admin_zhou):
    """{person: [address, …]} with the things of each room's own story."""
    path = request.getfixturevalue("path_of")
    return {person: [path(name) for name in names] for person, names in PAGES.items()}


def test_pages_of_the_desk(addresses, visitor):
    wrong = {}
    for person, paths in addresses.items():
        page = visitor(person)
        for path in paths:
            page.set_viewport_size(SIZES["laptop"])
            assert page.goto(path).status == 200, path
            if found := axe(page):
                wrong[path] = found
            for name, size in SIZES.items():
                page.set_viewport_size(size)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wrong[path, name] = "wider than the screen"
    assert wrong == {}
