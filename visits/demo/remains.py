"""What remains of a demo visit: the technical manager's word on what was not delivered, and remote support."""

import datetime

from visits.remote import actions as remote
from visits.waivers import actions as waivers
from visits.waivers.states import WaiverState

HOUR = datetime.timedelta(hours=1)
WANTED = "备件更换后请远程复查运行日志，确认没有新的告警"


def settle(*, visit, staff, at, closed):
    """Qian confirms what was agreed with him; an online engineer looks after the rest and, when `closed`, is done with it."""
    contact = visit.order.contact
    for waiver in visit.waivers.filter(state=WaiverState.WAITING):
        waivers.decide(waiver=waiver, to=WaiverState.CONFIRMED, decision="备件到货后另行安排上门", by=staff["qian"], at=at)
        facts = {"wanted": WANTED, "means": "telephone", "contact": f"{contact.name} {contact.telephone}"}
        case = remote.hand_over(visit=visit, by=visit.engineer.staff, at=at + HOUR, **facts)
        if closed:
            remote.take(case=case, by=staff["wu"], at=at + 2 * HOUR)
            said = "与客户一起查看了日志，未见新告警"
            remote.note(case=case, means="telephone", text=said, minutes=20, by=staff["wu"], at=at + 3 * HOUR)
            remote.close(case=case, solved=True, result="运行正常，等待备件", by=staff["wu"], at=at + 3 * HOUR)
