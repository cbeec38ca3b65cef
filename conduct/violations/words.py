from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .frame import ALL, HALF

# What the software saw, by code; the placeholders are facts that the room hands over which saw it, times already written out.
SIGHTS = {
    "late": gettext_lazy("Planned for %(planned)s, arrived at %(arrived)s. Headquarters got no notice of the delay."),
    "late_told": gettext_lazy(
        "Planned for %(planned)s, arrived at %(arrived)s. Headquarters heard of the delay at %(told)s only, or of an earlier time: %(new_time)s."
    ),
    "missed": gettext_lazy("Planned for %(planned)s; headquarters noted that nobody came."),
    "skipped": gettext_lazy("At %(time)s the engineer went on before these questions of the checklist were answered: %(rules)s"),
    "contact": gettext_lazy(
        "In a text for the customer stood a private contact: %(found)s. It was stopped and did not reach the customer."
    ),
    "scope": gettext_lazy("A result was entered for scope item %(item)s, which is not part of this visit."),
    "left": gettext_lazy("Left the site at %(time)s in the middle of the visit (%(reason)s), without our superior's consent and without the customer's."),
    "left_ours": gettext_lazy("Left the site at %(time)s in the middle of the visit (%(reason)s), without our superior's consent."),
    "left_theirs": gettext_lazy("Left the site at %(time)s in the middle of the visit (%(reason)s), without the consent of the customer's supervisor."),
    "allowed": gettext_lazy(
        "A gate was passed as allowed by “%(name)s” (%(how)s, %(time)s: %(why)s). Nobody of that name may allow exceptions."
    ),
    "contact_left": gettext_lazy("The customer says that private contact details were left."),
    "not_signed": gettext_lazy("The customer says that the record was not signed by the person whose name it bears."),
    "did_more": gettext_lazy("The customer says that more was done than the record says."),
    "trip_lodging": gettext_lazy("Trip %(trip)s: away for %(nights)s nights without a lodging notice."),
    "trip_return": gettext_lazy("Trip %(trip)s: back on %(returned)s without the consent of line manager and executive: %(reason)s"),
    "trip_report": gettext_lazy("Trip %(trip)s: report and expenses were due on %(due)s and were not handed in."),
    "delivery": gettext_lazy("Signed at %(signed)s, received by headquarters only at %(received)s."),
}


def sight_words(sight, facts):
    return str(SIGHTS[sight]) % facts if sight else ""


def measures(ruling):
    """What a ruling does, in words: ["fee halved", "no visits until 2027-01-31"], or its bare name."""
    said = []
    if ruling.fee_cut:
        said.append(fee_words(ruling.fee_cut))
    if ruling.barred_until:
        said.append(_("no visits until %(day)s") % {"day": ruling.barred_until.isoformat()})
    return said or [ruling.get_outcome_display()]


def fee_words(percent):
    if percent in (HALF, ALL):
        return pgettext("ruling", "fee halved") if percent == HALF else pgettext("ruling", "fee withheld")
    return _("fee cut by %(percent)d %%") % {"percent": percent}
