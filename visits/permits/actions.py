from django.db import transaction

from conduct.trail import actions as trail


@transaction.atomic
def save(*, pack, by, at):
    """Write what the keeper of a machine room asks for. Documents of people stay out of the trail."""
    pack.changed_at = at
    pack.save()
    facts = {"permit": pack.permit_number, "from": str(pack.permit_from or ""), "to": str(pack.permit_until or "")}
    trail.note(verb="entry_pack.changed", subject=pack.order, by=by, at=at, **facts)
    return pack
