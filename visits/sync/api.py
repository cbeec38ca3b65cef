import uuid

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, permission_classes
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from conduct.base.access import get_or_404, require
from conduct.devices import actions as devices
from conduct.devices.queries import device_named
from conduct.devices.states import DeviceState
from conduct.files.queries import serve
from conduct.people.access import Permission
from visits.records.intake import ReceiptSerializer, uuid_in
from visits.records.queries import visits_ever_of, visits_of_engineer
from visits.records.schema import is_keepable
from visits.signoff.middleware import KEY

from . import actions, keys, queries
from .intake import Unusable, envelopes_in, take_all, take_package
from .models import Blob, ItemType, Readiness

PIECE = 1024 * 1024
MANY = 5000
CLEAR = '"storage"'


class Bytes(BaseParser):
    """A raw piece of a file. One byte more than allowed is read, so that too much is seen."""

    media_type = "application/octet-stream"

    def parse(self, stream, media_type=None, parser_context=None):
        return stream.read(PIECE + 1)


class StorageSerializer(serializers.Serializer):
    persisted = serializers.BooleanField(required=False, allow_null=True, default=None)
    free_bytes = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0, max_value=2**62)
    quota_bytes = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0, max_value=2**62)


class HeldSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    type = serializers.ChoiceField(choices=ItemType.choices)
    visit = serializers.CharField(max_length=16, allow_blank=True, default="")
    since = serializers.DateTimeField(required=False, allow_null=True, default=None)
    sha256 = serializers.CharField(max_length=64, allow_blank=True, default="")


class ReadySerializer(serializers.Serializer):
    visit = serializers.CharField(max_length=16)
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    state = serializers.ChoiceField(choices=Readiness.State.choices)
    missing = serializers.ListField(child=serializers.CharField(max_length=40), max_length=40, default=list)


class ContactSerializer(serializers.Serializer):
    device = serializers.UUIDField()
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    device_time = serializers.DateTimeField()
    monotonic_ms = serializers.IntegerField(required=False, allow_null=True, default=None)
    app_version = serializers.CharField(max_length=40, allow_blank=True, default="")
    signing = serializers.CharField(max_length=16, allow_blank=True, default="")
    storage = StorageSerializer(default=dict)
    held = HeldSerializer(many=True, default=list, max_length=MANY)
    ready = ReadySerializer(many=True, default=list, max_length=500)


class TypedReceipt(ReceiptSerializer):
    type = serializers.ChoiceField(choices=ItemType.choices)


BlobReceipt = inline_serializer(
    "BlobReceipt",
    {"receipt": inline_serializer("BlobFacts", {
        "id": serializers.UUIDField(), "sha256": serializers.CharField(), "received": serializers.IntegerField(),
        "complete": serializers.BooleanField(), "received_at": serializers.DateTimeField(),
    })},
)  # fmt: skip
PackageReceipt = inline_serializer(
    "PackageReceipt",
    {"receipt": inline_serializer("PackageFacts", {
        "id": serializers.UUIDField(), "sha256": serializers.CharField(), "package_sha256": serializers.CharField(),
        "version": serializers.IntegerField(allow_null=True), "received_at": serializers.DateTimeField(),
        "state": serializers.ChoiceField(choices=["signed", "refused", "marked", "quarantined"]),
        "marks": serializers.ListField(child=serializers.CharField()),
    })},
)  # fmt: skip


NOT_HERE = inline_serializer("NotArrived", {
    "id": serializers.UUIDField(), "type": serializers.ChoiceField(choices=ItemType.choices), "visit": serializers.CharField(),
    "since": serializers.DateTimeField(allow_null=True),
}, many=True)  # fmt: skip
ContactAnswer = inline_serializer("ContactAnswer", {
    "server_time": serializers.DateTimeField(), "person": serializers.CharField(),
    "device_state": serializers.ChoiceField(choices=DeviceState.choices), "lease_until": serializers.DateTimeField(),
    "passphrase_epoch": serializers.IntegerField(), "signing": serializers.CharField(allow_blank=True),
    "visits": serializers.ListField(child=serializers.CharField()),
    "hq_key": serializers.DictField(), "received": serializers.ListField(child=serializers.UUIDField()), "missing": NOT_HERE,
    "app_version": serializers.CharField(),
})  # fmt: skip
SignedOut = inline_serializer("SignedOut", {
    "message": serializers.CharField(), "device_state": serializers.ChoiceField(choices=[*DeviceState.values, "unknown"]),
})  # fmt: skip


