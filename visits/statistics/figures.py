"""From counted measures to figures, and from figures to words. Pure."""

from django.utils.translation import gettext as _


def value(figure, counts):
    """The figure as a number, or None when there is nothing to tell: percent 0-100, minutes, score 1-5, count, yuan."""
    if figure.of is None:
        number = counts.get(figure.what, 0 if figure.base and counts.get(figure.base) else None)
        return number if number is None or figure.unit != "money" else number / 100
    of = counts.get(figure.of, 0)
    if of <= 0:
        return None
    share = counts.get(figure.what, 0) / of
    return share * 100 if figure.unit == "percent" else share / 100 if figure.unit == "score" else share


def words(figure, number):
    """A number of this figure as text; without one it says so."""
    if number is None:
        return _("no data")
    if figure.unit == "percent":
        return f"{number:.0f} %"
    if figure.unit == "minutes":
        return clock(number)
    return f"{number:.1f}" if figure.unit == "score" else f"{number:,.2f}" if figure.unit == "money" else f"{number:,d}"


def clock(minutes):
    """Hours and minutes, such as 1:35."""
    whole = round(abs(minutes))
    return f"{'-' if minutes < 0 and whole else ''}{whole // 60:,d}:{whole % 60:02d}"


def shown(figure, counts):
    return words(figure, value(figure, counts))


def change(figure, now, before):
    """How a number differs from an earlier one: {"text", "good"} with good True, False or None; None without both.

    Percentages differ by points, everything else in its own unit.
    """
    if now is None or before is None:
        return None
    distance = _rounded(figure, now) - _rounded(figure, before)
    sign = "+" if distance > 0 else "−" if distance < 0 else "±"
    good = None if not distance or not figure.better else (distance > 0) is (figure.better == "up")
    return {"text": f"{sign}{_distance(figure, abs(distance))}", "good": good}


def _rounded(figure, number):
    """As it is shown, so that 91 % against 90 % differs by what a reader sees."""
    return round(number, {"score": 1, "money": 2}.get(figure.unit, 0))


def _distance(figure, number):
    if figure.unit == "percent":
        return _("%(number)d points") % {"number": number}
    return words(figure, int(number) if figure.unit == "count" else number)


def states(counts):
    """{state: number of visits} from the counted measures."""
    prefix = "state."
    return {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix) and number}


def for_chart(figure, number):
    """The number as a chart draws it: minutes as hours, everything to two places; None leaves a gap."""
    if number is None:
        return None
    return round(number / 60, 2) if figure.unit == "minutes" else round(number, 2)
