"""What the demo shares with the world outside: calendars, other programs, an order list, links to sign, work that is put off."""

import datetime

from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import Receipt
from conduct.outbox.models import Delivery
from conduct.systems import actions as systems
from visits.feeds import actions as feeds
from visits.hooks import actions as hooks
from visits.imports import actions as imports
from visits.invitations import actions as invitations
from visits.invitations.queries import known_addresses
from visits.orders.models import WorkOrder
from visits.postponements import actions as postponements
from visits.postponements.queries import statement_of
from visits.schedule.models import Visit
from visits.schedule.states import VisitState
from visits.signoff.queries import ready_to_sign
from visits.signoff.statement import digest

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
REASONS = ["原厂备件延期到货，预计下周三送达", "贵方机房本周进行消防检测，无法进场"]


class Taken:
    """A subscriber in the demo takes whatever comes. Nothing leaves the house."""

    def check_recipient(self, recipient):
        """Nobody is asked whether the address exists."""

    def send(self, parcel, point_of_no_return):
        return Receipt(final=True, code="204")


def make_outside(*, staff, sites, today, at):
    """`at` is the morning of `today`; the links come when the visits of the day are done."""
    _calendars(staff, at)
    hook = _programs(staff, at - 40 * DAY, at)
    _spreadsheet(staff["chen"], sites, today, at)
    _put_off(staff["chen"], at)
    _links(staff["chen"])
    _calls(hook, at)


def _calendars(staff, at):
    for username, engineer, name in (("wang", staff["wang"].engineer, "手机日历"), ("chen", None, "调度室大屏")):
        feeds.open_feed(engineer=engineer, name=name, by=staff[username], at=at - 30 * DAY)


def _programs(staff, since, at):
    """Two programs that are let in, of which one is called when orders change, and one that was sent away."""
    scopes = ["orders:read", "orders:write", "visits:read", "customers:read", "equipment:read"]
    for name, wanted in (("财务系统", ["papers:read", "visits:read"]), ("旧报表平台", ["visits:read"])):
        last, _token = systems.connect(name=name, acts_for=staff["chen"], scopes=wanted, per_minute=60, by=staff["zhou"], at=since)
    systems.revoke(system=last, by=staff["zhou"], at=since + 20 * DAY)
    erp, _token = systems.connect(name="ERP 对接", acts_for=staff["chen"], scopes=scopes, per_minute=120, by=staff["zhou"], at=since)
    events = ["order.raised", "order.postponed", "order.postponement_accepted", "visit.signed"]
    facts = {"url": "https://erp.example.com/hooks/service/", "events": events, "channel": Taken()}
    return hooks.subscribe(system=erp, by=staff["zhou"], at=at - 10 * DAY, **facts)[0]


def _spreadsheet(by, sites, today, at):
    """A list that was looked at and not taken over yet: its last row names a site that nobody knows."""
    heading = ["客户单号", "现场编号", "服务内容", "报修故障"]
    told = [(sites[0].number, "检查电源与风扇", "季度巡检"), (sites[1].number, "更换电池组", "不间断电源报警"), ("S-9999", "清洁滤网", "季度巡检")]
    rows = [[f"XJ-{today:%y%m}-{place:02}", *row] for place, row in enumerate(told, 1)]
    imports.look_at(name=f"巡检计划-{today:%Y%m}.xlsx", rows=[heading, *rows], by=by, at=at)


def _put_off(by, at):
    """One postponement that the customer has accepted, one whose written word is still missing."""
    visits = Visit.objects.exclude(state__in=VisitState.CALLED_OFF)
    waiting = WorkOrder.objects.filter(state="open", contact__isnull=False).exclude(visits__in=visits).select_related("site", "contact").order_by("number")[:2]
    for place, order in enumerate(waiting):
        window = {"new_from": at + (9 + place) * DAY, "new_until": at + (11 + place) * DAY}
        made = postponements.postpone(order=order, reason=REASONS[place], by=by, at=at, **window)
        if place == 0:
            _accept(made, by, at)


def _accept(postponement, by, at):
    nonce = f"{postponement.pk:032x}"
    statement = statement_of(postponement, language="zh-hans", nonce=nonce)
    contact = postponement.order.contact
    signer = {"signer_name": contact.name, "signer_position": contact.position, "signer_telephone": contact.telephone, "typed_name": contact.name}
    rest = {"kind": "signed", "comment": "", "refusal_reason": "", "strokes": None, "signed_at": at}
    package = {"statement": statement, "sha256": digest(statement), **signer, **rest}
    answer_id = f"01900000-0000-7000-8000-{postponement.pk:012x}"
    postponements.answer(postponement=postponement, answer_id=answer_id, package=package, nonce=nonce, by=by, at=at)


def _links(by):
    """A customer who had left when the engineer was done: a link is on its way to the mailbox that is known."""
    for visit in Visit.objects.filter(state="finished").select_related("order__site", "order__customer", "order__contact").order_by("number"):
        if ready_to_sign(visit):
            sent = visit.record.departed_at + HOUR / 2
            address = next(iter(known_addresses(visit.order)), "")
            invitations.invite(thing=visit, recipient=address, language="zh-hans", channels=["mail_folder"], by=by, at=sent)


def _calls(hook, at):
    """What the program was told this morning; then it is left alone, so that the demo calls nobody."""
    hooks.look(at=at)
    for delivery in Delivery.objects.filter(origin=hooks.ORIGIN).order_by("pk"):
        outbox.carry(delivery=delivery, channel_of=lambda code: Taken(), now=lambda: at)
    hooks.end(hook=hook, by=hook.created_by, at=at)
