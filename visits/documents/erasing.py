from conduct.files.models import StoredFile

from .models import HandedDocument, Opening


def documents_before(moment):
    """Documents of visits that were to end before that moment and which are still kept, oldest first."""
    return HandedDocument.objects.filter(visit__planned_end__lt=moment).exclude(file=None).order_by("visit__planned_end", "id")


def blank(*, documents):
    """File and openings go; what was handed to whom, and when, stays. Returns (how many, files that nothing holds any more)."""
    keys = list(documents.values_list("pk", flat=True))
    files = list(StoredFile.objects.filter(pk__in=HandedDocument.objects.filter(pk__in=keys).values("file")))
    Opening.objects.filter(document__in=keys).delete()
    return HandedDocument.objects.filter(pk__in=keys).update(file=None), files
