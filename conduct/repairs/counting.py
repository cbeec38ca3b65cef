"""What one ticket adds to the month, as it stands now. The row behind each figure of the month's page."""

from conduct.base.days import day_of
from conduct.tally import actions as tally

from .states import TicketState, TurnedAway


def measures_of(ticket):
    """{measure: value} of everything that the ticket contributes; a turned away ticket is none, but is counted as such."""
    if ticket.state == TicketState.TURNED_AWAY:
        return {"ticket.refused_personal": 1} if ticket.turned_away_for == TurnedAway.PERSONAL else {}
    found = {
        "ticket.reported": 1,
        "ticket.open": ticket.state != TicketState.CLOSED,
        "ticket.repaired": ticket.finished_at is not None and ticket.beyond_repair_at is None,
        "ticket.unrepairable": ticket.beyond_repair_at is not None,
        "ticket.reopened": ticket.reopened_at is not None,
        "ticket.repeat": ticket.repeat_of_id is not None,
        "ticket.grew_urgent": ticket.grew_urgent_at is not None,
        "ticket.on_spare": ticket.had_spare,
        "ticket.cost_fen": int((ticket.cost or 0) * 100),
        "ticket.work_minutes": ticket.work_minutes or 0,
        **_kept("answer", ticket.taken_at, ticket.answer_due_at, ticket.answer_minutes),
        **_kept("finish", ticket.finished_at, ticket.finish_due_at, ticket.finish_minutes),
    }
    return {measure: int(value) for measure, value in found.items() if value}


def _kept(name, done_at, due_at, minutes):
    """Whether one deadline was kept. A figure about nothing is left out, so that nobody reads 0 % where nothing was due."""
    if done_at is None:
        return {}
    done, spent = (
        ("ticket.answered", "ticket.answer_minutes") if name == "answer" else ("ticket.finished", "ticket.repair_minutes")
    )
    return {
        done: 1,
        spent: minutes or 0,
        f"ticket.{name}_due": due_at is not None,
        f"ticket.{name}_met": due_at is not None and done_at <= due_at,
    }


def post(ticket):
    """Bring the month up to date, on the day of the report. The tally remembers what the ticket contributed before."""
    site, reporter = ticket.equipment.site, ticket.reporter
    tally.post(
        kind="ticket",
        number=ticket.number,
        day=day_of(ticket.reported_at, site.time_zone),
        measures=measures_of(ticket),
        quadrant=ticket.quadrant,
        person=ticket.assigned_to.username if ticket.assigned_to else "",
        site=site.number,
        customer=site.customer.number,
        department=str(reporter.department_id) if reporter and reporter.department_id else "",
        category=ticket.equipment.category,
    )
