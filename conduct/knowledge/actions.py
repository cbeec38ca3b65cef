from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Permission
from conduct.people.queries import people_who_may
from conduct.trail import actions as trail

from .checks import check
from .indexing import index
from .models import WRITTEN, Article, ArticleVersion
from .states import VersionState

S = VersionState


@transaction.atomic
def draft(*, written, origin="", reference="", checked=True, by, at):
    """A new article, as a draft. `written` holds the fields of WRITTEN; `origin` and `reference` say what it was made of.

    Words that were taken over as they stand are `checked` later, when the author saves them. Raises DomainError.
    """
    article = Article.objects.create(number=next_number("KB"), origin=origin, reference=reference, created_at=at, changed_at=at)
    version = ArticleVersion(article=article, version=1, author=by, written_at=at, **written)
    if checked:
        check(version)
    version.save(force_insert=True)
    facts = {"origin": origin, "about": reference} if origin else {}
    trail.note(verb="article.drafted", subject=article, by=by, at=at, version=1, **facts)
    return version


@transaction.atomic
def begin_anew(*, article, written, by, at):
    """The next version of a published article, as a draft. Raises DomainError when somebody writes one already."""
    newest = article.versions.order_by("-version").values_list("version", flat=True).first()
    version = ArticleVersion(article=article, version=newest + 1, author=by, written_at=at, **written)
    check(version)
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("Somebody is writing a new version already.")) from error
    _touch(article, at)
    trail.note(verb="article.drafted", subject=article, by=by, at=at, version=version.version)
    return version


@transaction.atomic
def change(*, version, written, by, at):
    """Other words in one's own draft; one that is being reviewed is a draft again. Raises ForbiddenMove when it is published meanwhile."""
    _require_author(version, by)
    if version.state != S.DRAFT:
        move(version, S.DRAFT)
    for name in WRITTEN:
        setattr(version, name, written[name])
    check(version)
    facts = {name: getattr(version, name) for name in WRITTEN} | {"changes": version.changes + 1}
    if not ArticleVersion.objects.filter(pk=version.pk, state=S.DRAFT, changes=version.changes).update(**facts):
        raise ForbiddenMove(_("This was changed meanwhile; please look at it again."))
    version.changes += 1
    _touch(version.article, at)
    trail.note(verb="article.changed", subject=version.article, by=by, at=at, version=version.version)


@transaction.atomic
def ask(*, version, by, at):
    """Give a draft to those who may review it; each of them is told. Raises DomainError for what no article holds."""
    _require_author(version, by)
    check(version)
    if version.state == S.SENT_BACK:
        move(version, S.DRAFT)
    move(version, S.ASKED, remark="", reviewed_by=None, reviewed_at=None)
    trail.note(verb="article.asked", subject=version.article, by=by, at=at, version=version.version)
    _tell(version, set(people_who_may(Permission.REVIEW_ARTICLES)) - {by}, "article.asked", at, who=by.name)


@transaction.atomic
def review(*, version, good, seen, reason="", by, at):
    """Publish it, or send it back with what is wrong. `seen` is how often it had been changed when the reviewer read it.

    Raises ForbiddenMove when a colleague was faster or it was changed meanwhile, DomainError for one's own and without a reason.
    """
    if version.author_id == by.pk or not by.may(Permission.REVIEW_ARTICLES):
        raise DomainError(_("Nobody reviews an article of one's own."))
    if not good and not reason.strip():
        raise DomainError(_("Say what is to be changed."), field="reason")
    if version.changes != seen:
        raise ForbiddenMove(_("This was changed meanwhile; please look at it again."))
    facts = {"reviewed_by": by, "reviewed_at": at, "remark": reason.strip()}
    verb = "article.published" if good else "article.sent_back"
    if good:
        _publish(version, facts, at)
    else:
        move(version, S.SENT_BACK, **facts)
    trail.note(verb=verb, subject=version.article, by=by, at=at, version=version.version, reason=reason.strip())
    _tell(version, version.author, verb, at, who=by.name)


def _publish(version, facts, at):
    article = Article.objects.select_for_update(of=("self",)).select_related("current").get(pk=version.article_id)
    if article.current_id:
        move(article.current, S.REPLACED)
    move(version, S.PUBLISHED, **facts)
    article.current, article.changed_at, article.retired_at = version, at, None
    article.save(update_fields=["current", "changed_at", "retired_at"])
    index(article)


@transaction.atomic
def discard(*, version, by, at):
    """Throw one's own draft away. What is published stays."""
    _require_author(version, by)
    move(version, S.DISCARDED)
    trail.note(verb="article.discarded", subject=version.article, by=by, at=at, version=version.version)


@transaction.atomic
def retire(*, article, reason, by, at):
    """Nobody is to find it any more, such as when it turned out to be wrong. Raises DomainError without a reason."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    held = Article.objects.select_for_update(of=("self",)).select_related("current").get(pk=article.pk)
    if held.current is None:
        raise ForbiddenMove(_("This article is not published."))
    move(held.current, S.REPLACED)
    held.current, held.changed_at, held.retired_at = None, at, at
    held.save(update_fields=["current", "changed_at", "retired_at"])
    index(held)
    trail.note(verb="article.retired", subject=held, by=by, at=at, reason=reason.strip())


def _touch(article, at):
    Article.objects.filter(pk=article.pk).update(changed_at=at)


def _require_author(version, by):
    if version.author_id != by.pk:
        raise DomainError(_("%(who)s writes this version.") % {"who": version.author.name})


def _tell(version, people, code, at, **facts):
    article = version.article
    tell(to=people, code=code, about=article.number, url=article.get_absolute_url(), at=at, title=version.title, **facts)
