from django.db.models import Q

from conduct.approvals import queries as approvals
from conduct.customers.models import Contact
from conduct.outbox.models import Delivery
from conduct.people.access import Permission, sees_all

from .models import Reply
from .states import Means, ReplyState

ORIGIN = "reply"


def replies_for(user):
    """Every reply that this person may know of: all of them for headquarters, else one's own and those that one is or was asked to review."""
    rows = Reply.objects.select_related("customer", "order", "visit", "complaint", "author", "reviewed_by")
    if sees_all(user, Permission.SEE_REPLIES):
        return rows
    if not user.may(Permission.SEE_REPLIES):
        return rows.none()
    put = approvals.put_to(user).filter(origin=ORIGIN).values("reference")
    return rows.filter(Q(author=user) | Q(number__in=put))


def to_review(user):
    """What waits for this person's review."""
    waiting = approvals.waiting_for(user).filter(origin=ORIGIN).values("reference")
    return Reply.objects.filter(state=ReplyState.ASKED, number__in=waiting)


def waiting_for(user):
    """What this person has to review, one's own that came back, can be sent or did not arrive, and what was left behind."""
    own = Q(author=user, state__in=[ReplyState.SENT_BACK, ReplyState.APPROVED, ReplyState.FAILED])
    if user.may(Permission.WRITE_REPLIES):
        own |= Q(author__is_active=False, state__in=ReplyState.CHANGEABLE)
    rows = Reply.objects.filter(own | Q(pk__in=to_review(user).values("pk")))
    return rows.select_related("customer", "author").order_by("drafted_at", "pk")


def open_question(reply):
    """The approval that waits for a superior's word on this reply, or None."""
    return approvals.approvals_about(origin=ORIGIN, reference=reply.number).filter(state="asked").last()


def deliveries_of(reply):
    """Every delivery of this reply, oldest first."""
    about = Delivery.objects.filter(origin=ORIGIN, reference=reply.number)
    return about.prefetch_related("attempts").order_by("queued_at", "id")


def replies_of(visit):
    return (
        Reply.objects.filter(visit=visit)
        .exclude(state=ReplyState.DISCARDED)
        .select_related("author")
        .order_by("drafted_at", "pk")
    )


def addresses_of(customer):
    """{(means, address): whose}: a reply goes to an address that is known for this customer, and nowhere else."""
    found = {(Means.MAIL, customer.email): customer.name} if customer.email else {}
    contacts = Contact.objects.filter(site__customer=customer, is_active=True).exclude(email="").order_by("name", "pk")
    for name, email in contacts.values_list("name", "email"):
        found.setdefault((Means.MAIL, email), name)
    for name, fax in customer.sites.exclude(fax="").order_by("name", "pk").values_list("name", "fax"):
        found.setdefault((Means.FAX, fax), name)
    return found
