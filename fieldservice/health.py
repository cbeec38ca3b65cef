import datetime

from django.db import DatabaseError
from django.http import JsonResponse
from django.utils import timezone

from conduct.outbox.queries import oldest_due

TOO_OLD = datetime.timedelta(minutes=5)


def healthz(request):
    """This process answers."""
    return JsonResponse({"ok": True})


def readyz(request):
    """The database answers, and no delivery is due for longer than five minutes: that says more than a living worker."""
    now = timezone.now()
    try:
        oldest = oldest_due(now)
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    late = bool(oldest and now - oldest > TOO_OLD)
    facts = {"ok": not late, "database": True, "oldest_due": oldest and oldest.isoformat()}
    return JsonResponse(facts, status=503 if late else 200)
