from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission
from visits.records.queries import visits_of_engineer
from visits.records.schema import is_keepable
from visits.schedule.states import VisitState

from . import actions
from .answers import language_of, receipt_of, refusal_of, statement_answer
from .forms import PackageForm
from .queries import current_nonce


def _visit(request, number):
    require(request.user, Permission.SIGN_OFF)
    return get_or_404(visits_of_engineer(request.user), number=number)


@extend_schema(responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
def statement(request, number):
    """The statement in the customer's language, with its hash, the consent wording and what differs from the last version."""
    visit = _visit(request, number)
    nonce = current_nonce(visit)
    if visit.state != VisitState.FINISHED:
        return Response({"message": _("This record is not waiting for a signature any more.")}, status=409)
    if nonce is None:
        return Response({"message": _("Hand the laptop over from the record page first.")}, status=409)
    return Response(statement_answer(visit, language=language_of(request.query_params), nonce=nonce))


@extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT, 422: OpenApiTypes.OBJECT})
@api_view(["POST"])
def sign_off(request, number):
    """Store the package that a customer signed. 201 stored, 200 stored before, 400 not to be read, 422 not complete."""
    visit = _visit(request, number)
    if not isinstance(request.data, dict) or not is_keepable(request.data):
        return Response({"message": _("It cannot be read.")}, status=400)
    package_id = serializers.UUIDField().run_validation(request.data.get("id"))
    with translation.override(language_of(request.query_params)):
        form = PackageForm(request.data)
        if not form.is_valid():
            return Response(refusal_of(form), status=422)
        kept, is_new = actions.receive(
            visit=visit, package_id=package_id, package=form.cleaned_data, by=request.user, at=timezone.now()
        )
        receipt = receipt_of(kept)
    return Response({"receipt": receipt}, status=201 if is_new else 200)
