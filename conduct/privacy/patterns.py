"""What contact details look like. The one source of both readers: detect.py here, and its twin on the laptop, which gets it as JSON.

Regular expressions that Python and JavaScript read alike; all of them ignore case. No \\b and no \\w, which differ where
Chinese stands beside Latin letters.
"""

DIGITS = {
    **dict.fromkeys("零〇○", "0"), **dict.fromkeys("一壹幺", "1"), **dict.fromkeys("二贰两", "2"), **dict.fromkeys("三叁", "3"),
    **dict.fromkeys("四肆", "4"), **dict.fromkeys("五伍", "5"), **dict.fromkeys("六陆", "6"), **dict.fromkeys("七柒", "7"),
    **dict.fromkeys("八捌", "8"), **dict.fromkeys("九玖", "9"),
}  # fmt: skip
ENGLISH = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip
# Fewer numerals in a row than this are a quantity ("三、四层"), not a number that somebody dictates.
DICTATED = 5

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_GAP = r"[\s.\-_/·、,;…—–*()]{0,3}"
_WECHAT = (
    r"(?:微信|薇信|威信|维信|v\s?信|weixin|we\s?chat|(?<![a-z0-9])(?:vx|wx)(?![a-z])|加\s*v(?![a-z])|"
    r"加\s*微(?!信)|微我|绿泡泡|(?<![a-z0-9])v\s*[❤♥]\ufe0f?|\+\s*v(?=[\s:]*[a-z][a-z_-]*[0-9]))"
)
_AT = r"\s*(?:@|艾特|[(\[]\s*at\s*[)\]]|\sat\s|#(?=\s*(?:qq|163|126|gmail|foxmail|outlook|hotmail|icloud|sina|yeah)[^a-z0-9]))\s*"
_TOP = r"(?:com|cn|net|org|me|io|edu|gov|info|biz|cc|tv|co|vip|top|xyz|example|[a-z]{2})"
_DOT = r"(?:\.|。(?=com|cn|net|org|edu)|\s*点\s*|\s+dot\s+|\s*[(\[]\s*dot\s*[)\]]\s*)"

PATTERNS = {
    "words": r"(?<![a-z0-9])(?:(?:double|triple)[\s-]+)?(?:" + "|".join(ENGLISH) + r")(?![a-z0-9])",
    "numerals": f"[{''.join(DIGITS)}]+",
    # A number of one of these stands after such a word: a thing's, not a person's.
    "thing": (
        r"(?:序列号|条码|编号|编码|料号|订单号?|单号|学号|考号|准考证号?|卡号|许可|证号|资产|批次|时间戳|账号|工号|版本|端口|进程|事件|计数|收包|"
        r"serial(?:\s+no\.?)?|(?<![a-z])(?:s/?n|po|id|no\.)|licen[cs]e|part|batch|barcode|asset|ticket)[\s:#为是]*[a-z]{0,3}-?$"
    ),
    "run": rf"(?<![a-z0-9\ufffc])\+?\(?\+?[0-9](?:{_GAP}[0-9]){{6,24}}(?![0-9]|(?!ext)[a-z])",
    "mobile": r"^1[3-9][0-9]{9}$",
    "landline": r"^0(?:10|2[0-9]|[3-9][0-9][0-9])[2-9][0-9]{6,7}",
    "service": r"^[48]00[0-9]{7}$",
    "country": r"^(?:0086|86)(?=1[3-9][0-9]{9}$|0?[1-9][0-9]{8,10}$)",
    "area_without_zero": r"^(?:10|2[0-9])[2-9][0-9]{7}$",
    "called": r"(?:电话|座机|直线|手机|传真|热线|拨打?|联系|打|call|ring|phone|tel|fax|line|mobile|cell)[^0-9\n。;]{0,8}$",
    "wechat": (
        rf"{_WECHAT}\s*(?:号|id|账号)?\s*(?:是|为|[:=(]|\s)*\s*"
        r"([a-z][a-z0-9_-]{5,19}|[0-9](?:[\s-]?[0-9]){4,12})(?![a-z0-9_-])"
    ),
    "machine": r"(?:支付|公众|小程序|服务|接口|回调|appid|企业|work|sync)",
    "plain_word": r"^(?:number|account|contact|please|mobile|callback|server|service|client|gateway|message)",
    "qq": (
        r"(?:(?<![a-z])q\s?q|扣扣|球球|企鹅|(?<![a-z])q\s*号|加\s*q(?![a-z]))\s*(?:号|号码|账号)?\s*(?:是|为|[:=(]|\s)*\s*"
        r"([0-9](?:[\s-]?[0-9]){4,11})(?![0-9])"
    ),
    "email": rf"([a-z0-9][a-z0-9._%+-]{{1,40}}){_AT}((?:[a-z0-9-]+{_DOT}){{1,3}}{_TOP})(?![a-z0-9-])",
    "dot": _DOT,
}
# What is no contact, although it looks like one: addresses of machines, dates, times, our own numbers, measurements.
NOT_CONTACTS = [
    rf"(?<![0-9.]){_OCTET}(?:\.{_OCTET}){{3}}(?:/[0-9]+|:[0-9]+)?(?![0-9.])",
    r"(?<![a-z0-9])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![a-z0-9])",
    r"(?<![0-9])(?:19|20)[0-9][0-9]\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}日?(?![0-9])",
    r"(?<![0-9])[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9][0-9](?![0-9])",
    r"(?<![0-9])(?:19|20)[0-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])",
    r"(?<![0-9])[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![0-9])",
    r"(?<![a-z0-9])[a-z]{1,4}-[0-9]{4}-[0-9]{6}(?![0-9])",
    r"(?<![a-z0-9])isbn[\s:]*[0-9-]+",
    r"(?<![0-9.-])(?!1[3-9][0-9]\.[0-9]{8}(?![0-9]))[0-9]+\.[0-9]+(?![0-9.-])(?!\s*[-. ]\s*[0-9])",
    r"(?<![a-z0-9])0x[0-9a-f]+(?![a-z0-9])",
    r"(?<![^\s(:,])-[0-9]{1,3}\.[0-9]{1,2}(?![0-9.])",
]


def for_the_laptop():
    """Everything the twin needs, as plain data."""
    return {
        "digits": DIGITS, "english": ENGLISH, "dictated": DICTATED, "patterns": PATTERNS, "not_contacts": NOT_CONTACTS,
    }  # fmt: skip
