"""The rows of the month's tables as HTML, written by Python: a template spends most of a page of 150 people on their cells."""

from html import escape

from django.utils.safestring import mark_safe


def table_body(rows, *, columns, link=""):
    """`rows` as queries give them, of each the first `columns` figures. With `link` the name leads to that address and the row's key."""
    return mark_safe("".join(_row(row, columns, escape(link)) for row in rows))


def _row(row, columns, link):
    key, label, _numbers, texts = row
    name = f'<a href="{link}{escape(key)}">{escape(str(label))}</a>' if link else escape(str(label))
    cells = "".join(f'<td class="num">{escape(str(text))}</td>' for text in texts[:columns])
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
