"""What the engineer found against what headquarters stated (rule I5): in front of the customer nobody contradicts it, so headquarters
hears of another finding first, as a technical question. Pure; the twin is static/js/rules/finding.js."""

import re

from conduct.base.sentences import sentence as _

BETWEEN = re.compile("[ \t\n\u3000,.;:，。；：、]+")


def against(payload, stated, has_answer):
    """{field: sentence} of a "result" payload. `stated` is the order's cause; `has_answer()` says whether headquarters answered a question."""
    if payload["result"] == "not_done" or not differs(payload["cause"], stated) or has_answer():
        return {}
    return {
        "cause": _("Headquarters stated another cause: “%(stated)s”. Ask it first, as a technical question; leave the cause empty until it has answered.")
        % {"stated": stated[:100]}
    }


def differs(found, stated):
    """Do both say something, and neither the same as the other, only more of it?"""
    one, other = _plain(found), _plain(stated)
    return bool(one and other) and one not in other and other not in one


def _plain(text):
    return BETWEEN.sub("", text).lower()
