"""Finds telephone numbers, WeChat and QQ numbers and e-mail addresses in what somebody typed. Pure.

Rules come from the conduct of engineers on site (I4): nobody leaves private contact details with a customer. Numbers are
found however they are split or spelled; serial numbers, addresses of machines, dates and our own order numbers are not.
"""

import re
from dataclasses import dataclass

from .digits import read

TELEPHONE, WECHAT, QQ, EMAIL = "telephone", "wechat", "qq", "email"


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
    digits = re.sub(r"\D", "", plain)
    return _national(digits) if len(digits) >= 5 and len(digits) >= len(re.sub(r"\W", "", plain)) - 2 else plain.strip().lower()


def find(text, allowed=()):
    """The Findings in a text, in their order, without those that are allowed.

    `allowed` holds numbers and addresses in any writing: the company's own, those it gave to a project, the customer's.
    """
    reading = read(text)
    known = {normal(value) for value in allowed if value}
    masked = _mask(reading.text)
    found = []
    for kind, start, end, value in [*_emails(masked), *_wechat(masked), *_qq(masked), *_telephones(masked)]:
        taken = any(start < other.end and end > other.start for other in found)
        if not taken:
            found.append(Finding(kind, start, end, value))
    places = [Finding(row.kind, *reading.span(row.start, row.end), row.normal) for row in found if not _is_known(row, known)]
    return sorted(places, key=lambda row: row.start)


def _is_known(finding, known):
    """An extension of a known number is known, too."""
    if finding.kind == TELEPHONE:
        return any(finding.normal.startswith(number) for number in known if number.isdigit() and len(number) >= 7)
    return finding.normal in known


# ---- what is no contact, although it looks like one
OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
NOT_CONTACTS = [
    re.compile(rf"(?<![\d.]){OCTET}(?:\.{OCTET}){{3}}(?:/\d+|:\d+)?(?![\d.])"),
    re.compile(r"(?i)\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b"),
    re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?!\d)"),
    re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"),
    re.compile(r"(?<![A-Za-z\d])[A-Z]{1,4}-\d{4}-\d{6}(?!\d)"),
    re.compile(r"(?i)\bISBN[\s:]*[\d-]+"),
    re.compile(r"(?<![\d.-])(?!1[3-9]\d\.\d{8}(?!\d))\d+\.\d+(?![\d.-])(?!\s*[-. ]\s*\d)"),
    re.compile(r"(?i)\b0x[0-9a-f]+\b"),
]
# A number that one of these names is a thing's, not a person's.
THING = re.compile(
    r"(?i)(?:序列号|条码|编号|编码|料号|订单号?|单号|学号|考号|准考证号?|卡号|许可|证号|资产|批次|时间戳|账号|工号|版本|端口|进程|事件|计数|收包|"
    r"serial(?:\s+no\.?)?|(?<![a-z])(?:s/?n|po|id|no\.)|licen[cs]e|part|batch|barcode|asset|ticket)"
    r"[\s:#为是]*[A-Za-z]{0,3}-?$"
)


def _mask(text):
    """The text with addresses of machines, dates and the like blotted out, place for place."""
    for pattern in NOT_CONTACTS:
        text = pattern.sub(lambda part: "\ufffc" * len(part[0]), text)
    return text


# ---- telephone numbers
GAP = r"[\s.\-_/·、,;…—–*()]{0,3}"
RUN = re.compile(rf"(?<![A-Za-z\d\ufffc])\+?\(?\+?\d(?:{GAP}\d){{6,24}}(?!\d|(?!ext)[A-Za-z])")
ORDINARY = re.compile(r"1[3-9]\d{9}")
AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}")
CALLED = re.compile(
    r"(?i)(?:电话|座机|直线|手机|传真|热线|拨打?|联系|打|call|ring|phone|tel|fax|line|mobile|cell)[^\d\n。；;]{0,8}$"
)


