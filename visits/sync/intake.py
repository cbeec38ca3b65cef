"""Takes in what laptops hold: packages as they are posted, and sealed items of any type as if their author had posted them."""

from django.utils import translation
from rest_framework import serializers

from visits.records.intake import ClockSerializer, uuid_in
from visits.signoff.forms import PackageForm

from . import actions

NO_CLOCK = {"clock_offset_ms": None, "anchor_at": None, "monotonic_ms": None}


class PackageExtras(serializers.Serializer):
    """What a package from a laptop without network carries besides the sign page's own fields."""

    covers = serializers.ListField(child=serializers.UUIDField(), max_length=1000, default=list)
    clock = ClockSerializer(default=dict)


def take_package(visit, body, *, device, by, at):
    """Store a package, read in the customer's language. Returns records.intake.Taken."""
    statement = body.get("statement") if isinstance(body.get("statement"), dict) else {}
    extras = PackageExtras(data={name: body[name] for name in ("covers", "clock") if name in body})
    facts = extras.validated_data if extras.is_valid() else {"covers": [], "clock": {}}
    with translation.override("en" if statement.get("language") == "en" else "zh-hans"):
        return actions.take_package(
            visit=visit,
            package_id=uuid_in(body),
            body=body,
            form=PackageForm(body),
            clock=NO_CLOCK | dict(facts["clock"]),
            covers=[str(pk) for pk in facts["covers"]],
            device=device,
            by=by,
            at=at,
        )
