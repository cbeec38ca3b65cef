"""Redis is down: what is saved is saved, and the person is told that sending waits."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.outbox.models import Delivery
from tests.factories import visits
from tests.workers import broker_at


@pytest.fixture
def dead_redis():
    """Celery's real client, pointed at a socket where nobody listens."""
    with broker_at("redis+socket:///nonexistent/redis.sock"):
        yield


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
