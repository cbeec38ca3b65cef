"""The laptops of the demo: in use, lost and revoked, silent with work on it; and what of their work waits for a named person."""

import datetime
import uuid

from django.db import transaction

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.devices import actions as devices
from conduct.devices.states import Ending
from visits.records.intake import take_entry
from visits.records.models import Record
from visits.schedule.models import Visit
from visits.signoff.forms import PackageForm
from visits.signoff.queries import statement_like, unused_nonces
from visits.signoff.statement import digest
from visits.sync import actions as sync
from visits.sync.queries import visits_to_hold

from .story import Story

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
GB = 10**9
# Who has which laptop, GB free on it, whether the browser promised to keep the store, and the clock's error in milliseconds.
LAPTOPS = {
    "wang": ("ThinkPad X1 · 王磊", 182, True, 340), "zhao": ("ThinkPad T14 · 赵敏", 96, True, -120),
    "liu": ("Chrome · Windows", 41, True, 800), "huang": ("Edge · Windows", 12, False, 2_400),
    "xu": ("Chrome · Windows", 77, True, 60), "zhu": ("麒麟笔记本 · 03", 8, False, 614_000), "ma": ("Chrome · Linux", 150, True, -900),
}  # fmt: skip
NO_CLOCK = {"clock_offset_ms": None, "anchor_at": None, "monotonic_ms": None}


class Laptop:
    """One laptop as it calls headquarters. `rng` makes its id and those of what it holds."""

    def __init__(self, rng, person, facts):
        self.rng, self.person, (self.name, self.free, self.kept, self.clock) = rng, person, facts
        self.id = self.new_id()

    def new_id(self):
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def new_item(self, moment):
        return str(uuid7(moment, bits=self.rng.getrandbits))

    def new_nonce(self):
        return f"{self.rng.getrandbits(128):032x}"

    def call(self, at, *, held=(), ready=()):
        self.device = sync.contact(
            staff=self.person, device_id=self.id, name=self.name, device_time=at - datetime.timedelta(milliseconds=self.clock),
            app_version="demo", held=list(held), ready=list(ready), new_nonce=self.new_nonce, at=at,
            storage={"persisted": self.kept, "free_bytes": self.free * GB, "quota_bytes": 240 * GB},
        )[0]  # fmt: skip
        return self.device

    def held(self, type, visit, at):
        return {"id": self.new_item(at), "type": type, "visit": visit.number, "since": at, "sha256": f"{self.rng.getrandbits(256):064x}"}

    def ready(self, at):
        """Ready for the next visit; a later one still loads, and of the third the photos are not there yet."""
        states = [("ready", []), ("missing", ["photos"]), ("loading", ["scope", "forms"])]
        visits = [visit for visit in visits_to_hold(self.person) if visit.state == "confirmed"]
        return [{"visit": visit.number, "at": at, "state": state, "missing": missing} for visit, (state, missing) in zip(visits, states, strict=False)]


def add_laptops(*, rng, staff, sites, today, zone, render, sealer):
    """Deterministic for a seed and a day."""
    morning = datetime.datetime.combine(today, datetime.time(8), zone)
    laptops = {name: Laptop(rng, staff[name], facts) for name, facts in LAPTOPS.items()}
    for place, laptop in enumerate(laptops.values()):
        laptop.call(morning - (20 + place) * DAY)
    _lost(Laptop(rng, staff["liu"], ("旧 ThinkPad · 刘洋", 22, True, 0)), staff["chen"], morning)
    evenings = Evenings(rng, staff, sites, today, zone, render, sealer)
    _of_another_release(laptops["xu"], evenings.visit("xu"))
    _with_a_wrong_clock(laptops["zhu"], evenings.visit("zhu"))
    _silent(laptops.pop("huang"), morning)
    for place, laptop in enumerate(laptops.values()):
        at = morning - (5 + 4 * place) * MINUTE
        laptop.call(at, ready=laptop.ready(at))
    _outside_of_scope(laptops, today)


