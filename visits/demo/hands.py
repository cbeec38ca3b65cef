"""A signature of the demo that looks like the engineer's own."""

from visits.handwriting import actions as handwriting
from visits.signoff.models import Kind, SignOff


def give_specimen(*, at):
    """The engineer of the newest drawn signature has given one of the same hand: headquarters is shown both."""
    drawn = SignOff.objects.counting().filter(kind=Kind.SIGNED, strokes__isnull=False, received_at__lte=at)
    newest = drawn.select_related("visit__engineer__staff").order_by("-received_at", "pk").first()
    if newest:
        engineer = newest.visit.engineer
        handwriting.keep_specimen(engineer=engineer, strokes=_once_more(newest.strokes), by=engineer.staff, at=at)


def _once_more(strokes):
    """The same way of the pen, written a second time: every point lies a little elsewhere."""
    lines = [[[x + n % 3, y + n % 2, *rest] for n, (x, y, *rest) in enumerate(line)] for line in strokes["strokes"]]
    return strokes | {"strokes": lines}
