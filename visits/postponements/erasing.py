from .models import Postponement

NOBODY = "–"
TEXTS = ("signer_position", "signer_telephone", "typed_name", "comment")


def answered_before(moment):
    """Postponements whose answer came before that moment and is still here, oldest first."""
    return Postponement.objects.filter(answered_at__lt=moment).exclude(statement={}).order_by("answered_at", "id")


def blank(*, postponements):
    """Who answered and in what words goes; the windows, the answer and its hash stay. Returns how many there were."""
    rows = Postponement.objects.filter(pk__in=list(postponements.values_list("pk", flat=True)))
    rows.exclude(refusal_reason="").update(refusal_reason=NOBODY)
    return rows.update(**dict.fromkeys(TEXTS, ""), signer_name=NOBODY, reason=NOBODY, strokes=None, statement={})
