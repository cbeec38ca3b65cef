"""Ways to look at pages: as text, as pictures, as a fax machine sees them."""

import io
import subprocess

import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfReader

from conduct.files.pictures import encode_again
from visits.papers.paper_input import PaperInput

STATEMENT = {
    "format": "fieldservice.statement.1", "language": "zh-hans", "wording_edition": "1", "conduct_edition": "2026.1",
    "number": "VR-2026-000123", "visit": "V-2026-000456", "version": 1, "previous_sha256": None, "nonce": "ab" * 16,
    "company": {"name": "远景信息", "hotline": "400-820-5566", "fax": "025-20002002", "mailbox": "hq@example.com"},
    "customer": {"number": "C-0007", "name": "南京市第一中学"},
    "site": {"number": "S-0012", "name": "本部机房", "address": "中山南路301号", "time_zone": "Asia/Shanghai"},
    "contact": {"name": "李喆", "telephone": "025-84421234"}, "identity": {"name": "王工", "capacity": "现场工程师"},
    "order": {"number": "WO-2026-000088", "reported_fault": "交换机丢包", "stated_cause": "电源老化"},
    "equipment": [{"number": "EQ-000031", "name": "核心交换机", "model": "S7706", "serial": "2102351234"}],
    "planned": {"start": "2026-11-24T09:00+08:00", "end": "2026-11-24T12:00+08:00"},
    "arrived_at": "2026-11-24T08:55+08:00", "departed_at": "2026-11-24T11:40+08:00",
    "pauses": [{"from": "2026-11-24T10:00+08:00", "to": "2026-11-24T10:15+08:00", "reason": "等待授权"}],
    "scope": [{"position": 1, "text": "更换电源模块", "result": "done", "cause": "电容鼓包", "action": "镕堃已更换并验证",
               "prevention": "加装监控", "confirmed": None}],
    "parts": [{"name": "电源模块", "old_serial": "PW-8812", "new_serial": "PW-9921", "quantity": 2, "stock_left": 3}],
    "requests": [{"text": "检查楼层交换机"}], "promises": [{"text": "提供升级方案", "due": "2026-12-01"}],
    "open_points": [{"text": "固件待激活"}], "notes": [], "photos": [],
    "checklist": [{"code": "room.shoes", "text": "已换鞋", "answer": "no", "note": "无鞋套"}],
}  # fmt: skip
STROKES = {"width": 600, "height": 220, "strokes": [[[40 + n * 6, 100 + n % 9 * 7, n * 12, 500] for n in range(70)]]}


def paper(**facts):
    usual = {
        "kind": "signed", "sha256": "3f" * 32, "verify_url": "https://service.example.com/verify/ABCDEFGHJKLMNPQRSTUVWXYZ23/",
        "signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5,
        "strokes": STROKES, "consent": "本人确认。", "signed_at": "2026-11-24T11:42+08:00", "received_at": "2026-11-24T11:43+08:00",
    }  # fmt: skip
    return PaperInput(**{"statement": STATEMENT, **usual, **facts})


def pages_of(pdf):
    return len(PdfReader(io.BytesIO(pdf)).pages)


def large_stamp(*, transparent):
    """A stamp as a telephone sees it, kept as uploads are: two megapixels of red on uneven paper."""
    noise = Image.effect_noise((1600, 1250), 30).convert("RGB")
    ImageDraw.Draw(noise).ellipse((200, 60, 1400, 1190), outline=(200, 20, 20), width=40)
    if transparent:
        noise.putalpha(Image.radial_gradient("L").resize(noise.size))
    out = io.BytesIO()
    noise.save(out, "PNG")
    return encode_again(out.getvalue())[0]


def text_of(pdf):
    """The text of every page, without white space."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return "".join(found.split())


def codes_in(picture):
    from pyzbar.pyzbar import decode

    return {code.data.decode() for code in decode(picture)}


def picture_of_sheet(number):
    """A photograph of a printed sheet: its QR code on a large white page."""
    out = io.BytesIO()
    segno.make(f"https://service.example.com/verify/?number={number}").save(out, kind="png", scale=6, border=4)
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste(Image.open(out).convert("RGB").rotate(4, expand=True, fillcolor="white"), (700, 90))
    photo = io.BytesIO()
    page.save(photo, "JPEG", quality=70)
    return SimpleUploadedFile("sheet.jpg", photo.getvalue(), "image/jpeg")
