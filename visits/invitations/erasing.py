from .models import Invitation


def blank_recipients(*, visit):
    """Whom links went to is forgotten with the record; that there were some, and when, stays."""
    Invitation.objects.filter(visit=visit).update(recipient="")
