"""What the verify page says of a paper, in plain words, without customer data."""

from django.conf import settings

from . import check
from .models import Paper, TimeStamp
from .queries import newest_version
from .seal import certificates
from .states import PaperState

GENUINE, EXTENDED, ALTERED, UNKNOWN = "genuine", "extended", "altered", "unknown"


def of_code(code):
    """{verdict, paper, newer, time_stamp, signers} for a code from a QR code."""
    paper = Paper.objects.filter(code=code, state=PaperState.SEALED).first()
    return _finding(GENUINE if paper else UNKNOWN, paper)


def of_file(data):
    """{verdict, paper, newer, time_stamp, signers} for a PDF that somebody dropped.

    Genuine is the very file that was sealed. Extended is that file with nothing but further signatures after it. Any other
    file that carries our seal was altered.
    """
    ours = certificates(settings.KEYS_DIR)
    paper = _sealed_as(data)
    if paper and check.seal_is_whole(data, ours):
        return _finding(GENUINE, paper)
    original = _sealed_as(check.sealed_part(data))
    signers = check.signed_since(data, ours) if original else None
    if signers:
        return _finding(EXTENDED, original, signers)
    if paper or original or check.names_our_seal(data, ours):
        return _finding(ALTERED, None)
    return _finding(UNKNOWN, None)


def _sealed_as(data):
    return Paper.objects.filter(sha256=check.sha256(data), state=PaperState.SEALED).first() if data else None


def _finding(verdict, paper, signers=()):
    newest = newest_version(paper.number) if paper else None
    newer = newest if newest and newest.version > paper.version else None
    stamp = TimeStamp.objects.filter(paper=paper).first() if paper else None
    return {"verdict": verdict, "paper": paper, "newer": newer, "time_stamp": stamp, "signers": signers}
