"""A person's own language, and the page's language before anybody signed in."""

import pytest

from conduct.people.models import Staff


def test_the_language_stays_with_the_person(client, chen):
    client.force_login(chen)
    response = client.post("/me/language/", {"language": "en", "next": "/rules/"})

    assert response["Location"] == "/rules/"
    assert Staff.objects.get(pk=chen.pk).language == "en"
    assert client.get("/me/")["Content-Language"] == "en"


def test_own_settings_are_saved(client, chen):
    client.force_login(chen)
    assert client.post("/me/", {"language": "en", "time_zone": "Europe/Berlin"}).status_code == 302
    assert Staff.objects.get(pk=chen.pk).time_zone == "Europe/Berlin"


@pytest.mark.django_db
def test_a_stranger_chooses_the_language_of_the_door(client):
    client.post("/me/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert "Sign in" in client.get("/accounts/login/").content.decode()


def test_a_channel_is_tested_from_its_page(client, admin_zhou):
    client.force_login(admin_zhou)
    response = client.post("/channels/mail_folder/test/", {"recipient": "hq@example.com"})
    assert response.context["result"].endswith(".eml")
