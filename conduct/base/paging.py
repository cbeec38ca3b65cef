"""Lists are paged by keyset: the cost of a page does not grow with its distance from the first (no OFFSET, no count)."""

import json
from dataclasses import dataclass, field

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q


@dataclass
class Page:
    """`rows`, and the query strings ("?…") of the pages around them, None at the ends."""

    rows: list = field(default_factory=list)
    next: str | None = None
    first: str | None = None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def keyset(queryset, request, *, order=("-planned_start", "-id"), size=50):
    """One page of `queryset` in `order`, both fields in the same direction, the last of them unique.

    The place is in `?after=`; one that was tampered with counts as none. Rows may be instances or values() dicts.
    """
    signer = signing.Signer(salt=f"keyset {' '.join(order)}")  # a place in another list is none here
    after = _read(signer, request.GET.get("after"))
    if after:
        queryset = queryset.filter(_beyond(order, after))
    rows = list(queryset.order_by(*order)[: size + 1])
    page = Page(rows=rows[:size])
    if len(rows) > size:
        page.next = _link(request, signer.sign_object([_value(page.rows[-1], name) for name in order], serializer=Plain))
    if after:
        page.first = _link(request, None)
    return page


def _beyond(order, after):
    """`a <= x and (a < x or id < y)`: the first half lets the database use the index for the tie-break as well."""
    compare = "lt" if order[0].startswith("-") else "gt"
    head, tail = order[0].lstrip("-"), order[-1].lstrip("-")
    if len(order) == 1:
        return Q(**{f"{head}__{compare}": after[0]})
    tie = Q(**{f"{head}__{compare}": after[0]}) | Q(**{f"{tail}__{compare}": after[-1]})
    return Q(**{f"{head}__{compare}e": after[0]}) & tie


def _value(row, name):
    name = name.lstrip("-")
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(signer, text):
    try:
        return signer.unsign_object(text, serializer=Plain) if text else None
    except signing.BadSignature:
        return None


class Plain:
    """A place as bytes, for its signature."""

    def dumps(self, values):
        return json.dumps(values, cls=Exact, separators=(",", ":")).encode()

    def loads(self, data):
        return json.loads(data)


class Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds; a place in a list may not."""

    def default(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _link(request, after):
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return "?" + query.urlencode()
