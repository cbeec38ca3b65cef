import base64
import io
import secrets

from django.db import transaction
from pypdf import PdfReader

from conduct.base.doorbell import ring
from conduct.base.leases import claim, fenced
from conduct.base.moves import move
from conduct.base.signals import paper_sealed, send_to_one
from conduct.files.actions import store_bytes
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from . import check
from .models import Paper, TimeStamp
from .queries import input_of
from .seal import seal_with_time
from .states import PaperState
from .time_stamps import NoTimeStamp

# One step: render (60 s at most), seal, write. The lease is longer than all of it.
LEASE = 120
TRIES = 5


@transaction.atomic
def ask(*, sign_off, at):
    """Note that a paper is to be made. Returns it; asking twice gives the same one."""
    code = base64.b32encode(secrets.token_bytes(20)).decode().rstrip("=")
    facts = {"number": sign_off.statement["number"], "version": sign_off.version, "code": code, "asked_at": at}
    return Paper.objects.get_or_create(sign_off=sign_off, defaults=facts)[0]


def make(*, paper, render, sealer, at, time=None):
    """Render and seal one paper under a lease. Returns it when sealed, None when another worker carries it or it failed.

    `render` is a function from PaperInput to PDF bytes, `sealer` a seal.Sealer, `time` a time_stamps.Service or None. Rendering stays outside of the
    transaction; its result is only written while our claim is the last one, so a paper is never made twice.
    """
    fence = claim(paper, at=at, seconds=LEASE, state=PaperState.ASKED)
    if fence is None:
        return None
    try:
        page = render(input_of(paper))
        sealed = seal_with_time(
            lambda stamper: sealer.seal(page, reason=f"{paper.number} v{paper.version}", stamper=stamper), time
        )
    except Exception as error:  # whatever went wrong is kept for the administrator; the sweeper tries again
        give_up(paper=paper, fence=fence, problem=str(error), at=at)
        return None
    pdf, stamp, problem = sealed
    return keep(paper=paper, fence=fence, pdf=pdf, key_id=sealer.key_id, stamp=stamp, no_stamp=problem, at=at)


@transaction.atomic
def keep(*, paper, fence, pdf, key_id, stamp, no_stamp, at):
    """Store the sealed bytes and start the delivery, if this worker's claim is still the last one.

    `stamp` is the time stamp in the seal or None, `no_stamp` why the service that was asked gave none.
    """
    if not fenced(paper, fence).filter(state=PaperState.ASKED).update(lease_until=None):
        return None
    name = f"{paper.number}-v{paper.version}.pdf"
    stored = store_bytes(data=pdf, name=name, content_type="application/pdf", kind="paper", by=None, at=at)
    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    facts = {"file": stored, "sha256": check.sha256(pdf), "pages": pages, "key_id": key_id, "sealed_at": at, "problem": ""}
    move(paper, PaperState.SEALED, **facts)
    if stamp:
        TimeStamp.objects.create(paper=paper, at=stamp.at, by=stamp.by)
    elif no_stamp:
        TimeStamp.objects.create(paper=paper, problem=no_stamp)
    trail.note(verb="paper.sealed", subject=paper.sign_off.visit, by=None, at=at, version=paper.version, sha256=paper.sha256)
    send_to_one(paper_sealed, sender=Paper, paper=paper, at=at)
    return paper


def stamp_later(*, paper, time, at):
    """Ask the service again for a paper that was sealed without it; the token is kept beside the file, which stays as it is.

    Returns whether it has one now.
    """
    try:
        stamp = time.over(paper.sha256)
    except NoTimeStamp as error:
        TimeStamp.objects.filter(paper=paper, at=None).update(problem=str(error)[:300])
        return False
    with transaction.atomic():
        facts = {"at": stamp.at, "by": stamp.by, "token": stamp.token, "problem": ""}
        if TimeStamp.objects.filter(paper=paper, at=None).update(**facts):
            trail.note(verb="paper.time_stamped", subject=paper.sign_off.visit, by=None, at=at, version=paper.version)
    return True


@transaction.atomic
def give_up(*, paper, fence, problem, at):
    """Note why it did not work. After five tries the dispatchers are told, and a person has to look."""
    tries = paper.tries + 1
    state = PaperState.FAILED if tries >= TRIES else PaperState.ASKED
    facts = {"tries": tries, "problem": problem[:300], "state": state, "lease_until": None}
    if fenced(paper, fence).update(**facts) and state == PaperState.FAILED:
        visit = paper.sign_off.visit
        trail.note(verb="paper.failed", subject=visit, by=None, at=at, problem=problem[:300])
        url = visit.get_absolute_url()
        tell(to=people_with_role(Role.DISPATCHER), code="paper.failed", about=paper.number, url=url, at=at, problem=problem[:300])


@transaction.atomic
def ask_again(*, paper, by, at):
    """Somebody looked at what was in the way: five new tries. Raises ForbiddenMove unless it had failed."""
    move(paper, PaperState.ASKED, tries=0, problem="", lease_until=None)
    trail.note(verb="paper.asked_again", subject=paper.sign_off.visit, by=by, at=at, version=paper.version)
    ring("papers.make", paper.pk)
