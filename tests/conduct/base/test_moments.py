"""Moments as PostgreSQL says them."""

import datetime

import pytest
from django.db import DataError, connection
from django.utils.dateparse import parse_datetime

from conduct.base.moments import MomentLoader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps moments as text")


def read(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "text",
    ["2026-11-30 17:05:29.520426+00:00", "2026-12-01 00:30:00+08:00", "2026-11-30 17:05:29.5+00:00", "1890-01-01 00:00:00+08:05", "0001-01-01 00:00:00+00:00"],
)
def test_a_moment_is_the_same_moment_in_utc(text):
    moment = read(text)

    assert moment == parse_datetime(text) and moment.tzinfo is datetime.UTC


def test_what_no_datetime_can_hold_is_said():
    with pytest.raises(DataError, match="too large"):
        read("infinity")


def test_this_loader_reads_them(monkeypatch):
    monkeypatch.setattr(MomentLoader, "load", lambda self, data: "ours")

    assert read("2026-11-30 17:05:29+00") == "ours"
