"""The month's figures and what each of them means. A changed meaning is a new version; the old words stay."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Figure:
    """`what` is a counted measure, `of` the one that divides it, None for a plain sum.

    `unit` is percent, minutes, score (mean of 1 to 5), count or money (yuan). `better` says which way is good: "up", "down" or
    "" where neither is. `versions` are the definitions, oldest first; placeholders are those of a yardstick. `base` is what must
    have been counted for a plain sum to be a zero instead of no data.
    """

    code: str
    group: str
    label: str
    what: str
    of: str | None
    unit: str
    better: str
    versions: tuple
    base: str | None = None

    @property
    def version(self):
        return len(self.versions)

    def definition(self, yardstick):
        """The words of the version in force, with the yardstick's own numbers."""
        return str(self.versions[-1]) % vars(yardstick)


def _figures(group, *rows):
    return [Figure(code, group, *rest) for code, *rest in rows]


VISITS = _figures(
    "visits",
    ("visits", _("visits"), "visits", None, "count", "", (
        _("Every visit that was planned for a day of this month, whatever became of it. A plan that was taken back before anybody "
          "was told does not count."),
    )),
    ("on_time", _("on-time arrival"), "on_time", "arrived", "percent", "up", (
        _("Arrivals at most %(punctual_minutes)d minutes after the planned start, of all arrivals of closed records."),
    )),
    ("first_time_fix", _("first-time fix"), "first_time_fix", "closed", "percent", "up", (
        _("Closed records with every scope item done on the first visit, of all closed records."),
        _("Closed records with every scope item done that neither came for a fault that an earlier visit had left behind nor needed a "
          "later one for it, of all closed records. The same fault is the same order, or the same equipment with the same symptom, "
          "within %(repeat_days)d days after the departure."),
    )),
    ("repeat", _("repeat visits"), "repeat", "closed", "percent", "down", (
        _("Closed records of visits that came for the same order, or to the same equipment with the same symptom, within "
          "%(repeat_days)d days after another visit had left, of all closed records."),
    )),
    ("duration", _("average duration"), "minutes", "timed", "minutes", "", (
        _("From arrival to departure without pauses, of closed records."),
    )),
    ("plan", _("duration against plan"), "minutes", "planned_minutes", "percent", "", (
        _("Time on site without pauses, as a share of the time that was planned for the same visits. A hundred percent is as planned."),
    )),
    ("sign_off", _("sign-off rate"), "signed", "closed", "percent", "up", (
        _("Signed records, of all closed ones; the others were refused."),
    )),
    ("refusals", _("refusals"), "refused", "closed", "percent", "down", (
        _("Records that the customer refused to sign, of all closed ones."),
    )),
    ("delivery", _("delivery time"), "delivery_minutes", "delivered", "minutes", "down", (
        _("From the signature to headquarters' first receipt."),
    )),
    ("evaluation", _("evaluation"), "evaluation_hundredths", "evaluations", "score", "up", (
        _("Mean of the scores that customers gave when called back, from 1 to 5."),
    )),
    ("discrepancies", _("discrepancies"), "discrepant", "calls", "percent", "down", (
        _("Calls in which the customer's account differed from the record, of all calls that reached the customer."),
    )),
)  # fmt: skip

TICKETS = _figures(
    "tickets",
    ("reported", _("tickets"), "ticket.reported", None, "count", "", (
        _("Every repair ticket that was reported in this month. Personal devices and duplicates do not count."),
    )),
    ("finish_met", _("repaired in time"), "ticket.finish_met", "ticket.finish_due", "percent", "up", (
        _("Tickets that were repaired, or found unrepairable, before their deadline, of all finished tickets that had one."),
    )),
    ("answer_met", _("answered in time"), "ticket.answer_met", "ticket.answer_due", "percent", "up", (
        _("Tickets that were answered before their deadline, of all answered tickets that had one."),
    )),
    ("answer_time", _("time to answer"), "ticket.answer_minutes", "ticket.answered", "minutes", "down", (
        _("Working time from the report to the answer, without pauses."),
    )),
    ("repair_time", _("time to repair"), "ticket.repair_minutes", "ticket.finished", "minutes", "down", (
        _("Working time from the report to the end of the repair, without pauses."),
    )),
    ("repeat_fault", _("repeat faults"), "ticket.repeat", "ticket.reported", "percent", "down", (
        _("Tickets for equipment that had been reported within the three months before, of all tickets."),
    )),
    ("grew_urgent", _("became urgent by waiting"), "ticket.grew_urgent", "ticket.reported", "percent", "down", (
        _("Tickets that were not urgent when they were sorted and became so because they waited, of all tickets."),
    )),
    ("unrepairable", _("unrepairable"), "ticket.unrepairable", "ticket.finished", "percent", "down", (
        _("Tickets that ended with equipment that could not be repaired, of all finished ones."),
    )),
    ("reopened", _("opened again"), "ticket.reopened", "ticket.finished", "percent", "down", (
        _("Tickets that the reporter opened again after the repair, of all finished ones."),
    )),
    ("repair_cost", _("repair cost"), "ticket.cost_fen", None, "money", "down", (
        _("Cost that was noted on this month's tickets, in yuan."),
    ), "ticket.finished"),
    ("damaged", _("damaged"), "stock.damaged", None, "count", "down", (
        _("Pieces that slips of this month report as damaged. A reversed slip counts back on the day of the reversal."),
    )),
    ("replaced", _("replaced"), "stock.replaced", None, "count", "", (
        _("Pieces that were swapped for others by slips of this month."),
    )),
    ("bought", _("bought"), "stock.bought", None, "count", "", (
        _("Pieces that came in by purchase in this month."),
    )),
)  # fmt: skip

PEOPLE = _figures(
    "people",
    ("hours", _("hours on site"), "minutes", None, "minutes", "", (
        _("Time on site without pauses, of closed records, all together."),
    )),
    ("trips", _("visits away from home"), "away", None, "count", "", (
        _("Closed records of employees in another city than their own."),
    ), "closed"),
    ("nights", _("nights away"), "nights", None, "count", "down", (
        _("Of visits away from home: the midnights between arrival and departure, and one more for a departure at %(home_by)d:00 or "
          "later, site time."),
    ), "closed"),
    ("weekends", _("weekend visits"), "weekend", None, "count", "down", (
        _("Closed records of visits that began on a Saturday or Sunday, site time."),
    ), "closed"),
)  # fmt: skip

# The quadrants by their codes, in the order of the queue.
QUADRANTS = {
    "iu": _("important and urgent"), "in": _("important, not urgent"), "nu": _("urgent, not important"),
    "nn": _("neither important nor urgent"),
}  # fmt: skip

FIGURES = [*VISITS, *TICKETS, *PEOPLE]
BY_CODE = {figure.code: figure for figure in FIGURES}


def measures_of(figures):
    return sorted({name for figure in figures for name in (figure.what, figure.of, figure.base) if name})
