"""How far a plan is. Pure: tasks in, whole percents out.

A task has `starts_on` and `ends_on` (days, both included), `percent`, `begun_on` and `done_on` (days or None). Each weighs as many
days as it is planned to take, so that a week's work counts more than an hour's.
"""


def days_of(task):
    return (task.ends_on - task.starts_on).days + 1


def whole(tasks):
    """Percent of the whole plan that is done, rounded down: 100 means every task. An empty plan is at 0."""
    total = sum(days_of(task) for task in tasks)
    return sum(days_of(task) * task.percent for task in tasks) // total if total else 0


def expected(tasks, today):
    """Percent that the plan wants done by the evening before `today`."""
    total = sum(days_of(task) for task in tasks)
    gone = sum(min(max((today - task.starts_on).days, 0), days_of(task)) for task in tasks)
    return 100 * gone // total if total else 0


def is_late(task, today):
    """Whether a task should have ended, or begun, before `today` and has not."""
    if task.done_on:
        return False
    return task.ends_on < today or (task.starts_on < today and task.begun_on is None)


def span_of(tasks):
    """(first day, last day) of a plan, or None without tasks; for the bars beside it."""
    if not tasks:
        return None
    return min(task.starts_on for task in tasks), max(max(task.ends_on, task.done_on or task.ends_on) for task in tasks)


def bar_of(task, span):
    """(where its bar begins, how wide it is), in whole percent of the plan's span."""
    first, last = span
    total = (last - first).days + 1
    return 100 * (task.starts_on - first).days // total, max(100 * days_of(task) // total, 2)
