"""A story in which everything happens that another program can be told of, each by the action of the house that does it."""

import datetime

from conduct.base.ids import uuid7
from conduct.outbox import actions as outbox
from conduct.outbox.channels.registry import channel
from conduct.outbox.models import Delivery
from tests.factories import visits
from visits.followup import actions as followup
from visits.orders import actions as orders
from visits.papers import actions as papers
from visits.papers.models import Paper
from visits.papers.render import render
from visits.papers.seal import sealer
from visits.postponements import actions as postponements
from visits.postponements.models import Postponement
from visits.postponements.queries import statement_of
from visits.schedule import actions as schedule
from visits.signoff import actions as signoff
from visits.signoff.statement import digest

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
ACCOUNT = {"told_arrived_at": None, "told_departed_at": None, "content_as_agreed": True, "solved": True, "signed_personally": True}
SCORES = {"punctuality": 5, "skill": 4, "manner": 5, "result": 4}


def everything_happens(chen, wang, at, keys):
    """It is over ten days after `at`. `keys` is the folder of the sealing key."""
    archived(chen, wang, at, keys)
    site = visits.Site.objects.get()
    signed_and_refused(chen, wang, at + DAY, site)
    answered_by_the_engineer(chen, wang, at + 2 * DAY, site)
    put_off(chen, wang, at + 6 * DAY, site)
    order = visits.order(chen, at, site)
    orders.change_order(order=order, equipment=[], scope=["升级固件"], by=chen, at=at)
    orders.close(order=order, by=chen, at=at)
    orders.open_order(order=order, by=chen, at=at)
    orders.add_item(order=order, text="清点备件", by=chen, at=at)
    orders.cancel(order=visits.order(chen, at, site), by=chen, at=at)


def archived(chen, wang, at, keys):
    """Signed, sealed, received at headquarters, called about, archived."""
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    at = at + 5 * HOUR
    paper = papers.make(paper=Paper.objects.get(sign_off=sign_off), render=render, sealer=sealer(keys, company="远景信息", at=at), at=at)
    for delivery in Delivery.objects.filter(paper_delivery__paper=paper):
        outbox.carry(delivery=delivery, channel_of=channel, now=lambda: at)
    followup.record_call(visit=visit, account=ACCOUNT, scores=SCORES, by=chen, at=at)
    followup.archive(visit=visit, by=chen, at=at)


def signed_and_refused(chen, wang, at, site):
    """One record is corrected after its signature, another one the customer does not sign."""
    corrected, _sign_off = visits.signed(chen, at, wang.engineer, work=visits.order(chen, at, site))
    signoff.correct(visit=corrected, reason="序列号写错", by=wang, at=at + 5 * HOUR)
    refused = visits.finished(chen, at, wang.engineer, work=visits.order(chen, at, site), start=at + 6 * HOUR)
    moment = refused.planned_start + 2 * HOUR
    package = visits.package(refused, moment, kind="refused", refusal_reason="告警仍在")
    signoff.receive(visit=refused, package_id=uuid7(moment), package=package, by=wang, at=moment)


def answered_by_the_engineer(chen, wang, at, site):
    """Declined, countered and agreed to, and confirmed but missed."""

    def proposed(days):
        return visits.proposed(chen, at, wang.engineer, work=visits.order(chen, at, site), start=at + days * DAY)

    schedule.decline(visit=proposed(0.5), decline_code="ill", by=wang, at=at)
    countered = proposed(1)
    schedule.counter(visit=countered, counter_start=at + 3 * DAY, counter_end=at + 3 * DAY + HOUR, by=wang, at=at)
    schedule.accept_counter(visit=countered, by=chen, at=at)
    missed = proposed(2)
    schedule.confirm(visit=missed, by=wang, at=at)
    schedule.mark_missed(visit=missed, by=chen, at=missed.planned_end)


def put_off(chen, wang, at, site):
    """Three orders are put off, one with its visit; the customer accepts one and refuses another, the third is not put off after all."""
    window = {"new_from": at + 9 * DAY, "new_until": at + 10 * DAY, "reason": "等待备件", "by": chen, "at": at}
    visit = visits.proposed(chen, at, wang.engineer, work=visits.order(chen, at, site), start=at + DAY)
    accepted = postponements.postpone(order=visit.order, visit=visit, **window)
    answer(accepted, chen, at)
    answer(postponements.postpone(order=visits.order(chen, at, site), **window), chen, at, kind="refused", refusal_reason="合同约定本月完成")
    postponements.withdraw(postponement=postponements.postpone(order=visits.order(chen, at, site), **window), by=chen, at=at)


def answer(postponement, chen, at, kind="signed", refusal_reason=""):
    """The customer's written word on the words that headquarters has."""
    held = Postponement.objects.get(pk=postponement.pk)
    statement = statement_of(held, language="zh-hans", nonce="b" * 32)
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "comment": ""}
    strokes = {**visits.STROKES, "width": 400 + held.pk % 997}
    said = {"kind": kind, "refusal_reason": refusal_reason, "strokes": strokes, "typed_name": "", "signed_at": at}
    package = {"statement": statement, "sha256": digest(statement), **signer, **said}
    postponements.answer(postponement=held, answer_id=uuid7(at), package=package, nonce="b" * 32, by=chen, at=at)