@extend_schema(
    parameters=[OpenApiParameter("X-Device", OpenApiTypes.UUID, OpenApiParameter.HEADER)],
    request=ContactSerializer,
    responses={200: ContactAnswer, 400: OpenApiTypes.OBJECT, 401: SignedOut, 422: OpenApiTypes.OBJECT},
)
@api_view(["POST"])
@permission_classes([AllowAny])
def contact(request):
    """A laptop calls: what it holds, what it is ready for; the answer says what it may hold and what has arrived.

    `signing` names the visit whose customer holds the laptop, handed over without a network: from here on the session is in sign mode.
    Without a session it learns only whether it is revoked. `Clear-Site-Data` comes with an order to wipe, and with the last
    receipt of a revoked laptop.
    """
    body = request.data if isinstance(request.data, dict) else {}
    if not request.user.is_authenticated:
        return _signed_out(device_named(request.headers.get("X-Device") or body.get("device")))
    if not is_keepable(body):
        return Response({"message": _("This call is not well formed.")}, status=400)
    sent = ContactSerializer(data=body)
    if not sent.is_valid():
        return Response({"message": _("This call is not well formed."), "fields": sent.errors}, status=422)
    facts, at = dict(sent.validated_data), timezone.now()
    _monotonic_ms, in_hands = facts.pop("monotonic_ms"), facts.pop("signing")
    if not device_named(facts["device"]):
        require(request.user, Permission.WRITE_RECORD)
    storage = {name: facts["storage"].get(name) for name in StorageSerializer().fields}
    key = request.session.session_key or ""
    device, visits, received = actions.contact(
        staff=request.user, device_id=facts.pop("device"), session_key=key, at=at, **facts | {"storage": storage}
    )
    if any(visit.number == in_hands for visit in visits):
        request.session[KEY] = in_hands
    answer = _state_of_affairs(request, device, visits, at) | {"received": received}
    done = device.state == DeviceState.REVOKED and len(received) == len(facts["held"])
    return _answer(answer, device, 200, done)


def _signed_out(device):
    return _answer({"message": _("You are signed out."), "device_state": device.state if device else "unknown"}, device, 401)


def _state_of_affairs(request, device, visits, at):
    """What a laptop may hold and what it should know."""
    signing = request.session.get(KEY)
    return {
        "server_time": at.isoformat(),
        "person": request.user.username,
        "device_state": device.state,
        "lease_until": device.lease_until.isoformat(),
        "passphrase_epoch": device.passphrase_epoch,
        "signing": signing or "",
        "visits": [visit.number for visit in visits if signing in (None, visit.number)],
        "hq_key": keys.public_key(settings.KEYS_DIR, at=at),
        "missing": _missing(device),
        "app_version": queries.app_version(),
    }


def _missing(device):
    return [
        {
            "id": str(row.item_id),
            "type": row.type,
            "visit": row.visit.number if row.visit else "",
            "since": row.since.isoformat() if row.since else None,
        }
        for row in queries.announced_by(device).exclude(gone_at=None)
    ]


def _answer(body, device, status, done=False):
    response = Response(body, status=status)
    if device and (done or device.state == DeviceState.WIPE):
        response["Clear-Site-Data"] = CLEAR
        devices.wipe_told(device=device, at=timezone.now())
    return response


@extend_schema(
    parameters=[OpenApiParameter("id", OpenApiTypes.UUID, many=True)],
    responses=inline_serializer(
        "Receipts", {"receipts": TypedReceipt(many=True)}
    ),
)
@api_view(["GET"])
def receipts(request):
    """What has arrived of the ids asked for. An id that is not known is absent."""
    ids = {value for value in map(_uuid, request.query_params.getlist("id")[:MANY]) if value}
    return Response({"receipts": queries.receipts(ids, request.user)})


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@extend_schema(
    parameters=[OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER)],
    responses={200: OpenApiTypes.OBJECT, 304: OpenApiResponse(description="As it was when this ETag came.")},
)
@api_view(["GET"])
def bundle(request, number):
    """Everything that the record page of one visit shows, and what signing without a network needs."""
    require(request.user, Permission.WRITE_RECORD)
    visit = get_or_404(visits_of_engineer(request.user), number=number)
    body = queries.offline_bundle(visit, device=request.device, at=timezone.now())
    headers = {"ETag": f'"{queries.version_of(body)}"'}
    if request.headers.get("If-None-Match", "").removeprefix("W/") == headers["ETag"]:
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)


@extend_schema(responses={200: OpenApiTypes.BINARY})
@api_view(["GET"])
def earlier(request, number, file_id):
    """A photo of an earlier visit at the same site."""
    require(request.user, Permission.WRITE_RECORD)
    visit = get_or_404(visits_of_engineer(request.user), number=number)
    return serve(get_or_404(queries.earlier_files(visit), pk=file_id).file)


