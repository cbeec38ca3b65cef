from .models import IdempotentAnswer


def drop_answers(*, before):
    """Answers that a system could have asked for again, from before that moment."""
    IdempotentAnswer.objects.filter(at__lt=before).delete()
