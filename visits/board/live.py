"""A board asks every few seconds whether it is still true; the trail answers with a number."""

from conduct.trail.models import Event
from visits.schedule.states import DeclineReason

ABOUT = ("visit", "workorder", "engineer", "leave")
LATE = 200  # numbers may be given before others commit: the newest ones are counted, not only the last one named


def version():
    """A text that changes with every event, however late it is committed. Two reads of the trail's primary key."""
    newest = list(Event.objects.order_by("-id").values_list("id", flat=True)[:LATE])
    return f"{newest[0]}-{len(newest)}-{newest[-1]}" if newest else "0-0-0"


def changes_since(known, *, besides):
    """(whether the board may look different, [event, …] of others that are news). `known` is an earlier version()."""
    try:
        last, count, oldest = (int(part) for part in known.split("-"))
    except ValueError:
        return True, []
    news = list(Event.objects.filter(id__gt=last).order_by("id")[:LATE])
    late = Event.objects.filter(id__gte=oldest, id__lte=last).count() != count
    touched = late or any(event.subject_kind in ABOUT for event in news)
    return touched, [event for event in news if event.subject_kind == "visit" and event.by_id != besides.pk]


def words(event):
    """What somebody did, with the reason of a "no"."""
    said = f"{event.by_name}: {event.verb_words} {event.subject}"
    if event.verb != "visit.declined":
        return said
    reason = dict(DeclineReason.choices).get(event.data.get("reason"), "")
    return " · ".join(str(part) for part in (said, reason, event.data.get("note")) if part)
