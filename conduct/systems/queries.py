import hashlib

from conduct.people.access import Permission

from .models import System


def digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def systems_for(user):
    """Every system, revoked ones too, for who manages the company's data."""
    rows = System.objects.select_related("acts_for", "created_by")
    return rows if user.may(Permission.MANAGE_COMPANY) else rows.none()


def system_of(token):
    """The system of a token, or None when it is unknown, revoked, or its person left."""
    rows = System.objects.filter(sha256=digest(token), revoked_at=None, acts_for__is_active=True)
    return rows.select_related("acts_for").first()
