"""Another program is told of what happens: every declared event, signed, once by itself, again when a person says so, and nowhere private."""

import datetime
import hashlib
import hmac
import http.server
import ipaddress
import json
import threading

import pytest

from conduct.base.errors import DomainError
from conduct.notices.models import Notice
from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import ChannelError
from conduct.outbox.channels.webhook.channel import Webhook
from conduct.outbox.channels.webhook.guard import allowed, destination
from conduct.outbox.models import Delivery
from conduct.systems import actions as systems
from tests.factories import visits
from tests.visits.hooks.story import everything_happens
from visits.hooks import actions
from visits.hooks.events import EVENTS
from visits.hooks.models import Call, Hook
from visits.orders import actions as orders

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
SCOPES = ["orders:read", "visits:read", "papers:read"]
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


class Subscriber(http.server.ThreadingHTTPServer):
    """A program on this machine that notes what it is sent and answers `status`."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taking)
        self.got, self.status = [], 204
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hooks/?from=us"


class Taking(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def program():
    server = Subscriber()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def erp(house, chen, at):
    return systems.connect(name="ERP", acts_for=chen, scopes=SCOPES, per_minute=60, by=chen, at=at - DAY)[0]


def subscribe(system, program, by, at, events=tuple(EVENTS)):
    return actions.subscribe(system=system, url=program.url, events=events, channel=Webhook(LOOPBACK), by=by, at=at)


def carry(at):
    for delivery in Delivery.objects.filter(origin="hook", state__in=["queued", "waiting"]).order_by("id"):
        outbox.carry(delivery=delivery, channel_of=lambda code: Webhook(LOOPBACK), now=lambda: at)


def test_every_declared_event_is_really_sent(erp, program, chen, wang, at, tmp_path):
    _hook, secret = subscribe(erp, program, chen, at)
    everything_happens(chen, wang, at, keys=tmp_path / "keys")

    assert actions.look(at=at + 10 * DAY) > 30 and actions.look(at=at + 10 * DAY) == 0
    carry(at + 10 * DAY)

    sent = [json.loads(body) for _path, _headers, body in program.got]
    assert {told["event"] for told in sent} == set(EVENTS)
    assert len({told["id"] for told in sent}) == len(sent) == Call.objects.count()
    path, headers, body = program.got[0]
    expected = hmac.new(secret.encode(), headers["X-Webhook-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert (path, headers["X-Webhook-Signature"]) == ("/hooks/?from=us", f"sha256={expected}")
    assert not Delivery.objects.filter(origin="hook").exclude(state="confirmed").exists()
    assert secret not in str([*Hook.objects.values(), *Delivery.objects.values()])


def test_who_is_told_is_whom_it_concerns(erp, program, chen, zhao, at):
    reader = systems.connect(name="Zhao's own", acts_for=zhao, scopes=SCOPES, per_minute=60, by=chen, at=at - DAY)[0]
    subscribe(reader, program, chen, at)
    only, _secret = subscribe(erp, program, chen, at, events=["order.raised"])
    with pytest.raises(DomainError):
        subscribe(systems.connect(name="X", acts_for=chen, scopes=["orders:read"], per_minute=1, by=chen, at=at)[0], program, chen, at, ["visit.signed"])

    order = visits.order(chen, at)
    orders.close(order=order, by=chen, at=at)

    assert actions.look(at=at + HOUR) == 1 and Call.objects.get().hook == only


def test_many_events_of_one_moment_hold_up_none_after_them(erp, program, chen, at, monkeypatch):
    monkeypatch.setattr("visits.hooks.queries.AT_ONCE", 2)
    monkeypatch.setattr("visits.hooks.actions.AT_ONCE", 2)
    subscribe(erp, program, chen, at, events=["order.raised"])
    place = visits.site()
    for _row in range(5):  # as an import raises them
        visits.order(chen, at, place)
    assert [actions.look(at=at + HOUR) for _turn in range(4)] == [2, 2, 1, 0]

    last = visits.order(chen, at + 2 * HOUR, place)
    assert actions.look(at=at + 2 * HOUR) == 1 and Call.objects.filter(about=last.number).exists()


def test_what_is_refused_stays_refused_and_what_is_away_is_tried_again(erp, program, chen, at):
    hook, _secret = subscribe(erp, program, chen, at, events=["order.raised"])
    visits.order(chen, at)
    actions.look(at=at)
    program.status = 503
    carry(at)
    delivery = Delivery.objects.get(origin="hook")
    assert (delivery.state, delivery.reason, delivery.next_try_at) == ("waiting", "temporary", at + datetime.timedelta(minutes=1))

    program.status = 302  # which could lead anywhere
    carry(at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", "refused")
    assert Notice.objects.filter(to=chen, code="hook.failed", about=hook.number).exists() and len(program.got) == 2


def test_a_person_sends_an_event_again(client, erp, program, chen, admin_zhou, at):
    hook, _secret = subscribe(erp, program, chen, at, events=["order.raised"])
    visits.order(chen, at)
    actions.look(at=at)
    carry(at)
    client.force_login(admin_zhou)
    page = client.get(hook.get_absolute_url())
    assert "工单" in page.content.decode() and page.context["page"].rows[0].delivery.state == "confirmed"

    client.post(f"/hooks/{hook.number}/calls/{Call.objects.get().pk}/again/")
    carry(at + DAY)

    first, second = (json.loads(body) for _path, _headers, body in program.got)
    assert first == second and Call.objects.filter(again_by=admin_zhou).count() == 1
    client.post(f"/hooks/{hook.number}/end/")
    visits.order(chen, at + DAY, visits.Site.objects.get())
    assert actions.look(at=at + DAY) == 0


def test_what_never_arrived_is_sent_again_in_one_go(client, erp, program, chen, admin_zhou, at):
    hook, _secret = subscribe(erp, program, chen, at, events=["order.raised"])
    place = visits.site()
    program.status = 410
    for _row in range(3):
        visits.order(chen, at, place)
    actions.look(at=at)
    carry(at)
    actions.call_again(call=Call.objects.first(), by=admin_zhou, at=at)
    carry(at)

    client.force_login(admin_zhou)
    page = client.get(hook.get_absolute_url())
    assert page.context["lost"] == 3 and f"/hooks/{hook.number}/again/" in page.content.decode()
    program.status = 204
    client.post(f"/hooks/{hook.number}/again/")
    carry(at + DAY)
    assert Call.objects.filter(delivery__state="confirmed").count() == 3
    assert client.get(hook.get_absolute_url()).context["lost"] == 0


@pytest.mark.parametrize(
    ("address", "scheme", "may"),
    [
        ("93.184.216.34", "https", True), ("93.184.216.34", "http", False), ("10.0.0.8", "https", False), ("127.0.0.1", "https", False),
        ("169.254.169.254", "https", False), ("::1", "https", False), ("::ffff:10.0.0.8", "https", False), ("fd00::1", "https", False),
        ("224.0.0.1", "https", False), ("0.0.0.0", "https", False), ("192.168.7.2", "http", True), ("2606:2800:220:1::1", "https", True),
    ],
)  # fmt: skip
def test_hooks_go_out_into_the_world_only(address, scheme, may):
    assert allowed(address, scheme, [ipaddress.ip_network("192.168.7.0/24")]) is may


@pytest.mark.parametrize("url", ["ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example:x/", "file:///etc/passwd"])
def test_an_address_that_is_none(url):
    with pytest.raises(ChannelError):
        destination(url, (), resolve=lambda *args, **kwargs: [(0, 0, 0, "", ("93.184.216.34", 443))])


def test_a_name_with_one_private_address_is_not_called():
    answers = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("10.0.0.8", 443))]
    with pytest.raises(ChannelError):
        destination("https://a.example/", (), resolve=lambda *args, **kwargs: answers)


def test_a_private_address_is_refused_in_words_beside_its_field(client, erp, admin_zhou):
    client.force_login(admin_zhou)
    page = client.post(f"/systems/{erp.number}/hooks/", {"url": "https://127.0.0.1/x", "events": ["order.raised"]})
    assert page.status_code == 422 and page.context["form"].errors["url"] and page.context["form"]["events"].value() == ["order.raised"]
