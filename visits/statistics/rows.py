"""The things behind a figure, in words. Pure: postings in, rows for a table out."""

from django.utils.translation import gettext as _

from .figures import value, words
from .links import page_of


def told(figure, postings, names):
    """[{"kind", "number", "url", "day", "text", "who", dimensions…}, …]: what each thing adds to this figure.

    `names` are people by engineer's number and by user name.
    """
    found = []
    for row in postings:
        kind, url = page_of(row.kind, row.number)
        who = row.dimensions.get("engineer") or row.dimensions.get("person", "")
        facts = {"kind": kind, "number": row.number, "url": url, "day": row.day, "text": _text(figure, row.measures)}
        found.append({**row.dimensions, **facts, "who": names.get(who, who)})
    return found


def _text(figure, measures):
    if figure.unit == "percent" and measures.get(figure.of) == 1:
        return _("yes") if measures.get(figure.what) else _("no")
    return words(figure, value(figure, measures))
