"""A link whose secret is all that its bearer needs: 256 random bits in the fragment of an address, of which only the hash is kept."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token():
    """(token for whom the link is for, hash to keep)."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token):
    """A random secret of 256 bits needs no slow hash."""
    return hashlib.sha256(token.strip().encode()).hexdigest()


class SecretLinks(models.QuerySet):
    def waiting(self):
        """Neither used nor ended; they may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def usable(self, at):
        return self.waiting().filter(expires_at__gt=at)

    def of_token(self, token):
        """The link of this token whatever became of it, as a queryset of at most one."""
        return self.filter(token_sha256=hash_of(token))

    def revoke(self, at):
        """End those that wait. Returns how many."""
        return self.waiting().update(revoked_at=at)


class SecretLink(models.Model):
    """Good for one use until `expires_at`; a newer link, or a person, ends it before that."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = SecretLinks.as_manager()

    class Meta:
        abstract = True

    def spend(self, at):
        """Use it, once. Returns whether it was this caller who did."""
        return bool(type(self).objects.usable(at).filter(pk=self.pk).update(used_at=at))
