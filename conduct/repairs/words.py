"""What a page says of a ticket's row: words and addresses are looked up once a page, not once a row."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from .order import mood
from .states import Disturbance, Quadrant, TicketState

BADGES = [
    ("is_teaching", "teaching", _("teaching")),
    ("repeat_of_id", "failed", _("repeated fault")),
    ("reopened_at", "countered", _("reopened")),
    ("grew_urgent_at", "failed", _("urgent by waiting")),
    ("paused_since", "paused", _("clock stands still")),
]
MOODS = {"over": _("overdue"), "near": _("due soon"), "calm": _("in time")}
NUMBER = "RT-0"
ADDRESSES = (("ticket", NUMBER), ("move", NUMBER, "sort"), ("move", NUMBER, "sort-again"))


class Words:
    """One for a page. `at` is the moment from which deadlines look calm, near or over."""

    def __init__(self, at):
        self.at, self.zone, self.ages = at, timezone.get_current_timezone(), {}
        self.states = {code: str(label) for code, label in TicketState.choices}
        self.quadrants = {code: str(label) for code, label in Quadrant.choices}
        self.disturbances = {code: str(label) for code, label in Disturbance.choices}
        self.badges = [(field, look, str(label)) for field, look, label in BADGES]
        self.moods = {code: str(label) for code, label in MOODS.items()}
        self.verbs = {True: pgettext("deadline", "finish"), False: pgettext("deadline", "take up")}
        self.ticket, self.sort, self.again = (reverse(f"repairs:{name}", args=args) for name, *args in ADDRESSES)

    def add_to(self, rows):
        """Rows are the dicts of `queries.LIST`; they get what markup shows. Returns them."""
        for row in rows:
            self._add(row)
        return rows

    def _add(self, row):
        number, taken = row["number"], bool(row["taken_at"])
        due_at, soon_at = (
            (row["finish_due_at"], row["finish_soon_at"]) if taken else (row["answer_due_at"], row["answer_soon_at"])
        )
        row["state_label"] = self.states[row["state"]]
        row["quadrant_label"] = self.quadrants.get(row["quadrant"], "")
        row["disturbance_label"] = self.disturbances[row["disturbance"]]
        runs = row["state"] in TicketState.OPEN and not row["paused_since"]
        row["mood"] = mood(soon_at=soon_at, due_at=due_at, at=self.at) if runs else "none"
        row["age"] = self._age(self.at - row["reported_at"])
        row["reported_text"] = f"{row['reported_at'].astimezone(self.zone):%Y-%m-%d %H:%M}"
        row["url"] = self.ticket.replace(NUMBER, number)
        row["sort_url"] = (self.again if row["quadrant"] else self.sort).replace(NUMBER, number)
        row["badges"] = [(look, label) for field, look, label in self.badges if row[field]]
        if row["mood"] != "none":
            row["verb"], row["mood_label"] = self.verbs[taken], self.moods[row["mood"]]
            row["due_text"] = f"{due_at.astimezone(self.zone):%m-%d %H:%M}"

    def _age(self, passed):
        """How long it waits: in minutes, from the second hour on in hours, from the third day on in days."""
        minutes = max(int(passed.total_seconds() // 60), 0)
        unit = 1 if minutes < 120 else 60 if minutes < 2880 else 1440
        key = unit, minutes // unit
        if key not in self.ages:
            self.ages[key] = _waits(*key)
        return self.ages[key]


def _waits(unit, count):
    if unit == 1:
        words = ngettext("%(count)d minute", "%(count)d minutes", count)
    elif unit == 60:
        words = ngettext("%(count)d hour", "%(count)d hours", count)
    else:
        words = ngettext("%(count)d day", "%(count)d days", count)
    return words % {"count": count}
