from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.unseen import Unseen, refuse_unseen
from conduct.notices.actions import tell
from conduct.trail import actions as trail

from .differences import difference
from .models import Acknowledgement, Edition, Rule
from .queries import current_edition, last_change, readers, rules_of, to_read, writings
from .states import Evidence


@transaction.atomic
def load_edition(*, code, rules, by, at):
    """Make the edition `code` from checked rows (catalogue.read) and publish it. Returns it.

    Loading the same rows again changes nothing. Raises DomainError when they differ: a published edition is never edited.
    """
    known = Edition.objects.filter(code=code).first()
    if known and not known.is_draft:
        if difference(rules_of(known), _rows(known, rules)):
            raise DomainError(_("Edition %(code)s is published and is never edited. Give the new one another name.") % {"code": code})
        return known
    edition = known or Edition.objects.create(code=code, created_at=at)
    _replace_rules(edition, rules)
    publish(edition=edition, valid_from=at, by=by, at=at)
    return edition


@transaction.atomic
def begin_draft(*, edition, by, at):
    """Begin a new edition as a copy of the one in force. `edition` comes unsaved, with its name."""
    edition.created_at, edition.published_at, edition.valid_from = at, None, None
    edition.save()
    current = current_edition(at)
    copies = list(rules_of(current)) if current else []
    for rule in copies:
        rule.pk, rule.edition = None, edition
    Rule.objects.bulk_create(copies)
    trail.note(verb="edition.begun", subject=edition, by=by, at=at, code=edition.code, rules=len(copies))
    return edition


@transaction.atomic
def save_rule(*, rule, seen="", by, at):
    """Add a rule to a draft, or change one. A new one goes to the end. `seen` is what the form showed of it.

    Raises DomainError for a code that another one has, Unseen when somebody else wrote into the rule since.
    """
    _refuse_published(rule.edition)
    refuse_unseen(rule, seen, writings)
    if Rule.objects.filter(edition=rule.edition, code=rule.code).exclude(pk=rule.pk).exists():
        raise DomainError(_("Another rule of this edition has this code."), field="code")
    is_new = rule.pk is None
    if is_new:
        rule.position = (rules_of(rule.edition).aggregate(last=Max("position"))["last"] or 0) + 1
    rule.save()
    verb = "rule.added" if is_new else "rule.changed"
    trail.note(verb=verb, subject=rule.edition, by=by, at=at, code=rule.code)
    return rule


@transaction.atomic
def remove_rule(*, rule, by, at):
    """Leave a rule out of a draft. Older editions, and the visits under them, keep theirs."""
    _refuse_published(rule.edition)
    trail.note(verb="rule.removed", subject=rule.edition, by=by, at=at, code=rule.code)
    rule.delete()


@transaction.atomic
def import_rules(*, edition, rules, seen=None, by, at):
    """Replace the rules of a draft by checked rows. `seen` as in `publish`."""
    _refuse_published(edition)
    _refuse_changed(edition, seen)
    _replace_rules(edition, rules)
    trail.note(verb="edition.imported", subject=edition, by=by, at=at, code=edition.code, rules=len(rules))
    return edition


@transaction.atomic
def discard(*, edition, seen=None, by, at):
    """Throw a draft away. `seen` as in `publish`."""
    _refuse_published(edition)
    _refuse_changed(edition, seen)
    trail.note(verb="edition.discarded", subject=edition, by=by, at=at, code=edition.code)
    edition.delete()


@transaction.atomic
def publish(*, edition, valid_from, seen=None, by, at):
    """From `valid_from` on, not before `at`, the edition holds, and everybody who has something to read is told.

    `seen` is the id of the last change of the draft that its page showed. Raises Unseen for one that was changed since, ForbiddenMove
    when somebody else has published it, DomainError for an empty one or a moment that is past.
    """
    if valid_from < at:
        raise DomainError(_("An edition cannot hold from a moment on that is past."), field="valid_from")
    count = rules_of(edition).count()
    if not count:
        raise DomainError(_("An edition without rules cannot be published."), field="valid_from")
    draft = Edition.objects.filter(pk=edition.pk, published_at=None)
    if draft.select_for_update().first():
        _refuse_changed(edition, seen)
    if not draft.update(published_at=at, valid_from=valid_from, published_by=by):
        raise ForbiddenMove(_("Somebody else has published this edition already."))
    edition.refresh_from_db()
    trail.note(verb="edition.published", subject=edition, by=by, at=at, code=edition.code, rules=count)
    people = [person for person, read, asked in readers(edition) if read < asked]
    tell(to=people, code="edition.published", about=edition.code, url=edition.briefing_url, at=at)
    return edition


@transaction.atomic
def acknowledge(*, rule, by, at):
    """The person has read a rule. They are read in their order: raises DomainError for one that is not the next.

    Acknowledging twice is harmless.
    """
    if Acknowledgement.objects.filter(rule=rule, staff=by).exists():
        return
    following = to_read(rule.edition, by).first()
    if following != rule:
        raise DomainError(_("The rules are read one after the other. This one is not the next."))
    Acknowledgement.objects.create(rule=rule, staff=by, at=at)
    if not to_read(rule.edition, by).exists():
        trail.note(verb="edition.acknowledged", subject=by, by=by, at=at, code=rule.edition.code)


def _refuse_published(edition):
    """Under the row's lock, so that nobody edits what is being published."""
    held = Edition.objects.select_for_update().filter(pk=edition.pk).first()
    if held is None or not held.is_draft:
        raise ForbiddenMove(_("A published edition is never edited. Begin a new one."))


def _refuse_changed(edition, seen):
    last = last_change(edition) if seen else None
    if last and last.pk != seen:
        facts = {"who": last.by_name or _("the system"), "time": f"{timezone.localtime(last.at):%H:%M}", "what": last.verb_words}
        words = _("%(who)s was at this draft at %(time)s, after you had opened it (%(what)s). Look at it first; once more does it as it stands now.")
        raise Unseen(words % facts)


def _replace_rules(edition, rules):
    edition.rules.all().delete()
    Rule.objects.bulk_create(_rows(edition, rules))


def _rows(edition, rules):
    return [_row(edition, position, rule) for position, rule in enumerate(rules, 1)]


def _row(edition, position, rule):
    return Rule(
        edition=edition,
        position=position,
        code=rule["code"],
        zh=rule["zh"],
        en=rule["en"],
        stage=rule["stage"],
        before=rule.get("before", ""),
        enforce=rule["enforce"],
        evidence=rule.get("evidence") or Evidence.NONE,
        severity=rule["severity"],
        source=rule["source"],
        when=rule.get("when") or [],
        by_text=rule.get("by", ""),
    )
