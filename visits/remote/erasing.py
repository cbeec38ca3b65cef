from .models import RemoteCase, RemoteContact

NOBODY = "–"


def blank_cases(*, visit):
    """What the customer wanted, whom to contact and what was said goes; the case and its state stay."""
    cases = RemoteCase.objects.filter(visit=visit)
    cases.exclude(result="").update(result=NOBODY)
    cases.update(wanted=NOBODY, contact=NOBODY)
    RemoteContact.objects.filter(case__visit=visit).update(text=NOBODY)
