import secrets

from django.db import transaction

from conduct.trail import actions as trail

from .models import Feed
from .queries import digest


@transaction.atomic
def open_feed(*, engineer, name, by, at):
    """Make a secret address. Returns (feed, secret); the secret is shown this once."""
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(owner=by, engineer=engineer, name=name, sha256=digest(secret), created_at=at)
    trail.note(verb="feed.opened", subject=by, by=by, at=at, name=name, engineer=engineer.number if engineer else "")
    return feed, secret


@transaction.atomic
def revoke(*, feed, by, at):
    """From now on nobody reads anything under this address."""
    if Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at):
        trail.note(verb="feed.revoked", subject=feed.owner, by=by, at=at, name=feed.name)
