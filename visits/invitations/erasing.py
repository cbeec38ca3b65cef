from .models import Invitation


def blank_recipients(**to):
    """Whom links went to is forgotten with what they led to (`visit=…` or `postponement__in=…`); that there were some, and when, stays."""
    Invitation.objects.filter(**to).update(recipient="")
