import itertools

import pytest
from django.db import connection

pytest_plugins = ["tests.people", "tests.stories"]
PLACES = itertools.count()


def pytest_collection_modifyitems(config, items):
    """What takes minutes runs on request."""
    for item in items:
        if item.get_closest_marker("story") and not config.getoption("--stories"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: --stories"))


@pytest.fixture(autouse=True)
def quick_and_plain(settings):
    """Fast passwords and plain static files; everything else is as in production."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path_factory):
    """Of one test alone, and made by whoever writes into them: most tests write nothing."""
    place = tmp_path_factory.getbasetemp() / f"data-{next(PLACES)}"
    settings.MEDIA_ROOT = place / "files"
    settings.OUTBOX_FOLDER = place / "outbox"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite empties tables row by row after a transactional test, which the trail's triggers would refuse."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for table in ("conduct_event", "conduct_seal", "conduct_stockslip", "conduct_movement"):
                    cursor.execute(f"DROP TRIGGER {table}_no_delete")


@pytest.fixture
def operations(request):
    """How many random operations a test of the counters makes; 10,000 with `--operations 10000`."""
    return request.config.getoption("--operations")
