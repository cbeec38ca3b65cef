"""A ticket as its reporter follows it: the steps done, the one under way, those to come. Pure: no rows, no clock."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def parcel_of(ticket):
    """[{label, at, note, state}, …] with state "done", "now" or "later"."""
    if ticket.state == "turned_away":
        return [
            _step(pgettext_lazy("ticket", "reported"), ticket.reported_at),
            _step(ticket.get_turned_away_for_display(), ticket.closed_at, ticket.feedback),
        ]
    repaired = pgettext_lazy("ticket", "cannot be repaired") if ticket.beyond_repair_at else pgettext_lazy("ticket", "repaired")
    way = [
        _step(pgettext_lazy("ticket", "reported"), ticket.reported_at),
        _step(_("sorted, deadline set"), ticket.triaged_at),
        _step(_("a technician works on it"), ticket.taken_at),
        _step(repaired, ticket.finished_at),
        _step(_("you were told"), ticket.fed_back_at, ticket.feedback),
        _step(pgettext_lazy("ticket", "closed"), ticket.closed_at),
    ]
    reached = False
    for step in reversed(way):
        if step["at"]:
            step["state"], reached = ("done" if reached or step is way[-1] else "now"), True
        elif reached:
            step["state"] = "done"
    return way


def _step(label, at, note=""):
    return {"label": label, "at": at, "note": note, "state": "later"}
