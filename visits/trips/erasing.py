from conduct.files.models import StoredFile

from .models import Expense, Lodging, Trip

NOBODY = "–"


def returned_before(moment):
    """Trips that ended before that moment and still hold words, numbers and receipts, oldest first."""
    return Trip.objects.filter(returned_at__lt=moment, erased_at=None).order_by("returned_at", "id")


def blank(*, trips, at):
    """Where somebody slept, receipts, reasons and the report go; days, kinds and amounts stay. Returns (how many, files let go)."""
    keys = list(trips.values_list("pk", flat=True))
    expenses = Expense.objects.filter(trip__in=keys)
    files = list(StoredFile.objects.filter(pk__in=expenses.exclude(receipt=None).values("receipt")))
    expenses.update(receipt=None, note="", no_receipt_reason="")
    Lodging.objects.filter(trip__in=keys).update(hotel=NOBODY, room_telephone=NOBODY)
    rows = Trip.objects.filter(pk__in=keys)
    rows.exclude(unasked_reason="").update(unasked_reason=NOBODY)
    return rows.update(report=NOBODY, sent_back_reason="", erased_at=at), files
