"""Redis is down: what is saved is saved, and the person is told that sending waits."""

import datetime

import pytest
from celery import current_app
from django.urls import reverse
from django.utils import timezone

from conduct.outbox.models import Delivery
from tests.factories import visits


@pytest.fixture
def dead_redis():
    """Celery's real client, pointed at a socket where nobody listens."""
    before = current_app.conf.broker_url
    _point_to("redis+socket:///nonexistent/redis.sock")
    yield
    _point_to(before)


def _point_to(url):
    current_app.conf.broker_url = url
    current_app.pool.force_close_all()
    current_app.amqp._producer_pool = None
    current_app._pool = None


@pytest.fixture
def failed(house, chen, wang, at, transactional_db):
    _visit, sign_off = visits.signed(chen, at, wang.engineer)
    return Delivery.objects.create(
        number="D-2026-000001", origin="test", reference="VR-2026-000001", recipient_kind="hq_mail", recipient="hq@example.com",
        channel="mail_folder", channels=[], subject="s", state="failed", message_id="<1>", queued_at=at,
    )  # fmt: skip


def test_send_again_is_saved_and_said_to_wait(client, dead_redis, failed, chen):
    client.force_login(chen)

    page = client.post(reverse("outbox:decide", args=[failed.number, "again"]), {"reason": "请重发"}, follow=True)

    failed.refresh_from_db()
    assert page.status_code == 200 and failed.state == "queued"
    assert "发送服务暂时没有响应" in page.content.decode()


def test_the_desk_says_since_when_deliveries_wait(client, failed, chen):
    Delivery.objects.update(state="queued", next_try_at=timezone.now() - datetime.timedelta(minutes=3))
    client.force_login(chen)

    assert "等待发送" in client.get("/").content.decode()
