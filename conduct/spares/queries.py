from django.db.models import Prefetch

from conduct.people.access import Permission

from .models import Spare, SpareLoan
from .states import SpareState


def spares_for(user):
    return Spare.objects.select_related("place") if user.may(Permission.SEE_STOCK) else Spare.objects.none()


def loans_for(user):
    if not user.may(Permission.SEE_STOCK):
        return SpareLoan.objects.none()
    return SpareLoan.objects.select_related("spare", "lent_by", "returned_by", "from_place")


def with_open_loan(spares):
    """Spares, each with `open_loans`: a list of the one loan it is out on, or empty."""
    return spares.prefetch_related(Prefetch("loans", SpareLoan.objects.filter(returned_at=None), to_attr="open_loans"))


def spares_to_lend():
    """What can be handed out now."""
    return Spare.objects.filter(state=SpareState.AVAILABLE).select_related("place").order_by("category", "name", "pk")


def loans_about(*, origin, reference):
    """The loans of one thing, such as a ticket, oldest first."""
    return SpareLoan.objects.filter(origin=origin, reference=reference).select_related("spare").order_by("lent_at", "pk")


def open_loans_about(*, origin, reference):
    return loans_about(origin=origin, reference=reference).filter(returned_at=None)


def open_loan_of(spare):
    return spare.loans.filter(returned_at=None).first()


def late(today):
    """Loans that should be back by now, the longest overdue first."""
    rows = SpareLoan.objects.filter(returned_at=None, back_by__lt=today)
    return rows.select_related("spare", "lent_by").order_by("back_by", "pk")


def due_next(today, until):
    """Loans that are due in [today, until]."""
    rows = SpareLoan.objects.filter(returned_at=None, back_by__gte=today, back_by__lte=until)
    return rows.select_related("spare", "lent_by").order_by("back_by", "pk")