class Evenings:
    """Visits of an evening before, finished and not signed: times at which nobody of the story is under way."""

    def __init__(self, rng, staff, sites, today, zone, render, sealer):
        self.facts = {"rng": rng, "staff": staff, "fate": "finished", "previous": None, "render": render, "sealer": sealer}
        self.sites, self.last = sites, datetime.datetime.combine(today, datetime.time(18, 30), zone)

    def visit(self, username):
        """On the latest evening on which this engineer is not on leave."""
        engineer = self.facts["staff"][username].engineer
        for days in range(1, 8):
            start = self.last - days * DAY
            facts = {"site": self.facts["rng"].choice(self.sites), "engineer": engineer, "start": start, "latest": start - DAY / 8}
            try:
                with transaction.atomic():
                    story = Story(**self.facts, **facts)
                    visit = story.play()
                    story.answers("sign", at=story.gone + MINUTE)
            except DomainError:
                continue
            return Visit.objects.select_related("engineer__staff", "order__site", "order__customer", "order__contact").get(pk=visit.pk)
        raise LookupError(f"{username} was on leave for a week")


def _lost(laptop, dispatcher, morning):
    device = laptop.call(morning - 12 * DAY)
    devices.revoke(device=device, ending=Ending.BY_HAND, by=dispatcher, at=morning - 11 * DAY)


def _silent(laptop, morning):
    """Huang's laptop announced two items three days ago and has not called since."""
    at = morning - 3 * DAY + 70 * MINUTE
    visit = Visit.objects.filter(engineer__staff=laptop.person, planned_start__lt=at).order_by("planned_start", "id").last()
    if visit:
        laptop.call(at, held=[laptop.held("blob", visit, at - 9 * MINUTE), laptop.held("entry", visit, at - 8 * MINUTE)])


def _of_another_release(laptop, visit):
    """An entry of a kind that this release does not know is kept whole."""
    moment = visit.planned_start + 30 * MINUTE
    body = {
        "id": laptop.new_item(moment), "kind": "mileage", "payload": {"kilometres": 46, "vehicle": "苏A·8C231"}, "corrects": None, "live": False,
        "device_at": moment.isoformat(timespec="milliseconds"),
    }  # fmt: skip
    take_entry(visit, body, device=laptop.device, by=laptop.person, at=moment + 20 * MINUTE)


def _outside_of_scope(laptops, today):
    """What somebody who is on site did beside the agreed scope, written without a network, waits for headquarters."""
    visits = Visit.objects.filter(state="on_site", engineer__staff__username__in=laptops, planned_start__date=today)
    visit = visits.select_related("engineer__staff", "order__site", "order__customer").order_by("number").first()
    if visit is None:
        return
    laptop, moment = laptops[visit.engineer.staff.username], visit.planned_start + 50 * MINUTE
    body = {
        "id": laptop.new_item(moment), "kind": "result", "corrects": None, "live": False, "device_at": moment.isoformat(timespec="milliseconds"),
        "payload": {"scope_item": 9, "result": "done", "action": "顺手修好了隔壁办公室的打印机"}, "plan_version": visit.plan_version,
        "clock_offset_ms": laptop.clock,
    }  # fmt: skip
    take_entry(visit, body, device=laptop.device, by=laptop.person, at=moment + 25 * MINUTE)


def _with_a_wrong_clock(laptop, visit):
    """Signed without a network on a laptop whose clock is ten minutes behind: stored, and a person decides."""
    departed = Record.objects.get(visit=visit).departed_at
    device = laptop.call(departed + 2 * MINUTE)
    nonce, contact, at = unused_nonces(visit, device)[0], visit.order.contact, departed + 9 * MINUTE
    statement = statement_like(visit, {"language": "zh-hans", "nonce": nonce, "version": 1, "previous_sha256": None})
    body = {
        "id": laptop.new_item(at), "kind": "signed", "statement": statement, "sha256": digest(statement), "nonce": nonce,
        "strokes": {"width": 620, "height": 224, "strokes": [[[40 + 4 * n, 90 + (n * 7) % 60, n * 12, 500] for n in range(90)]]},
        "signer_name": contact.name, "signer_position": contact.position, "signer_telephone": contact.telephone, "satisfaction": 5,
        "typed_name": "", "stamp": "", "no_stamp_reason": "公章在办公室，随后补盖", "comment": "", "refusal_reason": "",
        "signed_at": at.isoformat(timespec="seconds"), "wording_edition": statement["wording_edition"], "device": str(laptop.id),
    }  # fmt: skip
    covers = [str(pk) for pk in visit.entries.filter(state="accepted").values_list("pk", flat=True)]
    sync.take_package(
        visit=visit, package_id=uuid.UUID(body["id"]), body=body, form=PackageForm(body), covers=covers, device=device,
        clock=NO_CLOCK | {"clock_offset_ms": laptop.clock}, by=laptop.person, at=at + 40 * MINUTE,
    )  # fmt: skip
