import datetime

from .models import Notice

# Who reads it in the application within this time needs no e-mail.
PATIENCE = datetime.timedelta(minutes=1)
# An e-mail about something older would come as a surprise: after a long standstill nobody gets a hundred of them.
TOO_OLD = datetime.timedelta(days=2)


def notices_for(user):
    return Notice.objects.filter(to=user)


def unread_count(user):
    """How many the person has not read, at most 100: "99+" is as good as any larger number."""
    return len(notices_for(user).filter(read_at=None).values_list("pk", flat=True)[:100])


def to_mail(at):
    """Unread notices that no e-mail carries yet, of people who have an address, a person's own together."""
    waiting = Notice.objects.filter(delivery=None, read_at=None, at__lte=at - PATIENCE, at__gt=at - TOO_OLD)
    return waiting.exclude(to__email="").filter(to__is_active=True).select_related("to").order_by("to_id", "at", "id")
