from .models import EntryPack


def packs_before(day):
    """Entry packs whose permit ended before that day and which still name people."""
    named = EntryPack.objects.exclude(people="", escort_name="", escort_telephone="")
    return named.filter(permit_until__lt=day).order_by("permit_until", "id")


def blank(*, packs):
    """People with their documents and the escort go. Returns how many packs."""
    rows = EntryPack.objects.filter(pk__in=list(packs.values_list("pk", flat=True)))
    return rows.update(people="", escort_name="", escort_telephone="")
