from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from conduct.base.days import iso_minutes
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.orders.queries import orders_for
from visits.records.schema import normal

from .models import Postponement
from .states import PostponementState

FORMAT = "fieldservice.postponement.1"
LIVE = ~Q(order__state="cancelled")  # what is not done at all is not done later either: nobody has to answer


def postponements_for(user):
    """Those of the orders that this person may know of."""
    rows = Postponement.objects.select_related("order__customer", "order__site", "order__contact", "visit", "asked_by", "answered_by")
    return rows.filter(order__in=orders_for(user))


def postponements_of(order):
    return Postponement.objects.filter(order=order).select_related("asked_by")


def unanswered(order):
    """The postponement of an order that the customer has not answered in writing, or None."""
    return postponements_of(order).filter(state=PostponementState.ASKED).first()


def waiting_for(user):
    """What still needs the customer's written word, oldest first."""
    rows = postponements_for(user).filter(LIVE, state=PostponementState.ASKED).order_by("asked_at", "id")
    return rows if user.may(Permission.PLAN_VISITS) else rows.none()


def statement_of(postponement, *, language, nonce):
    """The plain data that the customer signs, in `language`; hashed like a record's statement."""
    ours, order, visit = company(), postponement.order, postponement.visit
    zone = order.site.time_zone
    shown = {name: getattr(postponement, name) for name in ("was_from", "was_until", "new_from", "new_until")}
    return {
        "format": FORMAT,
        "language": language,
        "nonce": nonce,
        "number": postponement.number,
        "order": order.number,
        "visit": visit.number if visit and visit.told_version else "",
        "company": {"name": normal(ours.name_in(language)), "hotline": normal(ours.hotline)},
        "customer": {"number": order.customer.number, "name": normal(order.customer.name)},
        "site": {"number": order.site.number, "name": normal(order.site.name), "address": normal(order.site.address), "time_zone": zone},
        "scope": [normal(text) for text in order.scope.order_by("position").values_list("text", flat=True)],
        **{name: iso_minutes(moment, zone) if moment else "" for name, moment in shown.items()},
        "reason": normal(postponement.reason),
        "consent": consent_in(language),
    }


def consent_in(language):
    """What the customer says by signing; it is part of what is signed."""
    with translation.override(language):
        return normal(_("I have read the reason and accept the postponement. I agree to sign this electronically."))
