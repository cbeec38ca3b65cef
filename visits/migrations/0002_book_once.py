from django.db import migrations

ADD = """
ALTER TABLE visits_visit ADD CONSTRAINT visit_engineer_booked_once EXCLUDE USING gist (
    int8range(engineer_id, engineer_id, '[]') WITH &&,
    tstzrange(planned_start, planned_end, '[)') WITH &&
) WHERE (state IN ('proposed', 'confirmed', 'on_site'))
"""


def add(apps, schema_editor):
    """Only PostgreSQL has exclusion constraints; on SQLite booking.py checks within the IMMEDIATE transaction.

    The engineer stands in the constraint as a range of one number, which needs no extension.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE visits_visit DROP CONSTRAINT visit_engineer_booked_once")


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
