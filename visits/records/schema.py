"""Is a payload well formed? Pure: the kinds' rules against what came in."""

import datetime
import re
import unicodedata
import uuid

from django.utils.translation import gettext as _

from conduct.base import strokes

from .kinds import KINDS

# U+0000 goes too: PostgreSQL keeps no text that holds one.
UNWANTED = re.compile("[\ud800-\udfff\x00]")
# What is trimmed, spelled out because Python's strip() and the browser's trim() differ. The laptop uses the same set.
EDGE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def clean(kind, payload):
    """(cleaned payload, {field: [sentence, …]}). Texts come out NFC with LF and trimmed, so that they hash alike everywhere."""
    if kind not in KINDS or not isinstance(payload, dict):
        return {}, {"kind": [_("This kind of entry is not known.")]}
    cleaned, errors = {}, {}
    for name in payload.keys() - KINDS[kind].keys():
        errors[name] = [_("This field is not known.")]
    for name, rule in KINDS[kind].items():
        try:
            cleaned[name] = _value(rule, payload.get(name))
        except ValueError as error:
            errors[name] = [str(error)]
    return cleaned, errors


def _value(rule, value):
    if isinstance(value, str):
        value = normal(value)
    if value in (None, ""):
        if rule.required:
            raise ValueError(_("This is needed."))
        return False if rule.type == "yes" else None if rule.type == "number" else ""
    return READERS[rule.type](rule, value)


def normal(text):
    """NFC, LF line ends, trimmed, no lone surrogates, no U+0000: how every text is stored and hashed."""
    text = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text).strip(EDGE)


def is_keepable(value):
    """Does a JSON value, in its texts and its names, hold nothing that no database keeps?"""
    if isinstance(value, str):
        return not UNWANTED.search(value)
    inside = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(map(is_keepable, inside))


def _text(rule, value):
    if not isinstance(value, str):
        raise ValueError(_("A text was expected."))
    if len(value) > rule.max:
        raise ValueError(_("At most %(max)d characters; this has %(length)d.") % {"max": rule.max, "length": len(value)})
    return value


def _time(rule, value):
    try:
        moment = datetime.datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.isoformat(timespec="minutes")
    except (ValueError, TypeError):
        raise ValueError(_("A date and a time were expected.")) from None


def _date(rule, value):
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except (ValueError, TypeError):
        raise ValueError(_("A date was expected.")) from None


def _number(rule, value):
    try:
        number = int(value)
    except (ValueError, TypeError):
        raise ValueError(_("A whole number was expected.")) from None
    if not 0 <= number <= rule.max:
        raise ValueError(_("A number from 0 to %(max)d was expected.") % {"max": rule.max})
    return number


def _choice(rule, value):
    if value not in [code for code, _label in rule.choices]:
        raise ValueError(_("Choose one of the list."))
    return value


def _yes(rule, value):
    return value in (True, "true", "on", "1", 1)


def _file(rule, value):
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise ValueError(_("The file was not received yet.")) from None


def _item(rule, value):
    try:
        return int(value)
    except (ValueError, TypeError):
        raise ValueError(_("Choose a scope item.")) from None


def _signature(rule, value):
    text = _text(rule, value)
    if not strokes.PACKED.fullmatch(text):
        raise ValueError(_("The signature did not arrive whole. Please sign again."))
    if strokes.way(text) < strokes.SHORTEST:
        raise ValueError(_("Please sign with your name; a dot is not enough."))
    return text


READERS = {
    "text": _text, "long": _text, "time": _time, "date": _date, "number": _number,
    "choice": _choice, "yes": _yes, "file": _file, "item": _item, "signature": _signature,
}  # fmt: skip
