"""The columns of a spreadsheet of orders and what their cells say. Pure: texts in, values or a problem in words out."""

import datetime
import hashlib
import json
import re
import unicodedata

from django.utils.translation import gettext as _

NEEDED = ("scope",)
# Headings that are understood, whatever the case: the code, Chinese, English.
HEADINGS = {
    "reference": ("客户单号", "外部单号", "参考号", "reference", "external number", "customer's own number"),
    "site": ("现场编号", "site number", "site no"),
    "customer": ("客户", "客户名称", "customer"),
    "site_name": ("现场", "现场名称", "site name"),
    "contact": ("联系人", "contact"),
    "equipment": ("设备编号", "设备", "equipment"),
    "reported_fault": ("报修故障", "故障描述", "reported fault", "fault"),
    "symptom": ("故障现象", "symptom"),
    "scope": ("服务内容", "what is to be done", "scope of work"),
    "traits": ("特征", "traits"),
    "wanted_from": ("期望起始", "wanted from"),
    "wanted_to": ("期望截止", "wanted until"),
    "priority": ("优先级", "priority"),
    "duration_minutes": ("预计时长（分钟）", "预计时长", "duration in minutes", "duration"),
    "skills": ("所需技能", "技能", "skills needed", "skills"),
    "certified": ("所需证书", "certificates needed", "certificates"),
    "change_from": ("变更窗口起始", "change window from"),
    "change_to": ("变更窗口截止", "change window until"),
}
SEPARATOR = re.compile(r"[,，;；、\n]")
LINES = re.compile(r"[;；\n]")
MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?)?")


class Wrong(Exception):
    """The cell cannot be taken as it is; the message says why."""


def plain(text):
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


NAMES = {plain(name): code for code, names in HEADINGS.items() for name in (code, code.replace("_", " "), *names)}


def read_headings(row):
    """({code: place}, [headings that nobody knows], [codes that are missing]); a heading that comes twice counts once."""
    known, strange = {}, []
    for place, text in enumerate(row):
        code = NAMES.get(plain(text))
        if code and code not in known:
            known[code] = place
        elif text:
            strange.append(text)
    missing = [code for code in NEEDED if code not in known]
    if "site" not in known and "customer" not in known:
        missing.append("customer")
    return known, strange, missing


def several(text):
    """ "a, b；c" as ["a", "b", "c"], each once."""
    return list(dict.fromkeys(part for part in (part.strip() for part in SEPARATOR.split(text)) if part))


def lines(text):
    """Items of a scope: one a line, or separated by semicolons."""
    found = [" ".join(part.split()) for part in LINES.split(text)]
    found = [part for part in found if part]
    if not found:
        raise Wrong(_("what is to be done is missing"))
    if any(len(part) > 300 for part in found):
        raise Wrong(_("an item has at most 300 characters"))
    if len(found) > 30:
        raise Wrong(_("at most 30 items fit one order"))
    return found


def one_of(text, words, default=""):
    """The code that `text` means: `words` is {code: its names}."""
    if not text:
        return default
    for code, names in words.items():
        if plain(text) in {plain(str(name)) for name in (code, *names)}:
            return code
    raise Wrong(_("“%(text)s” is none of: %(words)s") % {"text": text[:40], "words": ", ".join(str(names[0]) for names in words.values())})


def minutes(text):
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 15 <= int(text) <= 30 * 24 * 60):
        raise Wrong(_("“%(text)s” is no number of minutes from 15 to 43200") % {"text": text[:20]})
    return int(text)


def moment(text, zone, *, last=False):
    """A wall-clock time in `zone`; a day alone is its first minute, or with `last` its last one."""
    if not text:
        return None
    match = MOMENT.fullmatch(text)
    try:
        year, month, day = (int(match[place]) for place in (1, 2, 3))
        if match[4]:
            return datetime.datetime(year, month, day, int(match[4]), int(match[5]), tzinfo=zone)
        return datetime.datetime(year, month, day, *((23, 59) if last else (0, 0)), tzinfo=zone)
    except (TypeError, ValueError) as error:
        raise Wrong(_("“%(text)s” is no time such as 2026-12-01 09:00") % {"text": text[:30]}) from error


def key_of(reference, customer, facts):
    """What a row means, as a hash: the customer's own number where it has one, else everything it says."""
    said = ["reference", customer, reference] if reference else ["row", facts]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
