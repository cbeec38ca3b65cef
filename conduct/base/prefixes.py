from django.db import connection
from django.db.models import Q

LAST = "\U0010ffff"  # sorts behind every character


def begins(field, text):
    """The condition that `field` begins with `text`, as each database finds it in an index of that field.

    PostgreSQL takes LIKE 'text%' (the column needs the collation "C" or Django's _like index); SQLite does not, but knows
    the same rows as a range.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST})
