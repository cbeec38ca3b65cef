"""Builders for the life of a repair ticket, through the product's actions."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conduct.customers.labels import label_of
from conduct.customers.models import Customer, Equipment, Site
from conduct.repairs import actions, closing, repairing
from conduct.rounds import actions as rounds
from conduct.rounds.models import MaintenancePlan, MaintenanceRound


def premises():
    owner = Customer.objects.create(number="C-0900", name="远景培训学校", city="南京")
    return Site.objects.create(number="S-0900", customer=owner, name="教学楼", city="南京", is_own_premises=True)


def equipment(site=None, number="EQ-900001", name="教学一体机", **facts):
    facts = {"is_teaching": True, "category": "多媒体", "label": label_of(number)} | facts
    return Equipment.objects.create(site=site or premises(), number=number, name=name, **facts)


def reported(thing, at, *, reporter=None, fault="无法开机", **facts):
    name = reporter.name if reporter else "杨老师"
    facts = {"source": "label", "disturbance": "hinders", "reporter": reporter, "reporter_name": name} | facts
    ticket, ticket.token = actions.report(equipment=thing, fault=fault, by=reporter, at=at, **facts)
    return ticket


def sorted_in(thing, at, by, quadrant="iu", **facts):
    ticket = reported(thing, at, **facts)
    actions.sort(ticket=ticket, quadrant=quadrant, by=by, at=at)
    return ticket


def taken(thing, at, by, technician, quadrant="iu", **facts):
    ticket = sorted_in(thing, at, by, quadrant, **facts)
    repairing.take(ticket=ticket, by=technician, at=at)
    return ticket


def fed_back(thing, at, by, technician, **facts):
    ticket = taken(thing, at, by, technician, **facts)
    repairing.repaired(ticket=ticket, cause="电源板损坏", work_done="更换电源板", work_minutes=40, cost=120, by=technician, at=at)
    closing.feed_back(ticket=ticket, feedback="已更换电源板，可以使用", told_how="person", by=technician, at=at)
    return ticket


def plan(site, technician, at, name="多媒体月度巡检", **facts):
    facts = {"every_days": 30, "next_on": at.date()} | facts
    return rounds.save_plan(plan=MaintenancePlan(name=name, site=site, technician=technician, **facts), by=None, at=at)


def inspection(site, technician, at, **facts):
    """A round that is due today."""
    made = plan(site, technician, at, **facts)
    rounds.make_due(at=at)
    return MaintenanceRound.objects.get(plan=made)


def picture(name="fault.jpg", colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
