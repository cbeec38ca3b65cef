"""What becomes of an entry that was made without network: it counts, it waits for what was made before it, or it is set aside."""

from django.db import transaction
from django.utils.translation import gettext_noop

from conduct.base.errors import DomainError
from conduct.base.sentences import kept, sentence
from conduct.trail import actions as trail
from visits.schedule.models import Visit
from visits.schedule.states import VisitState

from .effects import bring_up_to_date, have_effect
from .judging import against, summary
from .models import Entry, EntryFile, Quarantined, Record

EARLIER = gettext_noop("It waits for an entry that was made before it and has not arrived yet.")
PHOTO = gettext_noop("It waits for its photo or file, which has not arrived yet.")


def accept(entry, record, at):
    """From here on it counts. Raises DomainError when what it brings about is not possible; the caller's transaction is undone then."""
    entry.state = Entry.State.ACCEPTED
    _keep(entry)
    have_effect(entry.visit, entry, entry.author, at)
    bring_up_to_date(record, entry)


def take(entry, record, at, given_up=()):
    """Store an entry with what became of it; ask again whenever something arrives that it may have waited for.

    `given_up` are ids that nobody waits for any more.
    """
    if entry.after and entry.after not in given_up and not _is_here(entry):
        return wait(entry, sentence(EARLIER), at)
    if (entry.because or {}).get("say") == EARLIER:
        entry.placed_at = at
    fields, rules = against(entry, record, state=_state_for(entry), at=entry.device_at)
    problem = summary(fields, rules)
    if problem is None:
        try:
            entry.because = None
            with transaction.atomic():  # when it cannot count after all, nothing of it is stored
                return accept(entry, record, at)
        except DomainError as error:
            problem = error.message
            entry.visit.refresh_from_db(fields=["state"])
    if set(fields) == {"file"} and not _file_is_here(entry):
        return wait(entry, sentence(PHOTO), at)
    if _earlier_ones(entry).exists():
        return wait(entry, problem, at)
    return set_aside(entry, problem, at, rules)


def _is_here(entry):
    """Has the entry before it arrived, and all that were before that one?"""
    before = Entry.objects.filter(pk=entry.after, visit=entry.visit).first()
    if before is None:
        return Quarantined.objects.filter(item_id=entry.after, visit=entry.visit).exists()
    return before.state != Entry.State.WAITING or before.because["say"] != EARLIER


def _file_is_here(entry):
    return EntryFile.objects.filter(pk=entry.payload["file"], visit=entry.visit).exists()


def _same_laptop(entry):
    return Entry.objects.filter(visit=entry.visit, device=entry.device, author=entry.author)


def _earlier_ones(entry):
    """What the same laptop made before it and is itself not settled yet: its ids are in the order in which they were made."""
    return _same_laptop(entry).filter(state=Entry.State.WAITING, pk__lt=entry.pk)


def _state_for(entry):
    """The visit's state as the entry found it: a departure that was noted after it does not speak against it."""
    departures = _same_laptop(entry).filter(state=Entry.State.ACCEPTED, kind="departed", pk__gt=entry.pk)
    return VisitState.ON_SITE if entry.visit.state == VisitState.FINISHED and departures.exists() else entry.visit.state


def wait(entry, problem, at):
    """It is here and does not count yet. Said once, on the trail too, however often it is asked again."""
    is_new = entry.state != Entry.State.WAITING
    entry.state, entry.because = Entry.State.WAITING, kept(problem)
    _keep(entry)
    if is_new:
        _note("entry.waits", entry, at)


def set_aside(entry, problem, at, rules=()):
    """It is here and does not count, until a named person says otherwise. `rules` are those that stopped its step."""
    entry.state, entry.because = Entry.State.SET_ASIDE, kept(problem)
    _keep(entry)
    _note("entry.set_aside", entry, at, **({"rules": [rule.code for rule in rules]} if rules else {}))


def _keep(entry):
    entry.save(force_insert=entry._state.adding)


def _note(verb, entry, at, **facts):
    trail.note(verb=verb, subject=entry.visit, by=entry.author, at=at, entry=str(entry.pk), kind=entry.kind, **facts)


def locked(visit):
    """The visit, for one transaction at a time, with what judging an entry reads."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("engineer__staff", "order__site", "order__customer")
    return rows.get(pk=visit.pk)


@transaction.atomic
def release(*, visit, at, given_up=()):
    """Something arrived, or is given up: ask every entry of this visit that waits once more, in the order in which they were made."""
    release_locked(locked(visit), at, given_up)


def release_locked(visit, at, given_up=()):
    waiting = Entry.objects.filter(visit=visit, state=Entry.State.WAITING)
    if not waiting.exists():  # nearly always, and this is asked after every entry
        return
    for entry in waiting.select_related("author", "device").order_by("pk"):
        entry.visit = visit
        take(entry, Record.objects.get_or_create(visit=visit)[0], at, given_up)
        if entry.state == Entry.State.ACCEPTED:
            _note("entry.placed", entry, at)
