"""Documents of headquarters in the demo: handed to engineers of coming visits, opened by some, one withdrawn, those of old visits taken back."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.base.printing import print_apart
from visits.documents import actions
from visits.schedule.models import Visit

HOUR = datetime.timedelta(hours=1)
GUIDES = [
    ("交换机固件升级步骤（内部）", ["备份当前配置并核对校验值", "确认引导程序版本不低于 8.2", "先升级备用主控，再切换", "切换后观察十分钟日志"]),
    ("机房接线规范（内部）", ["强弱电分槽，转弯半径不小于六倍线径", "光纤两端贴同一编号", "完工拍照并附在记录中"]),
]
PAGE = "<html lang='zh'><body><h1>{}</h1><ol>{}</ol><p>远景信息技术有限公司 技术部 · 仅供承办工程师本人使用</p></body></html>"


def hand_out(*, staff, at):
    """At the expense of visits that are confirmed or under way; nothing happens where there is none."""
    related = ("engineer__staff", "order__site", "order__customer")
    coming = Visit.objects.filter(state__in=["confirmed", "on_site", "finished"]).select_related(*related)
    files = [(title, _guide(title, steps)) for title, steps in GUIDES]
    handed = []
    for place, visit in enumerate(coming.order_by("planned_start", "number")[:6]):
        title, data = files[place % 2]
        upload = SimpleUploadedFile(f"{title}.pdf", data, "application/pdf")
        by = staff["wu"] if place % 2 else staff["qian"]
        handed.append(actions.hand_out(visit=visit, title=title, file=upload, by=by, at=at - 20 * HOUR))
    for place, document in enumerate(handed[:4]):
        for time in range(1 + place % 3):
            actions.open_marked(document=document, by=document.engineer.staff, at=at - (18 - 4 * time) * HOUR)
    for document in handed[5:]:
        actions.withdraw(document=document, reason="固件版本有更新，改发新版步骤", by=staff["wu"], at=at - 2 * HOUR)


def _guide(title, steps):
    return print_apart(PAGE.format(title, "".join(f"<li>{step}</li>" for step in steps)), "css/paper.css")
