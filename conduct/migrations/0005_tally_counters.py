from collections import Counter

from django.db import migrations, models

DAY, MONTH = "d", "m"


def convert(apps, schema_editor):
    """One row a day, engineer and customer becomes sums by day, by month, and by month for each engineer and customer."""
    Count = apps.get_model("conduct", "Count")
    found = Counter()
    for row in Count.objects.iterator():
        first = row.first.replace(day=1)
        measures = [row.measure, "visits"] if row.measure.startswith("state.") else [row.measure]
        for measure in measures:
            found[DAY, row.first, "", "", measure] += row.value
            found[MONTH, first, "", "", measure] += row.value
            found[MONTH, first, "engineer", row.engineer, measure] += row.value
            found[MONTH, first, "customer", row.customer, measure] += row.value
    Count.objects.all().delete()
    names = ("grain", "first", "dimension", "key", "measure")
    rows = (Count(**dict(zip(names, key, strict=True)), value=value, is_fresh=False) for key, value in found.items() if value)
    Count.objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("conduct", "0004_approvals_asked")]
    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, max_length=12)),
                ("day", models.DateField()),
                ("dimensions", models.JSONField(default=dict)),
                ("measures", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["-day", "-id"], name="posting_day")],
                "constraints": [models.UniqueConstraint(fields=["kind", "number", "part"], name="posting_once")],
            },
        ),
        migrations.RemoveConstraint("count", "count_once_a_day"),
        migrations.RenameField("count", "day", "first"),
        migrations.AddField(
            "count",
            "grain",
            models.CharField(
                choices=[("d", "day"), ("m", "month"), ("D", "day, as closed"), ("M", "month, as closed")], default="d", max_length=1
            ),
            preserve_default=False,
        ),
        migrations.AddField("count", "dimension", models.CharField(blank=True, default="", max_length=12), preserve_default=False),
        migrations.AddField("count", "key", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("count", "is_fresh", models.BooleanField(default=True)),
        migrations.RunPython(convert, migrations.RunPython.noop),
        migrations.RemoveField("count", "engineer"),
        migrations.RemoveField("count", "customer"),
        migrations.AddIndex(
            "count", models.Index(fields=["grain", "dimension", "first", "measure", "key"], name="count_read")
        ),
        migrations.AddIndex(
            "count", models.Index(condition=models.Q(("is_fresh", True)), fields=["id"], name="count_fresh")
        ),
        migrations.AddConstraint(
            "count",
            models.UniqueConstraint(
                condition=models.Q(("is_fresh", False)),
                fields=("grain", "first", "dimension", "key", "measure"),
                name="count_folded_once",
            ),
        ),
    ]
