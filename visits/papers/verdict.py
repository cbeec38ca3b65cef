"""What the verify page says of a paper, in plain words, without customer data."""

from django.conf import settings

from . import check
from .models import Paper, TimeStamp
from .queries import newest_version
from .seal import certificates
from .states import PaperState

GENUINE, ALTERED, UNKNOWN = "genuine", "altered", "unknown"


def of_code(code):
    """{verdict, paper, newer, time_stamp} for a code from a QR code."""
    paper = Paper.objects.filter(code=code, state=PaperState.SEALED).first()
    return _finding(GENUINE if paper else UNKNOWN, paper)


def of_file(data):
    """{verdict, paper, newer, time_stamp} for a PDF that somebody dropped.

    Genuine is the very file that was sealed. A file that carries our seal but is not that file was altered.
    """
    paper = Paper.objects.filter(sha256=check.sha256(data), state=PaperState.SEALED).first()
    ours = certificates(settings.KEYS_DIR)
    if paper and check.seal_is_whole(data, ours):
        return _finding(GENUINE, paper)
    if paper or check.names_our_seal(data, ours):
        return _finding(ALTERED, None)
    return _finding(UNKNOWN, None)


def _finding(verdict, paper):
    newest = newest_version(paper.number) if paper else None
    newer = newest if newest and newest.version > paper.version else None
    stamp = TimeStamp.objects.filter(paper=paper).first() if paper else None
    return {"verdict": verdict, "paper": paper, "newer": newer, "time_stamp": stamp}
