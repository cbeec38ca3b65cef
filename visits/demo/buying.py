"""The demo's purchases: one of every state, with quotes that can be opened."""

import datetime
import io
import uuid
from decimal import Decimal

from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.people.models import Department
from conduct.purchases import actions as purchases
from conduct.purchases import receiving
from conduct.stock.models import Item, Place

from .store import signature

DAY = datetime.timedelta(days=1)
FONT = "vendor/paper-fonts/NotoSansSC_400Regular.ttf"

# asker, department, item, quantity, price, what for, planned, days ago, how far, quotes
WISHES = [
    ("zheng", "行政部", "投影灯泡", 6, "665.00", "报告厅与三间教室的投影灯泡到寿命", "", 36, "received",
     [("宏图办公", "3990.00"), ("苏宁易购", "4080.00"), ("京东企业购", "4150.00")]),
    ("wang", "技术部", "电源模块", 2, "1230.00", "核心交换机备用电源只剩两块", "", 16, "ordered",
     [("神州数码", "2460.00"), ("伟仕佳杰", "2580.00")]),
    ("liu", "技术部", "机架式服务器", 1, "36800.00", "实训楼虚拟化平台扩容",
     "用途：实训楼 120 个桌面。比较：扩容现有服务器、租用云主机、购置一台。结论：购置，三年总费用最低。", 4, "asked",
     [("神州数码", "36800.00"), ("浪潮直营", "37900.00"), ("联想政企", "39500.00")]),
    ("zheng", "行政部", "硒鼓", 6, "515.00", "教务处打印机硒鼓低于最低库存", "", 1, "draft", [("宏图办公", "3090.00")]),
    ("xu", "技术部", "折叠手机支架", 20, "45.00", "录课用", "", 24, "refused", [("京东企业购", "900.00"), ("宏图办公", "980.00")]),
]  # fmt: skip


def make_purchases(*, staff, today, zone):
    shelf = Place.objects.order_by("number").first()
    for asker, department, name, quantity, price, reason, proposal, ago, fate, quotes in WISHES:
        at = datetime.datetime.combine(today - ago * DAY, datetime.time(14, 10), zone)
        item = Item.objects.filter(name=name).first()
        line = {"name": name, "item": item, "quantity": quantity, "unit": item.unit if item else "台", "price": Decimal(price)}
        purchase = purchases.draft(
            department=Department.objects.get(name=department), lines=[line | {"kind": item.kind if item else "equipment"}],
            reason=reason, planned=bool(proposal), proposal=proposal, by=staff[asker], at=at,
        )  # fmt: skip
        carry_on(purchase, staff=staff, quotes=quotes, fate=fate, shelf=shelf, today=today, at=at)


def carry_on(purchase, *, staff, quotes, fate, shelf, today, at):
    """Bring a draft as far as `fate` says: quotes, the head's word, the order, what arrives."""
    by, line = purchase.asked_by, purchase.lines.get()
    for supplier, amount in quotes:
        file = _offer(supplier, line.name, line.quantity, amount, at)
        purchases.add_quote(purchase=purchase, supplier=supplier, amount=Decimal(amount), file=file, by=by, at=at)
    if fate != "draft":
        _decide(purchase, staff, fate, at)
    if fate in ("ordered", "received"):
        _order(purchase, staff["zheng"], shelf, fate, quotes[0][0], today, at)


def _decide(purchase, staff, fate, at):
    asker = purchase.asked_by
    purchases.choose(quote=purchase.quotes.order_by("amount").first(), by=asker, at=at)
    purchases.ask(purchase=purchase, by=asker, at=at)
    if fate == "asked":
        return
    approval = approvals_about(origin="purchase", reference=purchase.number).last()
    moment = at + datetime.timedelta(hours=20)
    if fate == "refused":
        approvals.refuse(approval=approval, reason="录课室已有三脚架，先调剂使用", by=approval.asked_of, at=moment)
    else:
        approvals.approve(approval=approval, reason="同意，尽快到货", by=approval.asked_of, at=moment)
    purchase.refresh_from_db()


def _order(purchase, keeper, shelf, fate, supplier, today, at):
    """The one that has not arrived is two days late."""
    expected = today - 2 * DAY
    if fate == "received":
        expected = (at + 6 * DAY).date()
    reference = f"SO{purchase.number[-6:]}"
    purchases.order(purchase=purchase, order_reference=reference, expected_on=expected, by=keeper, at=at + DAY)
    if fate == "received":
        line = purchase.lines.get()
        receiving.receive(
            purchase=purchase, arrived={line: (line.quantity, line.price)}, put_to=shelf, giver_name=supplier,
            slip_id=uuid.uuid5(uuid.NAMESPACE_URL, purchase.number), taker_name=keeper.name, taker_strokes=signature(3),
            by=keeper, at=at + 5 * DAY,
        )  # fmt: skip


def _offer(supplier, name, quantity, amount, at):
    """A supplier's offer as a picture."""
    page = Image.new("RGB", (720, 420), "white")
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(finders.find(FONT), 26)
    rows = [f"报价单    {at:%Y-%m-%d}", supplier, "", f"{name} × {quantity}", f"含税总价 ¥{amount}", "", "报价有效期 30 天"]
    for place, row in enumerate(rows):
        draw.text((48, 40 + 48 * place), row, fill="black", font=font)
    draw.rectangle((20, 20, 699, 399), outline="black")
    out = io.BytesIO()
    page.save(out, "PNG")
    return SimpleUploadedFile(f"{supplier}.png", out.getvalue(), "image/png")
