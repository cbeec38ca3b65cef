"""Which link a browser came by. The session keeps the link's id, never its secret."""

from .queries import invitation_page

KEY = "invitation"


def remember(request, invitation):
    request.session[KEY] = invitation.pk


def invitation_of(request):
    """The link that this browser came by, or None; it was opened, and may have ended since."""
    return invitation_page().filter(pk=request.session.get(KEY)).exclude(opened_at=None).first()
