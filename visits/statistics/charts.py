"""What the charts draw, as plain data for static/js/statistics.js. Pure.

{"x": [label, …], "axes": [{"unit", "max"}, …], "series": [{"name", "type", "axis", "tone", "data": [number or None, …]}, …],
"empty": whether there is nothing to draw}
"""

from django.utils.translation import gettext as _

from .figures import for_chart

UNITS = {"percent": "%", "minutes": "h", "count": "", "score": "", "money": "¥"}


def days_chart(days):
    return _chart(
        [f"{row['day']:%m-%d}" for row in days],
        [{"unit": ""}, {"unit": "%", "max": 100}],
        [
            _series(_("visits"), "bar", [row["visits"] for row in days]),
            _series(_("on-time arrival"), "line", [for_percent(row["on_time"]) for row in days], axis=1, tone="second"),
        ],
    )


def for_percent(number):
    return None if number is None else round(number)


def trend_chart(figure, trend):
    """Five years as one line, the year before it dashed behind."""
    numbers = [for_chart(figure, row[figure.code]) for _day, row in trend]
    year_before = [None] * 12 + numbers[:-12]
    return _chart(
        [f"{day:%Y-%m}" for day, _row in trend],
        [{"unit": UNITS[figure.unit], "max": _most(figure)}],
        [
            _series(_("one year before"), "line", year_before, tone="before"),
            _series(str(figure.label), "line", numbers),
        ],
    )


def _most(figure):
    """Where the axis ends: a share ends at 100 %, a score at 5; time against plan may go beyond."""
    return {"percent": 100, "score": 5}.get(figure.unit) if figure.code != "plan" else None


def people_chart(rows, figures):
    """A bar a person for each figure, the busiest on the left. `rows` are those of queries.Month."""
    tones = ["first", "second", "third", "fourth"]
    return _chart(
        [name for _key, name, _numbers, _texts in rows],
        [{"unit": UNITS[figures[0].unit]}],
        [
            _series(str(figure.label), "bar", [for_chart(figure, row[2][figure.code]) for row in rows], tone=tones[place])
            for place, figure in enumerate(figures)
        ],
    )


def _chart(x, axes, series):
    return {"x": x, "axes": axes, "series": series, "empty": all(number is None for row in series for number in row["data"])}


def _series(name, kind, data, *, axis=0, tone="first"):
    return {"name": name, "type": kind, "axis": axis, "tone": tone, "data": data}
