"""Logs hold ids and routes, never names, addresses or what was typed."""

import json

import pytest


@pytest.fixture
def lines(capfd):
    """What the product wrote to standard error, line by line, as JSON."""
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines() if "fieldservice.request" in line]


def test_a_request_is_one_line_with_ids_only(client, chen, house, lines):
    client.force_login(chen)
    client.get("/visits/", {"q": "南京市第一中学"})

    written = lines()
    assert len(written) == 1
    assert {**written[0], "ms": 0, "timestamp": "", "request_id": ""} == {
        "event": "request", "level": "info", "logger": "fieldservice.request", "method": "GET", "route": "visits/", "number": None,
        "status": 200, "user_id": chen.pk, "ms": 0, "timestamp": "", "request_id": "",
    }  # fmt: skip
    assert "南京" not in json.dumps(written, ensure_ascii=False)


def test_an_address_that_may_be_a_secret_is_not_written(client, db, lines):
    client.get("/verify/SECRETCODE/")
    client.get("/nothing/here/SECRET/")

    assert "SECRET" not in json.dumps(lines())


def test_the_password_of_a_failed_sign_in_is_not_written(client, chen, house, lines):
    client.post("/accounts/login/", {"login": "chen", "password": "not-the-password"})

    written = json.dumps(lines())
    assert "not-the-password" not in written and "accounts/login/" in written
