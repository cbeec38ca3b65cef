from .models import Notice


def notices_before(moment):
    return Notice.objects.filter(at__lt=moment).order_by("at", "id")


def drop(*, notices):
    """Returns how many there were."""
    return Notice.objects.filter(pk__in=list(notices.values_list("pk", flat=True))).delete()[0]
