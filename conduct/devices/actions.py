import datetime
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.trail import actions as trail

from .models import Device
from .states import DeviceState, Ending

LEASE = datetime.timedelta(days=14)


@transaction.atomic
def greet(*, device_id, staff, session_key="", at, **facts):
    """A laptop calls: note what it says of itself and renew its lease; the first call makes it known. Returns the device.

    `facts` are name, app_version, clock_offset_ms, persisted, free_bytes and quota_bytes. A revoked laptop gets no lease.
    Raises DomainError when the id belongs to another person's laptop.
    """
    news = {**facts, "last_contact_at": at, "session_key": session_key}
    first = {"staff": staff, "registered_at": at, "lease_until": at + LEASE, **news}
    device, is_new = Device.objects.select_for_update(of=("self",)).get_or_create(pk=device_id, defaults=first)
    if device.staff_id != staff.pk:
        raise DomainError(_("This id belongs to the laptop of somebody else."), field="device")
    if is_new:
        trail.note(verb="device.registered", subject=device, by=staff, at=at, name=device.name)
        return device
    if device.is_active:
        news["lease_until"] = at + LEASE
    for name, value in news.items():
        setattr(device, name, value)
    device.save(update_fields=list(news))
    return device


@transaction.atomic
def revoke(*, device, ending=Ending.BY_HAND, by, at):
    """The laptop loses its data key at its next contact and may only upload what is sealed. Its session ends now."""
    move(device, DeviceState.REVOKED, ended_at=at, ended_by=by, ending=ending, lease_until=at)
    _end_session(device)
    trail.note(verb="device.revoked", subject=device, by=by, at=at, name=device.name, reason=ending)


@transaction.atomic
def wipe(*, device, lost, by, at):
    """At its next contact the laptop deletes everything, what never arrived included. `lost` names that, for the trail."""
    move(device, DeviceState.WIPE, ended_at=at, ended_by=by, ending=Ending.WIPED, lease_until=at)
    _end_session(device)
    trail.note(verb="device.wipe", subject=device, by=by, at=at, name=device.name, lost=lost)


def wipe_told(*, device, at):
    """The laptop was told to delete everything."""
    Device.objects.filter(pk=device.pk, wipe_told_at=None).update(wipe_told_at=at)


@transaction.atomic
def revoke_all(*, staff, ending, by, at):
    """Revoke every laptop of a person. Returns how many there were."""
    devices = list(Device.objects.filter(staff=staff, state=DeviceState.ACTIVE))
    for device in devices:
        revoke(device=device, ending=ending, by=by, at=at)
    return len(devices)


def renew_passphrase(*, staff):
    """The person changed the own password: the offline passphrase has to be set anew. Nothing on a laptop is lost."""
    Device.objects.filter(staff=staff, state=DeviceState.ACTIVE).update(passphrase_epoch=F("passphrase_epoch") + 1)


def _end_session(device):
    if device.session_key:
        import_module(settings.SESSION_ENGINE).SessionStore(device.session_key).delete()
