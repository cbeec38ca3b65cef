from .models import CustomerNotice

NOBODY = "–"


def blank_notices(*, visit):
    """Who was told and what was offered goes; that and when the customer was told stays."""
    rows = CustomerNotice.objects.filter(visit=visit)
    rows.exclude(told_to="").update(told_to=NOBODY, told_how=NOBODY)
    rows.update(reason="", remedy="")
