from django.db import migrations, models
from django.db.models import Exists, OuterRef

TOLD = ["proposed", "countered", "declined", "confirmed", "on_site", "finished", "missed"]


def say_who_was_told(apps, schema_editor):
    """Of visits that go on or fell through. One that was called off was told, unless the trail knows a plan of it and no proposal."""
    visits = apps.get_model("visits", "Visit").objects
    visits.filter(state__in=TOLD).update(told_version=1)
    lines = apps.get_model("conduct", "Event").objects.filter(subject_kind="visit", subject=OuterRef("number"))
    planned, proposed = Exists(lines.filter(verb="visit.planned")), Exists(lines.filter(verb="visit.proposed"))
    visits.filter(state="cancelled").exclude(planned & ~proposed).update(told_version=1)


class Migration(migrations.Migration):
    dependencies = [("conduct", "0031_answer_minutes"), ("visits", "0032_question_told")]

    operations = [
        migrations.AddField("visit", "told_version", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(say_who_was_told, migrations.RunPython.noop),
    ]
