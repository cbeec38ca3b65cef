"""What goes wrong is said in the person's language, inside the product."""

import pytest
from django.test import Client


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有此页"), ("en", "Not found")])
def test_an_unknown_address_is_said_in_both_languages(client, chen, house, language, words):
    chen.language = language
    chen.save()
    client.force_login(chen)

    page = client.get("/nothing-here/")

    assert page.status_code == 404 and words in page.content.decode()


def test_a_stranger_gets_the_same_page(client, house):
    assert "没有此页" in client.get("/nothing-here/", HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()


def test_a_zero_byte_leads_nowhere(client, chen, house):
    assert client.get("/verify/%00/").status_code == client.get("/r/%00/").status_code == 404  # a stranger
    client.force_login(chen)
    assert "没有此页" in client.get("/orders/WO-%00/").content.decode()
    assert client.get("/orders/?q=WO-%00&after=WyJ4IiwxXQ%3D%3D").context["q"] == "WO-"


def test_a_form_that_was_open_too_long_says_what_to_do(chen, house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chen)

    page = client.post("/me/", {"language": "en"})

    assert page.status_code == 403 and "重新载入" in page.content.decode()


def test_a_text_beyond_all_measure_is_refused_in_words(client, chen, house, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(chen)

    page = client.post("/orders/new/", "reported_fault=" + "x" * 2000, content_type="application/x-www-form-urlencoded")

    assert page.status_code == 400 and "内容过大" in page.content.decode() and "too large" in page.content.decode()
