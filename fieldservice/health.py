import datetime

from django.db import connection
from django.http import JsonResponse
from django.utils import timezone

from conduct.outbox.queries import oldest_due

TOO_OLD = datetime.timedelta(minutes=5)


def healthz(request):
    """This process answers."""
    return JsonResponse({"ok": True})


def readyz(request):
    """The database answers, and no delivery is due for longer than five minutes: that says more than a living worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    oldest, now = oldest_due(timezone.now()), timezone.now()
    late = bool(oldest and now - oldest > TOO_OLD)
    return JsonResponse({"ok": not late, "oldest_due": oldest and oldest.isoformat()}, status=503 if late else 200)
