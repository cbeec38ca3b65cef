from .models import Promise

NOBODY = "–"


def blank_promises(*, visit):
    """Words and names go; days, owner and outcome stay."""
    rows = Promise.objects.filter(visit=visit)
    rows.exclude(settled_why="").update(settled_why=NOBODY)
    rows.update(text=NOBODY, agreed_with="")
