"""Weeks of many plans put together to the best one, by CP-SAT of OR-Tools. An extra: without the package the search does without it.

What one engineer gets in a plan, a week, is worth the same whatever the others get. So the best plan of everything that was
tried is one week for each engineer, no order in two of them: a small model, solved in hundredths of a second, whose objective is the
planner's own value and whose every week was read by the conflict rules before.
"""

import logging
from functools import partial

logger = logging.getLogger(__name__)
WALL, WORK = 0.5, 0.5  # most seconds of one answer, by the clock and by the solver's own, which is the same everywhere
TENTHS = 10  # values have one decimal


def chooser():
    """The function `choose(weeks, now)`, see below, or None where OR-Tools is not installed or does not start."""
    try:
        from ortools.sat.python import cp_model
    except Exception as error:
        if getattr(error, "name", "") != "ortools":
            logger.exception("OR-Tools does not start; plans are made without it")
        return None
    return partial(_choose, cp_model)


def _choose(cp_model, weeks, now):
    """The numbers of the weeks that are worth most together, or None when the solver does not know.

    `weeks` are [(person's key, keys of tasks, value), …] with one for every person among them, `now` the numbers of a choice to begin with.
    """
    try:
        return _solved(cp_model, weeks, now)
    except Exception:
        logger.exception("OR-Tools failed; the plan at hand stands")
        return None


def _solved(cp_model, weeks, now):
    model, of_person, of_task = cp_model.CpModel(), {}, {}
    taken = [model.new_bool_var(f"week {number}") for number in range(len(weeks))]
    for number, (person, tasks, _value) in enumerate(weeks):
        of_person.setdefault(person, []).append(taken[number])
        for task in tasks:
            of_task.setdefault(task, []).append(taken[number])
        model.add_hint(taken[number], number in now)
    for rows in of_person.values():
        model.add_exactly_one(rows)
    for rows in of_task.values():
        model.add_at_most_one(rows)
    model.maximize(sum(round(value * TENTHS) * row for row, (_person, _tasks, value) in zip(taken, weeks, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
    solver.parameters.max_time_in_seconds, solver.parameters.max_deterministic_time = WALL, WORK
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [number for number, row in enumerate(taken) if solver.boolean_value(row)]
