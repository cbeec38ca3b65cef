"""Everything that the database says of a company: two companies that look the same are the same.

What is secret, or is the name of something secret, is random in every company; NEVER_THE_SAME says what, and nothing else is.
"""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from conduct.files.models import StoredFile

NEVER_THE_SAME = {
    "conduct.Staff": {"password"},  # salted
    "conduct.Delivery": {"message_id", "secret"},
    "conduct.System": {"sha256"},
    "visits.Feed": {"sha256"},
    "visits.Hook": {"secret"},
    "visits.Invitation": {"token_sha256"},
    "conduct.RepairTicket": {"follow_sha256"},
    "conduct.StoredFile": {"id", "path", "sha256", "size"},  # generated names; a paper's bytes hold a seal and its own code
    "visits.Paper": {"sha256", "code", "key_id"},
}


def portrait():
    """{model: [{field: value}, …]} in the order of the row ids."""
    return {model._meta.label: _rows(model) for model in _models()}


def count_from_the_start():
    """PostgreSQL's sequences do not roll back with the rows: the next company gets the same row ids again."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_models())):
            cursor.execute(statement)


def _models():
    for app in ("conduct", "visits"):
        yield from apps.get_app_config(app).get_models(include_auto_created=True)


def _rows(model):
    label = model._meta.label
    random = NEVER_THE_SAME.get(label, ())
    fields = [field for field in model._meta.concrete_fields if field.name not in random and field.related_model is not StoredFile]
    names = [field.attname for field in fields]
    order = "created_at" if label == "conduct.StoredFile" else "pk"
    rows = model._base_manager.order_by(order).values(*names)
    if label == "conduct.Event":
        return [_without_the_seal(row) for row in rows]
    if label == "conduct.StoredFile":
        return sorted(rows, key=lambda row: (row["created_at"], row["kind"], row["name"], row["width"] or 0))
    return list(rows)


def _without_the_seal(event):
    if event["verb"] == "paper.sealed":
        event["data"].pop("sha256")
    return event
