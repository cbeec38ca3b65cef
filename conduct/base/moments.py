"""Reading moments from PostgreSQL: a board has thousands, and the usual way takes one apart with a pattern and counts its parts again."""

import datetime

try:
    from django.db.backends.postgresql.psycopg_any import BaseTzLoader
except ImportError:  # an installation on SQLite needs no psycopg
    BaseTzLoader = None

if BaseTzLoader:

    class MomentLoader(BaseTzLoader):
        """`timestamptz` as text to an aware datetime in UTC, in which Django's connections speak; what is no ISO 8601 goes the usual way."""

        timezone = datetime.UTC

        def load(self, data):
            try:
                return datetime.datetime.fromisoformat(str(data, "ascii"))
            except ValueError:  # years before 1 and after 9999 have a message of their own there
                return super().load(data)


def read_moments(sender, connection, **kwargs):
    """Receiver of `connection_created`."""
    if connection.vendor == "postgresql" and connection.timezone is datetime.UTC:
        connection.connection.adapters.register_loader("timestamptz", MomentLoader)
