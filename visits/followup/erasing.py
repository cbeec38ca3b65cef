from .models import CallAttempt, FollowUp


def blank_calls(*, visit):
    """What the customer said goes; the marks given and how many calls it took stay."""
    FollowUp.objects.filter(visit=visit).update(comment="")
    CallAttempt.objects.filter(follow_up__visit=visit).update(note="")
