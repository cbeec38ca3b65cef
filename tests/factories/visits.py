"""Builders for the middle of a story: each takes the shortest honest way to a state, through the product's actions."""

import datetime
import functools

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from conduct.base.ids import uuid7
from conduct.checklists.queries import all_questions
from conduct.company.models import Company
from conduct.customers.models import Contact, Customer, Equipment, Site
from conduct.management.commands.load_rules import OURS
from conduct.rules.actions import load_edition
from conduct.rules.catalogue import read
from conduct.rules.models import Acknowledgement
from conduct.rules.queries import briefing, current_edition
from visits.orders import actions as orders
from visits.orders.models import WorkOrder
from visits.records import actions as records
from visits.records.judging import checklist_of
from visits.records.taking import locked
from visits.schedule import actions as schedule
from visits.signoff import actions as signoff
from visits.signoff.queries import next_statement
from visits.signoff.statement import digest

HOUR = datetime.timedelta(hours=1)
STROKES = {"width": 400, "height": 200, "strokes": [[[n * 4, 60 + n % 7, n * 10, 500] for n in range(60)]]}


def company(**facts):
    data = {"name": "远景信息", "hotline": "400-820-5566", "fax": "02520002002", "mailbox": "hq@example.com"}
    return Company.objects.create(pk=1, **(data | facts))


def customer(number="C-0001", name="南京市第一中学"):
    return Customer.objects.create(number=number, name=name, city="南京", email="it@school.example")


def site(owner=None, number="S-0001"):
    place = Site.objects.create(number=number, customer=owner or customer(), name="本部机房", city="南京", address="中山路1号")
    Contact.objects.create(site=place, name="李喆", position="网络中心主任", telephone="025-84421234")
    Equipment.objects.create(number=f"EQ-{place.pk:06d}", site=place, name="核心交换机", model="S7706", serial="2102351234")
    return place


@functools.cache
def catalogue():
    return read(OURS.read_text(encoding="utf-8"))


def edition(at):
    code, rules = catalogue()
    return load_edition(code=code, rules=rules, by=None, at=at - datetime.timedelta(days=30))


def order(by, at, place=None, scope=("更换电源模块", "升级固件"), **facts):
    place = place or site()
    told = {"reported_fault": "交换机丢包", "stated_cause": "电源老化"} | facts
    new = WorkOrder(site=place, contact=place.contacts.first(), **told)
    return orders.raise_order(order=new, equipment=place.equipment.all(), scope=list(scope), by=by, at=at)


def planned(by, at, engineer, start=None, work=None, hours=2):
    work = work or order(by, at)
    start = start or at + 2 * HOUR
    return schedule.plan(
        order=work,
        engineer=engineer,
        identity_name="王工",
        identity_capacity="远景现场工程师",
        planned_start=start,
        planned_end=start + hours * HOUR,
        scope=list(work.scope.all()),
        by=by,
        at=at,
    )


def has_read(staff, at):
    """The person has read the code of conduct in force."""
    held = current_edition(at)
    rows = [Acknowledgement(rule=rule, staff=staff, at=at) for rule in briefing(held, staff.roles)] if held else []
    Acknowledgement.objects.bulk_create(rows, ignore_conflicts=True)


def proposed(by, at, engineer, **facts):
    visit = planned(by, at, engineer, **facts)
    has_read(engineer.staff, at)
    schedule.propose(visit=visit, by=by, at=at)
    return visit


def confirmed(by, at, engineer, **facts):
    visit = proposed(by, at, engineer, **facts)
    schedule.confirm(visit=visit, by=engineer.staff, at=at)
    return visit


def enter(visit, kind, payload, at, *, by=None, entry_id=None, **facts):
    """Post one entry as the visit's engineer."""
    kept, _new = records.add_entry(
        visit=visit,
        entry_id=entry_id or uuid7(at),
        kind=kind,
        payload=payload,
        device_at=at.isoformat(timespec="seconds"),
        by=by or visit.engineer.staff,
        at=at,
        **facts,
    )
    visit.refresh_from_db()
    return kept


def photo(visit, data, at, *, caption=""):
    """A photo of the visit, with the entry that shows it. Returns the file's id."""
    upload = SimpleUploadedFile("photo.jpg", data)
    kept = records.keep_file(visit=visit, file_id=uuid7(at), upload=upload, by=visit.engineer.staff, at=at)
    enter(visit, "photo", {"caption": caption, "file": str(kept.pk)}, at)
    return kept.pk


def answer_all(visit, step, at):
    """A plain yes to everything asked before a step, with a note or a leave where evidence is asked for."""
    with transaction.atomic():
        checklist = checklist_of(locked(visit), at=at)
    for question in all_questions(checklist).get(step, []):
        payload = {"rule_code": question.rule.code, "answer": "yes", "note": "已确认"}
        enter(visit, "answer", payload, at)


def iso(moment):
    return moment.isoformat(timespec="minutes")


def on_site(by, at, engineer, **facts):
    visit = confirmed(by, at, engineer, **facts)
    answer_all(visit, "set_out", at)
    enter(visit, "step", {"step": "set_out"}, at)
    enter(visit, "arrived", {"arrived_at": iso(visit.planned_start)}, visit.planned_start)
    return visit


def finished(by, at, engineer, **facts):
    visit = on_site(by, at, engineer, **facts)
    moment = visit.planned_start + HOUR
    answer_all(visit, "work", moment)
    for item in visit.scope.all():
        enter(visit, "result", {"scope_item": item.position, "result": "done", "action": "已更换并测试"}, moment)
    answer_all(visit, "finish", moment)
    enter(visit, "departed", {"departed_at": iso(moment)}, moment)
    answer_all(visit, "sign", moment)
    return visit


def not_delivered(visit, at, position=1, who="钱锋"):
    """An item that is not done, with who at headquarters agreed on the telephone."""
    answer_all(visit, "work", at)
    result = {"scope_item": position, "result": "not_done", "cause": "缺少备件", "action": "已确认型号，等待到货"}
    enter(visit, "result", result, at)
    agreed = {"scope_item": position, "confirmed_name": who, "confirmed_at": iso(at), "confirmed_how": "电话"}
    enter(visit, "hq_confirmation", agreed, at)
    return visit


def package(visit, at, *, kind="signed", language="zh-hans", nonce=None, **facts):
    """What the sign page posts, already cleaned."""
    nonce = nonce or signoff.hand_over(visit=visit, by=visit.engineer.staff, at=at)
    statement, _changes = next_statement(visit, language=language, nonce=nonce)
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5}
    signature = {
        "strokes": {**STROKES, "width": 400 + visit.pk % 997},
        "typed_name": "",
        "stamp": "",
        "no_stamp_reason": "公章外出",
    }
    rest = {"kind": kind, "comment": "很好", "refusal_reason": "", "signed_at": at, "nonce": nonce}
    return {"statement": statement, "sha256": digest(statement), **signer, **signature, **rest, **facts}


def signed(by, at, engineer, **facts):
    visit = finished(by, at, engineer, **facts)
    moment = visit.planned_start + 2 * HOUR
    sign_off, _new = signoff.receive(
        visit=visit, package_id=uuid7(moment), package=package(visit, moment), by=engineer.staff, at=moment
    )
    visit.refresh_from_db()
    return visit, sign_off
