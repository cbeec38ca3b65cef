from allauth.account.signals import password_changed
from django.dispatch import receiver

from conduct.base.signals import access_withdrawn
from conduct.people.access import Role

from . import actions
from .states import Ending


@receiver(access_withdrawn)
def revoke_laptops(sender, staff, taken, password, by, at, **facts):
    """A person who left, lost the engineer's role or got a new password from the administrator: no laptop keeps its data."""
    if not staff.is_active:
        actions.revoke_all(staff=staff, ending=Ending.LEFT, by=by, at=at)
    elif Role.ENGINEER in taken:
        actions.revoke_all(staff=staff, ending=Ending.ROLE, by=by, at=at)
    elif password:
        actions.revoke_all(staff=staff, ending=Ending.PASSWORD, by=by, at=at)


@receiver(password_changed)
def renew_passphrases(sender, user, **facts):
    actions.renew_passphrase(staff=user)
