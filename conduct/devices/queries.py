import uuid

from django.db.models import Count, Q

from conduct.people.access import Permission, sees_all

from .models import Device


def devices_for(user):
    """The laptops that this person may see and revoke: one's own, or everybody's."""
    devices = Device.objects.select_related("staff", "ended_by")
    return devices if sees_all(user, Permission.REVOKE_DEVICES) else devices.filter(staff=user)


def device_named(text):
    """The device whose id is `text`, or None for anything else."""
    try:
        return Device.objects.filter(pk=uuid.UUID(str(text))).first()
    except ValueError:
        return None


def with_waiting(devices):
    """Devices with `waiting`: how much each announced that has neither arrived nor been settled."""
    unsettled = Q(announcements__arrived_at=None, announcements__settled_at=None)
    return devices.annotate(waiting=Count("announcements", filter=unsettled))
