from django.db.models import Q

from conduct.base.days import iso_minutes
from conduct.company.queries import company
from conduct.files.queries import read
from conduct.people.access import Permission
from visits.signoff.facts import statement_of
from visits.signoff.models import SignOff
from visits.signoff.statement import changes

from .models import Paper
from .paper_input import PaperInput
from .states import PaperState

SIGNER = ("signer_name", "signer_position", "signer_telephone", "satisfaction", "comment", "refusal_reason", "typed_name", "no_stamp_reason", "strokes", "consent", "kind", "statement", "sha256", "clock")  # fmt: skip


def papers_of(visit, user):
    """The papers of a visit that this person may open, newest version first."""
    if not user.may(Permission.SEE_PAPERS, visit):
        return Paper.objects.none()
    papers = Paper.objects.filter(sign_off__visit=visit).order_by("-version")
    return papers if user.may(Permission.SEE_RESTRICTED) else papers.filter(sign_off__restricted_at=None)


def due_papers(at):
    """Papers that nobody carries at the moment."""
    return Paper.objects.filter(Q(lease_until=None) | Q(lease_until__lte=at), state=PaperState.ASKED)


def unmade_count():
    """How many papers are asked for and not sealed yet."""
    return Paper.objects.filter(state=PaperState.ASKED).count()


def without_time_stamp():
    """Sealed papers for which the time-stamp service gave nothing yet, oldest first."""
    return Paper.objects.filter(time_stamp__at=None, time_stamp__isnull=False).order_by("sealed_at")


def input_of(paper):
    """What the paper is made from."""
    sign_off = paper.sign_off
    zone = sign_off.statement["site"]["time_zone"]
    before = SignOff.objects.counting().filter(visit=sign_off.visit_id, version=paper.version - 1).first()
    return PaperInput(
        verify_url=verify_url(paper.code),
        stamp=read(sign_off.stamp) if sign_off.stamp else None,
        logo=_logo(),
        transcribed_by=_writer(sign_off) if sign_off.kind == "transcribed" else "",
        signed_at=iso_minutes(sign_off.signed_at, zone),
        received_at=iso_minutes(sign_off.received_at, zone),
        changes=changes(before.statement, sign_off.statement) if before else [],
        **{name: getattr(sign_off, name) for name in SIGNER},
    )


def _writer(sign_off):
    """Who entered what was signed by hand; the visit's engineer under the agreed identity, as everywhere on the paper."""
    return sign_off.statement["identity"]["name"] if sign_off.visit.is_own(sign_off.by) else sign_off.by.name


def sheet_of(visit, language):
    """What the visit sheet is made from: the still unsigned record, printed as identification."""
    statement = statement_of(visit, language=language, nonce="", version=1, previous_sha256=None)
    consent = company().consent_in(language)
    address = f"{_public()}/verify/?number={visit.record_number}"
    return PaperInput(statement=statement, consent=consent, verify_url=address, logo=_logo())


def verify_url(code):
    return f"{_public()}/verify/{code}/"


def _logo():
    """The company's present logo; the statement names the company, and the logo is decoration."""
    logo = company().logo
    return read(logo) if logo else None


def _public():
    return company().public_address.rstrip("/")


def newest_version(number):
    """The newest sealed version of a record."""
    return Paper.objects.filter(number=number, state=PaperState.SEALED).order_by("-version").first()
