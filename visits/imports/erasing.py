from .models import OrderImport


def sheets_before(moment):
    """Spreadsheets that came before that moment and whose cells are still here, settled or forgotten, oldest first."""
    return OrderImport.objects.filter(at__lt=moment).exclude(rows=[]).order_by("at", "id")


def blank_sheets(*, sheets):
    """The cells go; which file it was and what became of it stays. Returns how many."""
    return OrderImport.objects.filter(pk__in=list(sheets.values_list("pk", flat=True))).update(rows=[])
