"""What the pages of a project show of its lists."""

from .progress import bar_of, expected, is_late, span_of, whole
from .queries import payments_of


def shown_part(project, part, today):
    """The context of one list's page."""
    if part == "plan":
        return plan_of(project, today)
    if part == "payments":
        return {"payments": payments_of(project, today)}
    rows = project.team if part == "team" else project.planned_days
    return {"rows": rows.select_related("staff")}


def plan_of(project, today):
    """{tasks, percent, expected, span, today_at} of the plan; each task knows its bar and whether it is late."""
    tasks = list(project.tasks.select_related("staff"))
    span = span_of(tasks)
    for task in tasks:
        task.bar_from, task.bar_width = bar_of(task, span)
        task.bar_done = task.bar_width * task.percent / 100
        task.is_late = is_late(task, today)
    return {"tasks": tasks, "percent": whole(tasks), "expected": expected(tasks, today), "span": span, "today_at": _place_of(today, span)}


def _place_of(today, span):
    """Where the line of today stands in the span, in percent, or None outside of it."""
    if span is None or not span[0] <= today <= span[1]:
        return None
    return 100 * (today - span[0]).days // ((span[1] - span[0]).days + 1)
