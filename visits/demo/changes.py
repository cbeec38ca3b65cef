"""Changes in production of the demo: the form with both signatures, and what was done step by step."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from conduct.approvals import actions as approvals
from conduct.approvals.models import Approval
from visits.changes import actions
from visits.changes.models import ChangeApproval

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
# As visits/demo/texts.JOBS: fault, cause, traits, scope items, what was done.
JOB = ("教务系统数据库版本过低，须升级", "", ["production_change", "machine_room"],
       ["升级教务系统数据库到 14.9", "核对业务功能"], "按操作步骤升级，核对清单全部通过。")  # fmt: skip
FORM = {
    "title": "教务系统数据库升级到 14.9",
    "steps": "停止教务应用服务\n创建数据库快照\n执行升级脚本\n启动应用服务",
    "way_back": "任一步失败：停止服务，还原快照，启动服务；最迟在时间窗结束前 40 分钟决定。",
    "rehearsal": "在测试机上完整执行两遍，耗时 38 分钟，核对清单通过。",
    "backup": "当日 12:00 全量备份在备份服务器 B2，已在测试机试还原。",
    "duration_minutes": 45,
    "locks": "教务系统停用约 40 分钟，全部业务表锁定。",
    "tests_before": "主备同步正常\n剩余空间大于 200 GB",
    "tests_after": "登录\n选课查询\n成绩录入\n报表打印",
}  # fmt: skip


def prepare(*, visit, staff, at, signed):
    """The form of a visit: raised and put before the technical manager; when `signed`, approved by both sides."""
    contact = visit.order.contact
    window = {"window_from": visit.planned_start, "window_to": visit.planned_start + 4 * HOUR}
    change = ChangeApproval(visit=visit, requested_name=contact.name, **FORM, **window)
    actions.save(change=change, by=staff["chen"], at=at)
    actions.ask(change=change, approver=staff["qian"], by=staff["chen"], at=at + 5 * MINUTE)
    if signed:
        approvals.approve(approval=Approval.objects.get(reference=change.number), reason="演练记录已看过", by=staff["qian"], at=at + 20 * MINUTE)
        change.refresh_from_db()
        facts = {"signer_name": contact.name, "signer_position": contact.position, "signed_at": at + 30 * MINUTE}
        actions.customer_signed(change=change, copy=_form(), by=staff["chen"], at=at + 35 * MINUTE, **facts)


def entries(visit, at, iso):
    """[(kind, payload, moment), …] of the change as the engineer notes it: begun, each step, ended."""
    steps = visit.change_approval.step_list
    rows = [("change_start", {"at": iso(at)}, at)]
    for place, _text in enumerate(steps, 1):
        moment = at + place * MINUTE
        rows.append(("change_step", {"runbook_step": place, "at": iso(moment), "result": "done"}, moment))
    ended = at + (len(steps) + 1) * MINUTE
    return [*rows, ("change_end", {"outcome": "passed", "at": iso(ended)}, ended)]


def _form():
    """A signed form, as a telephone would show it: a sheet with lines and a stroke of the pen."""
    sheet = Image.new("RGB", (420, 594), "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(60, 500, 28):
        pen.line([(40, line), (380, line)], fill="black")
    pen.line([(240, 545), (270, 520), (290, 552), (330, 515), (360, 540)], fill="navy", width=3)
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return SimpleUploadedFile("signed-form.png", kept.getvalue())
