from django.db.models import Subquery


def first_of(rows):
    """The key of one of `rows`, or None when there is none: "is there one?", asked for each row outside.

    Not EXISTS: PostgreSQL turns that into a join with everything that `rows` could be, and this into one look at an index.
    """
    return Subquery(rows.order_by().values("pk")[:1])
