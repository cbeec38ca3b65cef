"""A paper in each language that has a bit of everything, for warming the renderer up. It belongs to nobody and is never kept."""

import io

from PIL import Image

from .paper_input import PaperInput

MOMENT = "2026-01-01T08:00+08:00"
STATEMENT = {
    "format": "fieldservice.statement.1", "wording_edition": "1", "conduct_edition": "1", "number": "VR-0000-000000",
    "visit": "V-0000-000000", "version": 2, "previous_sha256": "00" * 32, "nonce": "00" * 16,
    "company": {"name": "样张 Specimen", "hotline": "0", "fax": "0", "mailbox": ""},
    "customer": {"number": "", "name": "客户 Customer"},
    "site": {"number": "", "name": "现场 Site", "address": "地址 Address", "time_zone": "Asia/Shanghai"},
    "contact": {"name": "联系人", "telephone": "0"}, "identity": {"name": "工程师", "capacity": "身份"},
    "order": {"number": "WO-0000-000000", "reported_fault": "报修现象", "stated_cause": "原因"},
    "equipment": [{"number": "EQ-000000", "name": "设备", "model": "M", "serial": "0"}],
    "planned": {"start": MOMENT, "end": MOMENT}, "arrived_at": MOMENT, "departed_at": MOMENT,
    "pauses": [{"from": MOMENT, "to": MOMENT, "reason": "等待"}],
    "scope": [{"position": 1, "text": "服务内容", "result": "done", "cause": "原因", "action": "处理", "prevention": "预防",
               "confirmed": {"name": "经理", "at": MOMENT, "how": "电话"}}],
    "parts": [{"name": "备件", "old_serial": "0", "new_serial": "1", "quantity": 1, "stock_left": 0}] * 30,
    "requests": [{"text": "要求"}, {"text": "要求"}], "promises": [{"text": "承诺", "due": "2026-01-01"}],
    "open_points": [{"text": "遗留"}], "notes": [{"text": "说明"}], "photos": [{"caption": "照片"}],
    "checklist": [{"code": "specimen", "text": "条款", "answer": "no", "note": "说明"}],
}  # fmt: skip
STROKES = {"width": 600, "height": 220, "strokes": [[[40 + n * 8, 100 + n % 7 * 9, n * 16, 500] for n in range(60)]]}


def specimens():
    """One PaperInput a language."""
    return [
        PaperInput(
            statement=STATEMENT | {"language": language}, sha256="00" * 32, kind="signed", verify_url="https://localhost/verify/0/",
            signer_name="签字人 Signer", signer_position="职务", signer_telephone="0", satisfaction=5, comment="意见", strokes=STROKES,
            stamp=_picture(), logo=_picture(), consent="确认。 Confirmed.", signed_at=MOMENT, received_at=MOMENT,
            changes=[{"field": "notes.1.text", "before": "", "after": "说明"}],
        )
        for language in ("zh-hans", "en")
    ]  # fmt: skip


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "PNG")
    return out.getvalue()
