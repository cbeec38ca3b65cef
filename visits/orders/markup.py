"""The rows of the list of orders as HTML, written by Python as the bars of the board are: fifty of them by a template took a third of the page."""

from html import escape

from django.utils.safestring import mark_safe

from .states import OrderState, Priority

FAULT = 50  # characters


def rows_html(rows, zone):
    """`rows` are dicts as queries.rows_of and name_places make them, days those of `zone`. Numbers and codes are our own; whatever a person typed is escaped."""
    states, priorities = ({code: escape(str(label)) for code, label in choices} for choices in (OrderState.choices, Priority.choices))
    return mark_safe("".join(_row(row, states[row["state"]], priorities[row["priority"]], zone) for row in rows))


def _row(row, state, priority, zone):
    number, fault = row["number"], row["reported_fault"]
    return (
        f'<tr><td class="num"><a href="/orders/{number}/">{number}</a></td>'
        f'<td>{escape(row["customer__name"])}<div class="text-secondary">{escape(row["site__name"])}</div></td>'
        f"<td>{escape(fault if len(fault) <= FAULT else fault[: FAULT - 1] + '…')}</td><td>{priority}</td>"
        f'<td><span class="badge state state-{row["state"]}">{state}</span></td>'
        f'<td class="num">{row["created_at"].astimezone(zone):%Y-%m-%d}</td></tr>'
    )
