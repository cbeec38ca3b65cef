"""Changes in production as tests need them: prepared, approved, begun with their gates answered, ended."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from conduct.base.ids import uuid7
from conduct.checklists.queries import all_questions
from tests.factories import visits
from visits.changes import actions
from visits.changes.models import ChangeApproval
from visits.records import actions as records
from visits.records import proofs
from visits.records.checks import EARLIER
from visits.records.judging import checklist_of

HOUR = datetime.timedelta(hours=1)
FORM = {
    "title": "核心数据库升级到 14.9", "requested_name": "李喆", "steps": "停止应用服务\n升级数据库\n启动应用服务", "way_back": "还原快照",
    "rehearsal": "11-20 在测试机通过", "backup": "全量备份已试还原", "duration_minutes": 60, "locks": "停机约 40 分钟",
    "tests_before": "主备同步正常", "tests_after": "登录\n开单",
}  # fmt: skip


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (40, 40)).save(kept, "PNG")
    return SimpleUploadedFile("form.png", kept.getvalue())


def paper_on_site(visit, at):
    return str(records.keep_file(visit=visit, file_id=uuid7(at), upload=picture(), by=visit.engineer.staff, at=at).pk)


def prepared(visit, by, at, **facts):
    window = {"window_from": visit.planned_start, "window_to": visit.planned_start + 3 * HOUR}
    return actions.save(change=ChangeApproval(visit=visit, **(FORM | window | facts)), by=by, at=at)


def approved(visit, by, approver, at, **facts):
    change = prepared(visit, by, at, **facts)
    actions.ask(change=change, approver=approver, by=by, at=at)
    approvals.approve(approval=Approval.objects.get(reference=change.number), by=approver, at=at)
    change.refresh_from_db()
    return change


def begin(visit, at, **facts):
    answer_gates(visit, "start_change", at)
    return visits.enter(visit, "change_start", {"at": visits.iso(at)}, at, **facts)


def answer_gates(visit, step, at, before=None):
    """Each rule of the step and of those that are asked `before` it, with its evidence: a note, or the paper that shows it. The approval form and the training sheet speak for themselves."""
    file = paper_on_site(visit, at)
    asked = all_questions(checklist_of(visit, at=at))
    earlier = EARLIER.get(step, ()) if before is None else before
    for question in [row for one in (*earlier, step) for row in asked.get(one, [])]:
        if question.answer or question.rule.code in proofs.CODES:
            continue
        shown = {"file": file, "evidence_name": "李喆", "evidence_date": "2026-11-24"}
        visits.enter(visit, "answer", {"rule_code": question.rule.code, "answer": "yes", "note": "已确认", **shown}, at)


def end(visit, at, outcome, **facts):
    return visits.enter(visit, "change_end", {"outcome": outcome, "at": visits.iso(at), **facts}, at)
