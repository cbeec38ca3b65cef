"""Finds telephone numbers, WeChat and QQ numbers and e-mail addresses in what somebody typed. Pure.

Rules come from the conduct of engineers on site (I4): nobody leaves private contact details with a customer. Numbers are
found however they are split or spelled; serial numbers, addresses of machines, dates and our own order numbers are not.
The laptop's twin is static/js/rules/contacts.js.
"""

import re
from dataclasses import dataclass

from .digits import read
from .patterns import NOT_CONTACTS, PATTERNS

TELEPHONE, WECHAT, QQ, EMAIL = "telephone", "wechat", "qq", "email"
IS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in PATTERNS.items()}
NOTHING = [re.compile(pattern, re.IGNORECASE) for pattern in NOT_CONTACTS]
NOT_DIGITS = re.compile("[^0-9]")
# How far before a number the word stands that says whose it is.
BEFORE = 14


@dataclass(frozen=True)
class Finding:
    """`start` and `end` in the text that was searched; `normal` is the number or address as `normal()` writes it."""

    kind: str
    start: int
    end: int
    normal: str


def normal(value):
    """One way to write a number or an address, to compare by: digits without the country's 86, or lower case."""
    plain = read(value).text
    if "@" in plain:
        return re.sub(r"\s", "", plain).lower()
    digits = NOT_DIGITS.sub("", plain)
    letters = re.findall("[a-z]", plain, re.IGNORECASE)
    return _national(digits) if len(digits) >= 5 and len(letters) <= 2 else plain.strip().lower()


def find(text, allowed=()):
    """The Findings in a text, in their order, without those that are allowed.

    `allowed` holds numbers and addresses in any writing: the company's own, those it gave to a project, the customer's.
    """
    reading = read(text)
    known = {normal(value) for value in allowed if value}
    masked = _mask(reading.text)
    found = []
    for kind, start, end, value in [*_emails(masked), *_wechat(masked), *_qq(masked), *_telephones(masked)]:
        if not any(start < other.end and end > other.start for other in found):
            found.append(Finding(kind, start, end, value))
    strange = [Finding(row.kind, *reading.span(row.start, row.end), row.normal) for row in found if not _is_known(row, known)]
    return sorted(strange, key=lambda row: row.start)


def _is_known(finding, known):
    """An extension of a known number is known, too."""
    if finding.kind == TELEPHONE:
        return any(finding.normal.startswith(number) for number in known if number.isdigit() and len(number) >= 7)
    return finding.normal in known


def _mask(text):
    """The text with addresses of machines, dates and the like blotted out, place for place."""
    for pattern in NOTHING:
        text = pattern.sub(lambda part: "\ufffc" * len(part[0]), text)
    return text


def _telephones(text):
    for run in IS["run"].finditer(text):
        before = text[max(run.start() - BEFORE, 0) : run.start()]
        if IS["thing"].search(before) or _counts_up(run[0]):
            continue
        number = _telephone(NOT_DIGITS.sub("", run[0]), "+" in run[0][:3], IS["called"].search(before))
        if number:
            yield TELEPHONE, run.start(), run.end(), number


def _telephone(digits, plus, called):
    """The national number within a run of digits, or None."""
    national = _national(digits)
    if IS["mobile"].search(national) or IS["service"].search(national):
        return national
    if IS["landline"].search(national) and len(national) <= 17:
        return national
    if plus and digits.startswith("86") and IS["landline"].search("0" + national):
        return "0" + national
    if plus and 8 <= len(digits) <= 15:
        return digits
    if called and len(digits) in (7, 8) and digits[0] not in "01":
        return digits
    two_of_them = IS["mobile"].search(national[:11]) and IS["mobile"].search(national[11:])
    return national if two_of_them else None


def _national(digits):
    digits = IS["country"].sub("", digits)
    return "0" + digits if IS["area_without_zero"].search(digits) else digits


def _counts_up(run):
    """ "1, 2, 3 … 11" or "1-3, 5-8, 11-24" counts something."""
    parts = [int(part) for part in re.findall("[0-9]+", run)]
    return len(parts) > 3 and max(parts) < 100 and parts == sorted(set(parts))


def _wechat(text):
    for match in IS["wechat"].finditer(text):
        around = text[max(match.start() - 2, 0) : match.start(1)]
        name = match[1].lower()
        if IS["machine"].search(around) or IS["plain_word"].search(name) or IS["machine"].match(name):
            continue
        yield WECHAT, match.start(), match.end(), _national(NOT_DIGITS.sub("", name)) if name[0].isdigit() else name


def _qq(text):
    for match in IS["qq"].finditer(text):
        yield QQ, match.start(), match.end(), NOT_DIGITS.sub("", match[1])


def _emails(text):
    for match in IS["email"].finditer(text):
        yield EMAIL, match.start(), match.end(), f"{match[1]}@{IS['dot'].sub('.', match[2])}".lower()
