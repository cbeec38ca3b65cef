"""What the caller asks, made from the record: the figures that the customer is asked to confirm stand in the question. Pure."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .discrepancies import Discrepancy


def opening(*, company, identity, day):
    """How the call begins. Only the agreed identity is named."""
    facts = {"company": company, "identity": identity, "day": day}
    return (
        _(
            "Good day, this is %(company)s. Our %(identity)s was with you on %(day)s; may I ask you a few questions about the visit?"
        )
        % facts
    )


def questions(*, identity, arrived_at, departed_at, scope, signer, signed_at, hotline, zone):
    """{field: question} in the active language, in the order in which they are asked.

    `scope` is [(text, result in words), …] as it was signed; `signer` "" when nobody signed. Times are aware, shown in `zone`.
    """
    asked = {
        "told_arrived_at": _asked_time(_("When did %(identity)s arrive? The record says %(time)s."), identity, arrived_at, zone),
        "told_departed_at": _asked_time(_("When did %(identity)s leave? The record says %(time)s."), identity, departed_at, zone),
    }
    if scope:
        lines = _("; ").join(f"{text} ({result})" if result else text for text, result in scope)
        asked["content_as_agreed"] = _("The record lists: %(lines)s. Was it done like that?") % {"lines": lines}
        asked["did_more"] = _("Was anything done that I did not name?")
    asked["solved"] = _("Is the problem solved?")
    if signer:
        facts = {"signer": signer, "time": _shown(signed_at, zone)}
        asked["signed_personally"] = (
            _("The record bears the signature of %(signer)s, %(time)s. Was it signed by this person’s own hand?") % facts
        )
    asked["contact_left"] = _(
        "Were you given a private number, WeChat or QQ? For anything later please call %(hotline)s, the online engineer helps you."
    ) % {"hotline": hotline}
    return asked


def finding(code, told=None, entered=None, *, zone):
    """What differs, with both figures where there are two, in the active language."""
    said = str(Discrepancy(code).label)
    if not (told and entered):
        return said
    facts = {"what": said, "told": _shown(told, zone), "entered": _shown(entered, zone)}
    return _("%(what)s: %(told)s as the customer says, %(entered)s as the record says") % facts


def _asked_time(question, identity, moment, zone):
    return question % {"identity": identity, "time": _shown(moment, zone)}


def _shown(moment, zone):
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if moment else "–"