@extend_schema(
    methods=["POST"],
    request={"application/octet-stream": OpenApiTypes.BINARY},
    parameters=[
        OpenApiParameter("offset", int, required=True), OpenApiParameter("total", int, required=True),
        OpenApiParameter("sha256", str, required=True), OpenApiParameter("name", str), OpenApiParameter("type", str),
    ],
    responses={200: BlobReceipt, 201: BlobReceipt, 409: OpenApiTypes.OBJECT, 413: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT},
)  # fmt: skip
@extend_schema(methods=["GET"], responses=BlobReceipt)
@api_view(["GET", "POST"])
@parser_classes([Bytes])
def blob(request, number, blob_id):
    """A photo or file in pieces of at most 1 MiB, in order. GET says how far it came; 409 names the offset that is expected."""
    visit = get_or_404(visits_ever_of(request.user), number=number)
    if request.method == "GET":
        kept = get_or_404(Blob.objects.filter(visit=visit, by=request.user), pk=blob_id)
        return Response({"receipt": queries.blob_receipt(kept)})
    sent = BlobSerializer(data=request.query_params)
    if not sent.is_valid():
        return Response({"message": _("This piece is not well formed."), "fields": sent.errors}, status=422)
    if not isinstance(request.data, bytes) or len(request.data) > PIECE:
        return Response({"message": _("A piece holds at most 1 MiB.")}, status=413)
    return _piece(request, visit, blob_id, sent.validated_data)


class BlobSerializer(serializers.Serializer):
    offset = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    type = serializers.CharField(max_length=60, allow_blank=True, default="")


def _piece(request, visit, blob_id, facts):
    facts, at = dict(facts), timezone.now()
    facts |= {"content_type": facts.pop("type"), "data": request.data}
    try:
        kept = actions.take_piece(visit=visit, blob_id=blob_id, by=request.user, at=at, **facts)
    except actions.BlobRefused as error:
        again = error.status == 422  # it was spoilt on its way and comes anew
        return Response({"message": error.message, "received": error.received, "again": again}, status=error.status)
    except actions.DomainError as error:
        return Response({"message": error.message, "received": 0}, status=422)
    return Response({"receipt": queries.blob_receipt(kept)}, status=201 if kept.completed_at == at else 200)


@extend_schema(
    request=OpenApiTypes.OBJECT,
    responses={201: PackageReceipt, 200: PackageReceipt, 202: PackageReceipt, 409: PackageReceipt, 422: OpenApiTypes.OBJECT},
)
@api_view(["POST"])
def packages(request, number):
    """What a customer signed without a network: always stored. 201 stored, 200 stored before, 202 kept whole for a person."""
    visit = get_or_404(visits_ever_of(request.user), number=number)
    if not uuid_in(request.data):
        return Response({"message": _("This package has no id."), "fields": {"id": [_("This is needed.")]}}, status=422)
    taken = take_package(visit, request.data, device=request.device, by=request.user, at=timezone.now())
    return Response({"receipt": taken.receipt}, status=taken.status)



SealedItems = inline_serializer("SealedItems", {
    "format": serializers.CharField(), "device": serializers.CharField(required=False),
    "items": inline_serializer("SealedEnvelope", {
        "format": serializers.CharField(), "key": serializers.CharField(), "epk": serializers.DictField(),
        "salt": serializers.CharField(), "iv": serializers.CharField(), "data": serializers.CharField(),
    }, many=True),
})  # fmt: skip


SealedAnswer = inline_serializer("SealedAnswer", {
    "receipts": TypedReceipt(many=True), "message": serializers.CharField(),
    "problems": inline_serializer("SealedProblem", {"place": serializers.IntegerField(), "message": serializers.CharField()}, many=True),
})  # fmt: skip


@extend_schema(request=SealedItems, responses={200: SealedAnswer, 422: SealedAnswer})
@api_view(["POST"])
def sealed(request):
    """Items sealed to headquarters' key, of whoever is signed in: stored as if posted plainly. A revoked laptop may, too.

    Answers {receipts, problems: [{place, message}]}; 422 when none could be taken in.
    """
    try:
        rows = take_all(envelopes_in(request.data), private_key=keys.opener(settings.KEYS_DIR), only_from=request.user, at=timezone.now())
    except Unusable as error:
        return Response({"message": error.message}, status=422)
    receipts = [{"type": row["item"]["type"], **row["taken"].receipt} for row in rows if row["taken"]]
    problems = [{"place": place, "message": row["problem"]} for place, row in enumerate(rows) if row["problem"]]
    message = problems[0]["message"] if problems else ""
    return Response({"receipts": receipts, "problems": problems, "message": message}, status=200 if receipts or not rows else 422)
