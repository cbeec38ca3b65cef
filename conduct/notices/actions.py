import itertools
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conduct.company.queries import company
from conduct.outbox import actions as outbox
from conduct.outbox.states import RecipientKind

from .models import Notice
from .queries import notices_for, to_mail
from .words import SENTENCES

ORIGIN = "notice"


@transaction.atomic
def tell(*, to, code, url, about="", once=None, at, **facts):
    """Tell a person, or each of several, in the application; an e-mail follows when it stays unread for a minute.

    `code` is one of words.SENTENCES, whose placeholders are `about` (a thing's number) and the `facts` (texts, numbers,
    {language: text} for words of the product). With `once`, a person is told the same thing once only, whoever asks again.
    Raises KeyError for a code without a sentence.
    """
    people = [to] if hasattr(to, "pk") else list(to)
    str(SENTENCES[code]) % {**facts, "about": about}
    rows = [
        Notice(to=person, code=code, about=about, facts=facts, url=url, once=once, at=at) for person in people if person.is_active
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=once is not None)


@transaction.atomic
def read(*, notice, at):
    """The person has seen it."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


@transaction.atomic
def read_all(*, by, at):
    notices_for(by).filter(read_at=None).update(read_at=at)


@transaction.atomic
def mail_waiting(*, channels, at):
    """Put one e-mail a person on its way, with everything that waits unread. Returns how many people get one."""
    people = 0
    for person, rows in itertools.groupby(to_mail(at).select_for_update(of=("self",)), key=lambda notice: notice.to):
        rows = list(rows)
        delivery = outbox.queue(
            origin=ORIGIN,
            reference=person.username[:40],
            recipient_kind=RecipientKind.STAFF_MAIL,
            recipient=person.email,
            channels=channels,
            files=[],
            **_letter(person, rows),
            by=None,
            at=at,
        )
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(delivery=delivery)
        people += 1
    return people


def _letter(person, rows):
    """{subject, body} in the person's language and zone."""
    ours = company()
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        lines = [f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}  {row.sentence}\n{ours.public_address}{row.url}" for row in rows]
        subject = rows[0].sentence if len(rows) == 1 else _("%(count)d notices for you") % {"count": len(rows)}
        return {"subject": subject[:200], "body": "\n\n".join(lines) + "\n\n" + ours.name + "\n"}
