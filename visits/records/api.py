from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission

from . import actions
from .intake import EntrySerializer, Malformed, ReceiptSerializer, take_entry
from .queries import visits_ever_of, visits_of_engineer


class FileSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    file = serializers.FileField()


EntryReceipt = inline_serializer("EntryReceipt", {"receipt": ReceiptSerializer()})


def _visit(request, number):
    require(request.user, Permission.WRITE_RECORD)
    return get_or_404(visits_of_engineer(request.user), number=number)


def _visit_of_entry(request, number):
    """What was made on the road is taken from whoever had the visit then; a live entry from whoever has it now."""
    visit = get_or_404(visits_ever_of(request.user), number=number)
    offline = isinstance(request.data, dict) and request.data.get("live") is False
    return visit if offline else _visit(request, number)


@extend_schema(
    request=EntrySerializer,
    responses={201: EntryReceipt, 200: EntryReceipt, 202: EntryReceipt, 409: EntryReceipt, 422: OpenApiTypes.OBJECT},
)
@api_view(["POST"])
def entries(request, number):
    """Store one entry. 201 stored, 200 stored before, 409 the id holds another content (both kept), 422 refused.

    `live: false` was made without network and is never refused: what cannot be read is kept whole (202).
    """
    visit = _visit_of_entry(request, number)
    try:
        taken = take_entry(visit, request.data, device=request.device, by=request.user, at=timezone.now())
    except Malformed as error:
        return Response({"message": _("This entry is not well formed."), "fields": error.fields}, status=422)
    except actions.Refused as error:
        rules = [{"code": rule.code, "text": rule.text} for rule in error.rules]
        return Response({"message": error.message, "fields": error.fields, "rules": rules}, status=422)
    return Response({"receipt": taken.receipt}, status=taken.status)


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
    return Response({"file": str(kept.pk), "sha256": kept.signed_sha256}, status=201)
