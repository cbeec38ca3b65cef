from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.apart import Failed, apart
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.numbers import next_number
from conduct.files.actions import MAX_BYTES, store_upload
from conduct.files.queries import read
from conduct.notices.actions import tell
from conduct.trail import actions as trail
from visits.schedule.states import VisitState

from .models import HandedDocument, Opening
from .watermark import on_pdf, on_picture, words

PDF = "application/pdf"


def hand_out(*, visit, title, file, by, at):
    """Hand a PDF or a picture to the engineer of a visit. Raises DomainError for a file on which no watermark can be put.

    Nothing is handed out for a visit that has ended or that nobody was asked for yet.
    """
    if visit.state in (*VisitState.ENDED, VisitState.PLANNED):
        raise DomainError(_("Documents are handed out from the proposal of a visit until its end."))
    _refuse_unmarkable(file)
    return _hand_out(visit, title, file, by, at)


def _refuse_unmarkable(file):
    """A first mark is made now, so that nobody stands on site before a document that cannot be opened."""
    file.seek(0)
    data = file.read() if file.size <= MAX_BYTES else b""
    if data.startswith(b"%PDF-"):
        try:
            apart(lambda: on_pdf(data, "–"))
        except Failed as error:
            message = _("No watermark can be put on this PDF: it is locked, damaged, or longer than 300 pages.")
            raise DomainError(message, field="file") from error


@transaction.atomic
def _hand_out(visit, title, file, by, at):
    kept = store_upload(upload=file, by=by, at=at)
    document = HandedDocument.objects.create(
        number=next_number("DC", day_of(at, visit.order.site.time_zone).year), visit=visit, engineer=visit.engineer, title=title,
        file=kept, handed_at=at, handed_by=by,
    )  # fmt: skip
    facts = {"visit": visit.number, "engineer": visit.engineer.number, "title": title, "sha256": kept.sha256}
    trail.note(verb="document.handed_out", subject=document, by=by, at=at, **facts)
    told = {"customer": visit.order.customer.name, "title": title}
    tell(to=visit.engineer.staff, code="document.handed_out", about=visit.number, url=visit.get_absolute_url(), at=at, **told)
    return document


def open_marked(*, document, by, at):
    """The bytes for this reader, marked with name, time and visit. Noted on the trail before anybody sees one of them."""
    said = words(by.name, at.astimezone(ZoneInfo(by.time_zone)), document.visit.number)
    data = read(document.file)
    marked = apart(lambda: on_pdf(data, said) if document.file.content_type == PDF else on_picture(data, said))
    _note_opening(document, by, at)
    return marked


@transaction.atomic
def _note_opening(document, by, at):
    Opening.objects.create(document=document, by=by, at=at)
    trail.note(verb="document.opened", subject=document, by=by, at=at, visit=document.visit.number)


@transaction.atomic
def withdraw(*, document, reason, by, at):
    """The engineer cannot open it any more. Raises ForbiddenMove when a colleague was faster."""
    rows = HandedDocument.objects.filter(pk=document.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason):
        raise ForbiddenMove(_("This document was withdrawn already."))
    document.refresh_from_db()
    trail.note(verb="document.withdrawn", subject=document, by=by, at=at, visit=document.visit.number, reason=reason)
