from .models import RepairTicket

NOBODY = "–"


def reporters_before(moment):
    """Tickets that were closed before that moment and still say who reported them."""
    return RepairTicket.objects.filter(closed_at__lt=moment).exclude(reporter_name=NOBODY).order_by("closed_at", "id")


def blank_reporters(*, tickets):
    """The ticket stays; the reporter's name, address and private link go. Returns how many."""
    rows = RepairTicket.objects.filter(pk__in=list(tickets.values_list("pk", flat=True)))
    return rows.update(reporter_name=NOBODY, reporter_contact="", follow_sha256=None)
