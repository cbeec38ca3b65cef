"""Tickets as HTML: cards of the board and the queue, rows of the list. Written by Python, as the bars of the dispatcher's board
are: of the 56 ms that a board of sixty cards took, 40 were the template's."""

from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

CARD, ROW = 48, 40  # characters of the fault


def cards_html(rows, *, sorts=False):
    """The cards of one column. Numbers, codes and addresses are our own; whatever a person typed is escaped.

    With `sorts` a card can be dragged and has the button that sorts it.
    """
    nobody = f'<span class="text-secondary">{escape(_("nobody yet"))}</span>'
    buttons = {True: escape(_("Sort anew")), False: escape(_("Sort"))} if sorts else None
    return mark_safe("".join(_card(row, nobody, buttons) for row in rows))


def rows_html(rows):
    """The rows of the list's table."""
    return mark_safe("".join(_row(row) for row in rows))


def _card(row, nobody, buttons):
    number, button, disturbs = row["number"], "", ""
    if buttons:
        label = f'{buttons[bool(row["quadrant"])]}<span class="visually-hidden"> {number}</span>'
        button = f'<a class="btn btn-sm" data-sort href="{row["sort_url"]}?next=/repairs/board/">{label}</a>'
    if not row["quadrant"]:
        weight = " fw-bold" if row["disturbance"] == "stops" else ""
        disturbs = f'<div class="small{weight}">{escape(row["disturbance_label"])}</div>'
    return (
        f'<li class="ticket-card mood-edge-{row["mood"]}"{" draggable=true" if buttons else ""} data-number="{number}" '
        f'data-quadrant="{row["quadrant"]}"><div class="card-line"><a class="num fw-bold" href="{row["url"]}">{number}</a>'
        f'<span class="text-secondary small">{row["age"]}</span></div><div>{escape(row["equipment__name"])} '
        f'<span class="text-secondary">{escape(row["equipment__site__name"])}</span></div>'
        f'<div class="text-secondary small">{_short(row["fault"], CARD)}</div>{disturbs}'
        f'<div class="card-marks">{_due(row)}{_badges(row)}</div>'
        f'<div class="card-line"><span class="small">{_whose(row, nobody)}</span>{button}</div></li>'
    )


def _row(row):
    return (
        f'<tr><td class="num"><a href="{row["url"]}">{row["number"]}</a><div class="text-secondary">{row["reported_text"]}</div></td>'
        f'<td>{escape(row["equipment__name"])}<div class="text-secondary">{escape(row["equipment__site__name"])}</div></td>'
        f"<td>{_short(row['fault'], ROW)}</td>"
        f'<td><span class="badge state state-{row["state"]}">{escape(row["state_label"])}</span>{_badges(row)}</td>'
        f"<td>{escape(row['quadrant_label'])}</td><td>{_due(row)}</td><td>{escape(row['assigned_to__name'] or '')}</td></tr>"
    )


def _whose(row, nobody):
    if row["assigned_to__name"]:
        return escape(row["assigned_to__name"])
    if row["carried_by"]:
        return f'<span class="num">{escape(row["carried_by"])}</span>'
    return nobody if row["quadrant"] else ""


def _due(row):
    if row["mood"] == "none":
        return ""
    return (
        f'<span class="mood mood-{row["mood"]}">{escape(row["verb"])} <span class="num">{row["due_text"]}</span> '
        f"{escape(row['mood_label'])}</span>"
    )


def _badges(row):
    return "".join(f' <span class="badge state state-{look}">{escape(label)}</span>' for look, label in row["badges"])


def _short(text, count):
    return escape(text if len(text) <= count else text[: count - 1] + "…")
