"""A deadline's sum in words, in the language of the page."""

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from .calendar import DayKind
from .models import Freeze
from .steps import StepKind

# The names that the official calendar comes with, and the freezes' kinds.
NAMES = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Spring Festival": gettext_lazy("Spring Festival"),
    "Tomb-sweeping Day": gettext_lazy("Tomb-sweeping Day"),
    "Labour Day": gettext_lazy("Labour Day"),
    "Dragon Boat Festival": gettext_lazy("Dragon Boat Festival"),
    "National Day": gettext_lazy("National Day"),
    "Mid-autumn Festival": gettext_lazy("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": pgettext_lazy("holiday", "70th anniversary of victory"),
    **{kind.value: kind.label for kind in Freeze.Kind},
}
# A break that begins in these minutes of the day is lunch.
LUNCH = range(11 * 60, 14 * 60)
MOST_REASONS = 5


def name_of(name):
    return str(NAMES.get(name, name))


def duration(minutes):
    """ "4 h 30 min" of whole minutes."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours or not rest:
        parts.append(_("%(count)d h") % {"count": hours})
    if rest:
        parts.append(_("%(count)d min") % {"count": rest})
    return " ".join(parts)


def explain(deadline):
    """[{kind, when, what, minutes, left}, …], a row a step; `minutes` and `left` are words, or empty."""
    return [
        {
            "kind": str(step.kind),
            "when": _when(step),
            "what": _what(step),
            "minutes": f"+ {duration(step.minutes)}" if step.kind == StepKind.COUNTED else "",
            "left": duration(step.left) if step.kind == StepKind.COUNTED and step.left else "",
        }
        for step in deadline.steps
    ]


def summary(deadline):
    """One sentence: "2026-10-09 16:00 + 4 h, lunch 12:00–13:00 skipped, … → Sat 2026-10-10 11:00"."""
    parts = [f"{_moment(deadline.start)} + {duration(deadline.minutes)}", *_reasons(deadline.steps)]
    left = _("waiting, %(left)s left") % {"left": duration(deadline.left)}
    return pgettext("between reasons", ", ").join(parts) + " → " + (_moment(deadline.at) if deadline.at else left)


def no_time(error):
    """NoWorkingTime in words."""
    if error.never:
        return _("“%(name)s” has no working hours at all, so no deadline could ever be met.") % {"name": error.calendar.name}
    return _("“%(name)s” has not enough working hours within ten years.") % {"name": error.calendar.name}


def unofficial(years):
    """What to say when a count crossed years without an official calendar; empty when it did not."""
    return " ".join(_year(year) for year in years)


def _reasons(steps):
    found = []
    for step in steps:
        text = _short(step)
        if text and text not in found:
            found.append(text)
    more = len(found) - MOST_REASONS
    if more > 0:
        rest = ngettext("%(count)d more reason", "%(count)d more reasons", more) % {"count": more}
        return [*found[:MOST_REASONS], rest]
    return found


def _short(step):
    if step.kind == StepKind.COUNTED:
        return ""
    if step.kind == StepKind.BREAK:
        return _("%(break)s %(when)s skipped") % {"break": _break(step), "when": _clock(step)}
    if step.kind == StepKind.UNOFFICIAL:
        return _("no official calendar for %(year)s yet") % {"year": step.name}
    if step.kind == StepKind.WAITS:
        return _("counting from %(when)s") % {"when": _moment(step.end)}
    if step.kind == StepKind.PAUSE:
        return _with(_("paused %(when)s") % {"when": _when(step)}, step.name)
    return f"{_when(step)}: {_what(step)}"


def _what(step):
    name = name_of(step.name)
    texts = {
        StepKind.COUNTED: _("counts"),
        StepKind.BREAK: _("%(break)s, skipped") % {"break": _break(step)},
        StepKind.WAITS: _("outside of working hours, skipped"),
        StepKind.PAUSE: _("paused, %(lost)s of working time do not count") % {"lost": duration(step.minutes)},
        StepKind.UNOFFICIAL: _year(step.name),
        DayKind.DAY_OFF: _("no working day"),
        DayKind.HOLIDAY: _("public holiday"),
        DayKind.MAKEUP: _("make-up day, worked"),
        DayKind.CLOSED: _("closed"),
        DayKind.OWN_HOURS: _("other hours on this day"),
        DayKind.FREEZE: _("the customer lets nobody work"),
    }
    return texts[step.kind] if step.kind == StepKind.UNOFFICIAL else _with(texts[step.kind], name)


def _with(what, name):
    return _("%(what)s (%(name)s)") % {"what": what, "name": name} if name else what


def _year(year):
    return _("%(year)s has no official calendar yet: its days count by their weekday, public holidays are not known.") % {
        "year": year
    }


def _break(step):
    return _("lunch") if step.start.hour * 60 + step.start.minute in LUNCH else _("break")


def _when(step):
    if step.kind in set(DayKind):
        first = date_filter(step.start, "D Y-m-d")
        return first if step.last_day == step.start.date() else f"{first} – {date_filter(step.last_day, 'D Y-m-d')}"
    if step.start == step.end:
        return _moment(step.start)
    if step.start.date() == step.end.date():
        return f"{date_filter(step.start, 'D Y-m-d')} {_clock(step)}"
    return f"{_moment(step.start)} – {_moment(step.end)}"


def _clock(step):
    return f"{step.start:%H:%M}–{step.end:%H:%M}"


def _moment(moment):
    # The step's own zone, not the reader's: the wall clock of the people who work.
    return f"{date_filter(moment.date(), 'D Y-m-d')} {moment:%H:%M}"
