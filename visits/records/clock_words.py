"""What a laptop's clock is worth, in plain words: on the visit's page and as "time confidence" on the paper. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .clock import AHEAD, BEHIND, EARLY, FUTURE, JUMPED, UNKNOWN

DOUBTS = {
    AHEAD: gettext_lazy("the laptop's clock was ahead of headquarters'"),
    BEHIND: gettext_lazy("the laptop's clock was behind headquarters'"),
    FUTURE: gettext_lazy("the laptop's time lies after the receipt"),
    JUMPED: gettext_lazy("the laptop's clock was set to another time meanwhile"),
    EARLY: gettext_lazy("the signature's time lies before the departure that it covers was noted"),
    UNKNOWN: gettext_lazy("the laptop's clock was never compared with headquarters'"),
}
MOMENTS = {"arrived": gettext_lazy("arrived"), "departed": gettext_lazy("departed"), "signed": gettext_lazy("signed")}


def in_words(codes):
    return [str(DOUBTS[code]) for code in codes]


def confidence(clock):
    """[sentence, …] about the times of a sign-off, from marks.clock_of; empty when nothing is known."""
    doubted = [_doubted(name, stamp) for name, stamp in clock.items() if stamp["doubts"]]
    if doubted:
        return doubted
    return [_("the laptop's clock agreed with headquarters' within two minutes")] if clock else []


def _doubted(name, stamp):
    by = f" ({abs(stamp['offset']) // 1000} s)" if stamp["offset"] else ""
    return f"{MOMENTS[name]}: {'; '.join(in_words(stamp['doubts']))}{by}"
