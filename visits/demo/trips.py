"""Business trips of the demo: paid, handed in, due, late, sent back, and two engineers who are away today."""

import datetime
import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from visits.schedule.models import Visit
from visits.trips import actions, settling

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
HOTELS = [("全季酒店（火车站店）", "8206"), ("如家精选酒店", "0512"), ("金陵江滨饭店", "1206"), ("汉庭酒店（大学城店）", "3017")]
REPORT = "按约定内容完成现场服务，客户已签字确认；遗留事项已报总部并移交在线工程师。"
# What has become of a trip, and how many days ago its visit was at the least and at the most.
ENDS = [("due", 2, 5), ("late", 10, 16), ("handed_in", 4, 12), ("sent_back", 5, 14), ("paid", 15, 60), ("paid", 15, 60), ("paid", 30, 90)]


def make_trips(*, staff, at):
    """On visits away from home that were played already, never two trips of one engineer in the same days."""
    visits = Visit.objects.filter(state__in=["signed", "refused", "archived", "on_site", "finished"], planned_start__lt=at + 2 * HOUR)
    visits = visits.select_related("engineer__staff", "order__site", "order__customer").order_by("-planned_start", "number")
    visits = [visit for visit in visits if "trip" in visit.traits]
    chosen = {}
    for visit in [visit for visit in visits if visit.state in ("on_site", "finished") and visit.planned_start > at - DAY]:
        if len(chosen) < 2 and _is_free(visit, chosen):
            chosen[visit] = "away"
    for end, youngest, oldest in ENDS:
        fitting = [visit for visit in visits if youngest <= (at - visit.planned_start).days <= oldest and _is_free(visit, chosen)]
        if fitting:
            chosen[fitting[0]] = end
    # One after the other, as they were: nobody sets out again before being home.
    for place, visit in enumerate(sorted(chosen, key=lambda visit: (visit.planned_start, visit.number))):
        if chosen[visit] == "away":
            _away(visit, staff, place, at)
        else:
            _past(visit, staff, chosen[visit], place)


def _is_free(visit, chosen):
    return all(one.engineer_id != visit.engineer_id or abs(one.planned_start - visit.planned_start) > 3 * DAY for one in chosen)


def _set_out(visit, place):
    """The evening before, with the hotel's number an hour after the train."""
    set_out = visit.planned_start - 15 * HOUR
    person = visit.engineer.staff
    trip = actions.set_out(visit=visit, set_out_at=set_out, origin=visit.engineer.home_city, means="train", by=person, at=set_out)
    hotel, room = HOTELS[place % len(HOTELS)]
    since = set_out + 3 * HOUR
    facts = {"hotel": f"{visit.order.site.city}{hotel}", "room_telephone": f"{place + 21:03d}0-8688 转 {room}"}
    actions.note_lodging(trip=trip, since=since, customer_called_at=since + HOUR / 4, by=person, at=since + HOUR / 3, **facts)
    return trip


def _away(visit, staff, place, at):
    """Away today: the first has asked to return and waits for the executive, the second was refused and stays."""
    trip = _set_out(visit, place)
    person = visit.engineer.staff
    actions.ask_return(trip=trip, reason="现场工作今天完成，拟乘晚班高铁返回", by=person, at=at - HOUR)
    for approval in Approval.objects.filter(reference=trip.number, asked_of=staff["qian"], state="asked"):
        if place % 2:
            approvals.refuse(approval=approval, reason="备件明早到，请再留一天", by=staff["qian"], at=at - HOUR / 2)
        else:
            approvals.approve(approval=approval, by=staff["qian"], at=at - HOUR / 2)


def _past(visit, staff, end, place):
    trip, person = _set_out(visit, place), visit.engineer.staff
    done = visit.planned_end
    actions.ask_return(trip=trip, reason="任务完成，申请返回", by=person, at=done)
    for approval in Approval.objects.filter(reference=trip.number, state="asked"):
        approvals.approve(approval=approval, by=approval.asked_of, at=done + HOUR / 2)
    trip.refresh_from_db()
    home = done + 5 * HOUR
    actions.come_back(trip=trip, returned_at=home, by=person, at=home)
    if end == "late":
        return
    _spend(trip, place, home)
    if end != "due":
        settling.hand_in(trip=trip, report=REPORT, by=person, at=home + DAY)
    if end == "paid":
        settling.pay(trip=trip, by=staff["sun"], at=home + 3 * DAY)
    elif end == "sent_back":
        settling.send_back(trip=trip, reason="住宿发票抬头有误，请换开", by=staff["sun"], at=home + 2 * DAY)


def _spend(trip, place, at):
    day = (trip.set_out_at + 8 * HOUR).date()
    fare, night = Decimal(126 + 31 * place), Decimal(268 + 20 * (place % 4))
    lines = [("travel", fare, "高铁二等座 去程"), ("travel", fare, "高铁二等座 返程"), ("lodging", night, "住宿一晚")]
    for kind, amount, note in lines:
        receipt = SimpleUploadedFile("receipt.jpg", _receipt(amount), "image/jpeg")
        settling.add_expense(trip=trip, kind=kind, spent_on=day, amount=amount, note=note, receipt=receipt, by=trip.engineer.staff, at=at)
    facts = {"kind": "local", "amount": Decimal(8), "note": "地铁", "no_receipt_reason": "扫码乘车，无纸质票"}
    settling.add_expense(trip=trip, spent_on=day, by=trip.engineer.staff, at=at, **facts)


def _receipt(amount):
    """A slip of paper with an amount on it."""
    picture = Image.new("RGB", (480, 300), (250, 246, 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((16, 16, 464, 284), outline=(150, 60, 50), width=3)
    draw.text((60, 110), f"CNY {amount:.2f}", fill=(40, 40, 60), font=ImageFont.load_default(48))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=75)
    return out.getvalue()
