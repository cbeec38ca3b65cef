from .models import Device


def forget_names(*, staff):
    """What the laptops of an erased person were called; that they were revoked, and when, stays."""
    Device.objects.filter(staff=staff).update(name="", session_key="")
