from django.http import JsonResponse
from django.utils.translation import gettext as _

from .queries import device_named

# What a revoked laptop may still do: learn that it is revoked, deliver what is sealed, and see what arrived.
STILL_OPEN = ("/api/v1/sync/contact/", "/api/v1/sync/receipts/", "/api/v1/sync/sealed/")


class RevokedDevices:
    """API calls name their laptop in the header X-Device: `request.device` is it, or None; a revoked one is turned away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.device = None
        named = request.headers.get("X-Device")
        if named and request.path.startswith("/api/") and request.user.is_authenticated:
            device = device_named(named)
            request.device = device if device and device.staff_id == request.user.pk else None
            if request.device and not device.is_active and request.path not in STILL_OPEN:
                message = _("This laptop was revoked. It may only deliver what it holds.")
                return JsonResponse({"message": message, "device_state": device.state}, status=403)
        return self.get_response(request)
