"""A conflict as a sentence for the person who plans; moments in the person's own zone."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "travel": gettext_lazy("too little time for the way"), "hours": gettext_lazy("over hours"), "far": gettext_lazy("far from home"),
    "weekend": gettext_lazy("third week-end in a row"), "skill": gettext_lazy("skill lacking"),
    "wanted": gettext_lazy("outside the customer's wish"), "declined": gettext_lazy("declined the day before"),
}  # fmt: skip


def words(conflict):
    facts = {name: _shown(value) for name, value in conflict.facts.items()}
    return SENTENCES[conflict.code](facts)


def _shown(value):
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if hasattr(value, "tzinfo") else value


def _leave(facts):
    return _("away: %(word)s, %(from)s to %(to)s") % facts


def _certificate(facts):
    if facts["until"] is None:
        return _("no certificate for %(skill)s") % facts
    return _("the certificate for %(skill)s ended on %(until)s") % facts


def _far(facts):
    if facts["minutes"] is None:
        return _("far from home: %(home)s to %(city)s, travel time unknown") % facts
    return _("far from home: %(home)s to %(city)s, %(minutes)s minutes") % facts


def _travel(facts):
    if facts["minutes"] is None:
        return _("travel time %(origin)s – %(destination)s unknown, little time beside %(visit)s") % facts
    return _("%(short)s minutes too short for %(origin)s – %(destination)s (%(minutes)s minutes) beside %(visit)s") % facts


def _wanted(facts):
    return _("outside the time that the customer wants (%(from)s to %(to)s)") % {name: facts[name] or "…" for name in facts}


SENTENCES = {
    "overlap": lambda facts: _("already booked then: %(visit)s, %(customer)s, %(from)s to %(to)s") % facts,
    "leave": _leave,
    "barred": lambda facts: _("gets no visits until %(day)s") % facts,
    "no_capacity": lambda facts: _("takes no visits: hours a day are set to 0"),
    "certificate": _certificate,
    "access_hours": lambda facts: _("outside the site's access hours"),
    "permit_from": lambda facts: _("the entry permit begins on %(moment)s") % facts,
    "permit_until": lambda facts: _("the entry permit ends before the visit does (%(moment)s)") % facts,
    "change_window": lambda facts: _("outside the change window, %(from)s to %(to)s") % facts,
    "freeze": lambda facts: _("the customer lets nobody work from %(from)s to %(to)s: %(why)s") % facts,
    "travel": _travel,
    "hours": lambda facts: _("%(over)s minutes over the %(capacity)s minutes of %(day)s") % facts,
    "far": _far,
    "weekend": lambda facts: _("third week-end with work in a row"),
    "skill": lambda facts: _("lacks the skill %(skill)s") % facts,
    "wanted": _wanted,
    "declined": lambda facts: _("declined this order at %(moment)s, less than 24 hours ago") % facts,
}
