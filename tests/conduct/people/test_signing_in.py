"""Signing in: password, second factor, a role that needs one, a changed password, a company that starts empty."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command

from conduct.company.models import Company
from conduct.people.models import Staff
from tests.people import PASSWORD


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def sign_in(client, password=PASSWORD):
    return client.post("/accounts/login/", {"login": "chen", "password": password})


def test_the_right_password_opens_the_desk(client, chen, house):
    assert sign_in(client).url == "/"
    assert "今天" in client.get("/").content.decode()


def test_a_wrong_password_is_said_and_the_name_is_kept(client, chen, house):
    page = sign_in(client, "not-it-at-all").content.decode()

    assert 'value="chen"' in page and "用户名或密码不正确" in page


def test_a_forgotten_password_goes_to_the_administrator(client, house):
    assert "password/reset" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/password/reset/").url == "/accounts/login/"


def test_somebody_who_left_cannot_sign_in(client, chen, house):
    chen.is_active = False
    chen.save()

    sign_in(client)

    assert client.get("/").status_code == 302


def test_a_second_factor_is_asked_for(client, chen, house):
    secret = generate_totp_secret()
    TOTP.activate(chen, secret)

    assert sign_in(client).url.startswith("/accounts/2fa/authenticate/")
    assert client.get("/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/").status_code == 200


def test_a_role_that_needs_a_second_factor_gets_no_further_without_one(client, chen, house):
    Company.objects.update(second_factor_roles=["dispatcher"])
    sign_in(client)

    assert client.get("/orders/").url == "/accounts/2fa/"
    assert client.get("/api/v1/visits/V-2026-000001/statement/").status_code == 403
    assert client.get("/accounts/2fa/").status_code == 200


def test_a_changed_password_is_the_one_that_counts(client, chen, house):
    sign_in(client)
    new = "another-long-password"

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/accounts/logout/")

    assert sign_in(client).status_code == 200
    assert sign_in(client, new).url == "/"


def test_a_company_starts_with_one_administrator(client, db):
    call_command("setup", company="新公司", hotline="400-1", username="admin", password="a-long-password", verbosity=0)

    assert Company.objects.get().name == "新公司"
    assert client.login(username="admin", password="a-long-password")
    assert client.get("/staff/").status_code == 200
    assert "administrator" in Staff.objects.get().roles


def test_a_company_is_not_set_up_twice(house):
    with pytest.raises(CommandError):
        call_command("setup", company="新公司", hotline="400-1", password="a-long-password")


def test_a_short_password_is_refused(db):
    with pytest.raises(CommandError):
        call_command("setup", company="新公司", hotline="400-1", password="short")

    assert not Staff.objects.exists()


def test_a_call_that_shows_an_old_session_does_not_take_the_new_one_away(client, chen, house):
    sign_in(client)
    client.cookies["sessionid"] = "a-key-that-the-session-had-before"
    assert "sessionid" not in client.get("/notices/bell/").cookies


def test_who_signs_out_leaves_no_session_behind(client, chen, house):
    sign_in(client)
    assert client.post("/accounts/logout/").cookies["sessionid"].value == ""
