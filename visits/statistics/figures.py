"""The month's figures and what each of them means. Pure: counted measures in, figures out."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Figure:
    """`of` divides `what`; `unit` is percent, minutes or score (mean of 1 to 5)."""

    code: str
    label: str
    what: str
    of: str
    unit: str
    definition: str


FIGURES = [
    Figure("on_time", _("on-time arrival"), "on_time", "arrived", "percent",
           _("Arrivals at most ten minutes after the planned start, of all arrivals of closed records.")),
    Figure("first_time_fix", _("first-time fix"), "first_time_fix", "closed", "percent",
           _("Closed records with every scope item done on the first visit, of all closed records.")),
    Figure("duration", _("average duration"), "minutes", "timed", "minutes",
           _("From arrival to departure without pauses, of closed records.")),
    Figure("sign_off", _("sign-off rate"), "signed", "closed", "percent",
           _("Signed records, of all closed ones; the others were refused.")),
    Figure("delivery", _("delivery time"), "delivery_minutes", "delivered", "minutes",
           _("From the signature to headquarters' first receipt.")),
    Figure("evaluation", _("evaluation"), "evaluation_hundredths", "evaluations", "score",
           _("Mean of the scores that customers gave when called back, from 1 to 5.")),
]  # fmt: skip


def value(figure, counts):
    """The figure as a number, or None when there is nothing to divide by. Percent 0-100, minutes, or score 1-5."""
    of = counts.get(figure.of, 0)
    if of <= 0:
        return None
    share = counts.get(figure.what, 0) / of
    return share * 100 if figure.unit == "percent" else share / 100 if figure.unit == "score" else share


def shown(figure, counts):
    """The figure as text, a dash when there is none."""
    number = value(figure, counts)
    if number is None:
        return "–"
    if figure.unit == "percent":
        return f"{number:.0f} %"
    return f"{number:.1f}" if figure.unit == "score" else f"{int(number // 60)}:{int(number % 60):02d}"


def states(counts):
    """{state: number of visits} from the counted measures."""
    prefix = "state."
    return {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix) and number}


def visits(counts):
    return sum(states(counts).values())
