import pytest
from django.test import Client

from .laptop import Laptop


@pytest.fixture(autouse=True)
def keys_dir(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def laptop(wang):
    return Laptop(Client(), wang)


@pytest.fixture
def second_laptop(wang):
    return Laptop(Client(), wang, name="备用机")


@pytest.fixture
def server_time(monkeypatch):
    """`server_time(moment)` sets the server's clock."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
