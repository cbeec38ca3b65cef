from .models import Confirmation, Hand, Hint, Specimen

NOBODY = "–"


def blank_hands(*, visit):
    """The shapes of its signatures go, and what they looked like; whether the customer was called about them stays."""
    Hint.objects.filter(sign_off__visit=visit).delete()
    Hint.objects.filter(other__visit=visit).delete()
    Hand.objects.filter(sign_off__visit=visit).update(signer_name=NOBODY, shape=None)
    Confirmation.objects.filter(visit=visit).exclude(note="").update(note=NOBODY)


def drop_specimens(*, staff):
    """An engineer's own signature goes with the engineer."""
    Specimen.objects.filter(engineer__staff=staff).delete()
    Hint.objects.filter(sign_off__visit__engineer__staff=staff, other=None).delete()
