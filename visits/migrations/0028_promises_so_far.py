"""Promises of the records so far become promises that somebody keeps; what the intake page had called kept is kept."""

import datetime

from django.db import migrations
from django.utils import timezone

# What was due longer ago and nobody called kept is not chased any more; the record still says it.
LOOKED_BACK = datetime.timedelta(days=90)


def take_over(apps, schema_editor):
    Entry, Promise = apps.get_model("visits", "Entry"), apps.get_model("visits", "Promise")
    Kept, Series = apps.get_model("visits", "KeptPromise"), apps.get_model("conduct", "NumberSeries")
    kept = {row.entry: row for row in Kept.objects.all()}
    gone = Entry.objects.exclude(corrects=None).values("corrects")
    rows = Entry.objects.filter(kind="promise", state="accepted").exclude(pk__in=gone)
    since = timezone.now().date() - LOOKED_BACK
    last = {}
    for entry in rows.select_related("visit__order").order_by("received_at", "id").iterator():
        row, text, due = kept.get(entry.pk), entry.payload.get("text"), entry.payload.get("due") or ""
        if not text or not due or (row is None and due < since.isoformat()):
            continue
        year = entry.received_at.year
        last[year] = last.get(year, 0) + 1
        settled = {"state": "kept", "settled_at": row.at, "settled_by_id": row.by_id, "settled_why": row.note} if row else {}
        Promise.objects.create(
            number=f"PM-{year}-{last[year]:06d}", site_id=entry.visit.order.site_id, visit_id=entry.visit_id, entry=entry,
            text=text, due=datetime.date.fromisoformat(due), owner_id=entry.author_id,
            made_by_id=entry.author_id, made_at=entry.received_at, **settled,
        )  # fmt: skip
    for year, count in last.items():
        Series.objects.update_or_create(key=f"PM-{year}", defaults={"last": count})


class Migration(migrations.Migration):
    dependencies = [("visits", "0027_promises_points_notices")]

    operations = [
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="KeptPromise"),
    ]
