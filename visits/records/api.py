from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission

from . import actions
from .bundle import bundle_of
from .queries import visits_of_engineer


class EntrySerializer(serializers.Serializer):
    """An entry as the laptop sends it; the payload's own rules are in kinds.py."""

    id = serializers.UUIDField()
    kind = serializers.CharField(max_length=20)
    payload = serializers.DictField()
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)
    device_at = serializers.RegexField(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d$")
    device_offset_minutes = serializers.IntegerField(required=False, min_value=-900, max_value=900, default=0)
    clock_offset_ms = serializers.IntegerField(required=False, allow_null=True, default=None)
    monotonic_ms = serializers.IntegerField(required=False, allow_null=True, default=None)
    live = serializers.BooleanField(default=True)


class FileSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    file = serializers.FileField()


def _visit(request, number):
    require(request.user, Permission.WRITE_RECORD)
    return get_or_404(visits_of_engineer(request.user), number=number)


@extend_schema(responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
def bundle(request, number):
    """Everything the record page of one visit shows."""
    return Response(bundle_of(_visit(request, number), at=timezone.now()))


@extend_schema(request=EntrySerializer, responses={201: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT})
@api_view(["POST"])
def entries(request, number):
    """Store one entry. 201 stored, 200 stored before, 409 the id holds another content (both kept), 422 refused."""
    visit = _visit(request, number)
    sent = EntrySerializer(data=request.data)
    if not sent.is_valid():
        return Response({"message": _("This entry is not well formed."), "fields": sent.errors}, status=422)
    facts = dict(sent.validated_data)
    clock = {name: facts.pop(name) for name in ("device_offset_minutes", "clock_offset_ms", "monotonic_ms")}
    entry_id = facts.pop("id")
    try:
        entry, is_new = actions.add_entry(
            visit=visit, entry_id=entry_id, clock=clock, by=request.user, at=timezone.now(), **facts
        )
    except actions.Refused as error:
        rules = [{"code": rule.code, "text": rule.text} for rule in error.rules]
        return Response({"message": error.message, "fields": error.fields, "rules": rules}, status=422)
    return Response({"receipt": receipt(entry)}, status=409 if entry.pk != entry_id else 201 if is_new else 200)


def receipt(entry):
    return {
        "id": str(entry.pk),
        "sha256": entry.sha256,
        "received_at": entry.received_at.isoformat(),
        "state": entry.state,
        "reason": entry.set_aside_reason,
    }


@extend_schema(request=FileSerializer, responses={201: OpenApiTypes.OBJECT})
@api_view(["POST"])
@parser_classes([MultiPartParser])
def files(request, number):
    """Keep a photo or file under the id that the laptop made for it."""
    visit = _visit(request, number)
    file_id = serializers.UUIDField().run_validation(request.data.get("id"))
    upload = request.data.get("file")
    if not hasattr(upload, "read"):
        message = _("Choose a file.")
        return Response({"message": message, "fields": {"file": [message]}}, status=422)
    kept = actions.keep_file(visit=visit, file_id=file_id, upload=upload, by=request.user, at=timezone.now())
    return Response({"file": str(kept.pk), "sha256": kept.file.sha256}, status=201)
