"""Words and names of closed complaints. That there was one, what it was about, and when it was answered and closed stays."""

from .models import Complaint, ComplaintStep

NOBODY = "–"


def closed_before(moment):
    return Complaint.objects.filter(state="closed", closed_at__lt=moment, erased_at=None).order_by("closed_at", "pk")


def blank(*, complaints, at):
    """Take names and words away. Returns how many."""
    rows = list(complaints.values_list("pk", flat=True))
    ComplaintStep.objects.filter(complaint__in=rows).update(text=NOBODY, said_to="")
    return Complaint.objects.filter(pk__in=rows).update(said_by=NOBODY, text=NOBODY, erased_at=at)
