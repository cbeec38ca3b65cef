import datetime

from conduct.people.access import Permission
from conduct.trail.models import Event
from visits.signoff.models import Kind, SignOff

from .models import Confirmation, Hand, Hint, Specimen
from .states import ConfirmationState

# How far back a look goes, how many signatures it reads at once, and with how many earlier ones each is compared.
BACK, AT_ONCE, EARLIER = datetime.timedelta(days=2), 500, 200
# When nothing was read for longer than that, a look goes back to what was read last, but not further than this.
FURTHEST = datetime.timedelta(days=90)
TO_CALL = (ConfirmationState.WAITING, ConfirmationState.NOT_REACHED)


def unread(at):
    """Signatures, on paper too, that were not read yet, oldest first. The trail knows the visits, by its time alone."""
    newest = Hand.objects.order_by("-id").values_list("sign_off__received_at", flat=True).first() or at
    since = max(min(newest, at) - BACK, at - FURTHEST)
    signed = Event.objects.filter(at__gt=since, at__lte=at, verb="visit.signed").values_list("subject", flat=True)
    rows = SignOff.objects.counting().filter(visit__number__in=signed, kind__in=[Kind.SIGNED, Kind.TRANSCRIBED], hand=None)
    return list(rows.select_related("visit__engineer", "by").order_by("received_at")[:AT_ONCE])


def others_of(engineer, signer_name):
    """The last 200 signatures of other people on this engineer's visits."""
    rows = Hand.objects.filter(engineer=engineer, shape__isnull=False).exclude(signer_name=signer_name)
    return rows.order_by("-id")[:EARLIER]


def specimen_of(engineer):
    return Specimen.objects.filter(engineer=engineer).order_by("-at", "-pk").first()


def hints_of(sign_offs):
    """What these signatures look like, the most alike first."""
    return list(Hint.objects.filter(sign_off__in=sign_offs).select_related("other__visit"))


def confirmations_for(user):
    """Who calls keeps them; who rules on breaches reads what was asked and what the signatures look like."""
    if not user.may(Permission.FOLLOW_UP) and not user.may(Permission.RULE_VIOLATIONS):
        return Confirmation.objects.none()
    related = (
        "visit__order__customer",
        "visit__order__site",
        "visit__order__contact",
        "visit__engineer__staff",
        "sign_off",
        "by",
    )
    return Confirmation.objects.select_related(*related).defer("sign_off__statement", "sign_off__consent")


def to_confirm(user):
    """The calls that wait for somebody who calls."""
    return confirmations_for(user).filter(state__in=TO_CALL)
