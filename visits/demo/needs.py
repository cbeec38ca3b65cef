"""New needs and open questions of the demo: what customers ask for besides the scope, what engineers on site ask headquarters now."""

import datetime
import random

from conduct.base.ids import uuid7
from visits.escalations import scope_changes
from visits.records import actions as records

MINUTE = datetime.timedelta(minutes=1)
EVERY = 6
ASKED = (
    ("给备用交换机划分 VLAN", "do_now", "与客户网络中心主任通电话确认", "工作量小，一并完成"),
    ("把机房监控接入总部网管平台", "new_order", "与客户联系人通电话，客户同意另约时间", "需另行勘察与备料"),
    ("协助调整其他厂家防火墙策略", "refused", "电话答复客户联系人", "不属我方设备，请客户联系原厂家"),
    ("更换走廊无线接入点", "do_now", "技术部经理电话确认", ""),
)
QUESTIONS = (
    ("technical", "升级后备用电源告警灯常亮，可以继续运行吗？", ""),
    ("business", "客户问这台设备还能续保几年，怎么答复？", "可续保两年，报价由商务另发，现场不谈价格"),
)


def ask(*, visit, at, decided, staff):
    """Every sixth visit has a new need, and whoever is on site now. The last kind was decided by telephone on site."""
    place = int(visit.number[-6:])
    if place % EVERY and decided:
        return
    text, decision, called, reason = ASKED[place // EVERY % len(ASKED)]
    payload = {"text": text}
    if place // EVERY % len(ASKED) == len(ASKED) - 1:
        payload |= {"decision": decision, "decided_name": "钱锋", "decided_how": "电话", "decided_at": at.isoformat(timespec="minutes")}
    _enter(visit, "new_need", payload, at)
    if decided:
        change = visit.scope_changes.select_related("visit__order__site", "visit__order__customer", "visit__engineer__staff").get()
        said = {"decision": decision, "called": called, "reason": reason}
        scope_changes.decide(change=change, by=staff["qian"], at=at + 5 * MINUTE, **said)
    visit.refresh_from_db()


def put(*, visit, at):
    """Whoever is on site now waits for an answer, and has heard another one by telephone, which nobody has confirmed yet."""
    for place, (kind, text, answer) in enumerate(QUESTIONS):
        moment = at + place * 4 * MINUTE
        asked = _enter(visit, "question", {"question_kind": kind, "text": text}, moment)
        if answer:
            said = {"answered_name": "陈静", "answered_at": moment.isoformat(timespec="minutes"), "answered_how": "电话"}
            _enter(visit, "hq_answer", {"question": str(asked.pk), "answer": answer, **said}, moment + 2 * MINUTE)


def _enter(visit, kind, payload, at):
    """Store one entry of the visit's engineer. Its id is made of the visit and the moment, so that every load is alike."""
    facts = {"device_at": at.isoformat(timespec="seconds"), "clock": {"device_offset_minutes": 480, "clock_offset_ms": 120}}
    entry_id = uuid7(at, bits=random.Random(f"{visit.number} {at.timestamp():.0f}").getrandbits)
    entry, _new = records.add_entry(visit=visit, entry_id=entry_id, kind=kind, payload=payload, by=visit.engineer.staff, at=at, **facts)
    return entry
