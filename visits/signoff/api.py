from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from conduct.base.access import get_or_404, require
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.records.queries import visits_of_engineer
from visits.schedule.states import VisitState

from . import actions
from .difference_words import in_words
from .forms import PackageForm
from .queries import current_nonce, next_statement
from .statement import digest, short


def _visit(request, number):
    require(request.user, Permission.SIGN_OFF)
    return get_or_404(visits_of_engineer(request.user), number=number)


def _language(request):
    return "en" if request.query_params.get("language") == "en" else "zh-hans"


@extend_schema(responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
def statement(request, number):
    """The statement in the customer's language, with its hash, the consent wording and what differs from the last version."""
    visit, language = _visit(request, number), _language(request)
    nonce = current_nonce(visit)
    if visit.state != VisitState.FINISHED:
        return Response({"message": _("This record is not waiting for a signature any more.")}, status=409)
    if nonce is None:
        return Response({"message": _("Hand the laptop over from the record page first.")}, status=409)
    body, changed = next_statement(visit, language=language, nonce=nonce)
    sha256 = digest(body)
    ours = company()
    return Response(
        {"statement": body, "sha256": sha256, "short": short(sha256), "nonce": nonce, "changes": _in(language, changed),
         "consent": ours.consent_in(language), "state": visit.state}
    )  # fmt: skip


def _in(language, changed):
    with translation.override(language):
        return in_words(changed)


@extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT})
@api_view(["POST"])
def sign_off(request, number):
    """Store the package that a customer signed. 201 stored, 200 stored before, 422 not complete."""
    visit, language = _visit(request, number), _language(request)
    package_id = serializers.UUIDField().run_validation(request.data.get("id"))
    with translation.override(language):
        form = PackageForm(request.data)
        if not form.is_valid():
            fields = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
            return Response({"message": _("Please look at the marked fields."), "fields": fields}, status=422)
        kept, is_new = actions.receive(
            visit=visit, package_id=package_id, package=form.cleaned_data, by=request.user, at=timezone.now()
        )
        receipt = {
            "id": str(kept.pk),
            "sha256": kept.sha256,
            "version": kept.version,
            "received_at": kept.received_at.isoformat(),
            "state": kept.kind if not kept.marks else "marked",
            "marks": [str(words) for words in kept.mark_words],
        }
    return Response({"receipt": receipt}, status=201 if is_new else 200)