def _telephones(text):
    for run in RUN.finditer(text):
        if THING.search(text[max(run.start() - 14, 0) : run.start()]) or _counts_up(run[0]):
            continue
        plus = "+" in run[0][:3]
        digits = re.sub(r"\D", "", run[0])
        number = _telephone(digits, plus, CALLED.search(text[max(run.start() - 14, 0) : run.start()]))
        if number:
            yield TELEPHONE, run.start(), run.end(), number


def _telephone(digits, plus, called):
    """The national number within a run of digits, or None."""
    national = _national(digits)
    if ORDINARY.fullmatch(national) or SERVICE.fullmatch(national):
        return national
    if AREA.match(national) and len(national) <= 17:
        return national
    if plus and digits.startswith("86") and AREA.match("0" + national):
        return "0" + national
    if plus and 8 <= len(digits) <= 15:
        return digits
    if called and len(digits) in (7, 8) and digits[0] not in "01":
        return digits
    two = ORDINARY.match(national)
    return national if two and ORDINARY.fullmatch(national[11:]) else None


def _national(digits):
    digits = re.sub(r"^(?:0086|86)(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)", "", digits)
    return "0" + digits if re.fullmatch(r"(?:10|2\d)[2-9]\d{7}", digits) else digits


def _counts_up(run):
    """ "1, 2, 3 … 11" or "1-3, 5-8, 11-24" counts something."""
    parts = [int(part) for part in re.findall(r"\d+", run)]
    short = [part for part in parts if part < 100]
    return len(parts) > 3 and len(short) == len(parts) and parts == sorted(set(parts))


# ---- WeChat, QQ
WORD_OF_WECHAT = r"(?:微信|薇信|威信|维信|v\s?信|weixin|we\s?chat|(?<![a-z\d])(?:vx|wx)(?![a-z])|加\s*v(?![a-z]))"
WECHAT_ID = re.compile(
    rf"(?i){WORD_OF_WECHAT}\s*(?:号|id|账号)?\s*(?:是|为|[:=(（]|\s)*\s*"
    r"([a-z][a-z\d_-]{5,19}|\d(?:[\s-]?\d){4,12})(?![a-z\d_-])"
)
OF_A_MACHINE = re.compile(r"(?i)(?:支付|公众|小程序|服务|接口|回调|appid|企业|work|sync)")
QQ_NUMBER = re.compile(
    r"(?i)(?:(?<![a-z])q\s?q|扣扣|球球|企鹅|(?<![a-z])q\s*号)\s*(?:号|号码|账号)?\s*(?:是|为|[:=(（]|\s)*\s*(\d(?:[\s-]?\d){4,11})(?!\d)"
)


def _wechat(text):
    for match in WECHAT_ID.finditer(text):
        around = text[max(match.start() - 2, 0) : match.start()] + text[match.start() : match.start(1)]
        name = match[1].lower()
        if not OF_A_MACHINE.search(around) and name not in PLAIN_WORDS and not OF_A_MACHINE.match(name):
            digits = re.sub(r"\D", "", name)
            yield WECHAT, match.start(), match.end(), _national(digits) if name[0].isdigit() else name


PLAIN_WORDS = {"number", "account", "contact", "please", "mobile", "callback", "server", "service", "client", "gateway", "message"}


def _qq(text):
    for match in QQ_NUMBER.finditer(text):
        yield QQ, match.start(), match.end(), re.sub(r"\D", "", match[1])


# ---- e-mail
AT = r"\s*(?:@|艾特|[(\[（]\s*at\s*[)\]）]|\sat\s)\s*"
DOT = r"(?:\.|\s*点\s*|\s+dot\s+|[(\[]\s*dot\s*[)\]])"
TOP = r"(?:com|cn|net|org|me|io|edu|gov|info|biz|cc|tv|co|vip|top|xyz|example|[a-z]{2})"
ADDRESS = re.compile(rf"(?i)([a-z\d][a-z\d._%+-]{{1,40}}){AT}((?:[a-z\d-]+{DOT}){{1,3}}{TOP})(?![a-z\d-])")


def _emails(text):
    for match in ADDRESS.finditer(text):
        domain = re.sub(rf"(?i){DOT}", ".", match[2]).lower()
        yield EMAIL, match.start(), match.end(), f"{match[1].lower()}@{domain}"
