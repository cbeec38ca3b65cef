"""What the customer's page asks and posts. Its session holds one link and nothing else; CSRF is checked as on any page."""

import json
import uuid

from django.http import JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visits.postponements.forms import AnswerForm
from visits.postponements.queries import statement_of
from visits.postponements.states import PostponementState
from visits.records.schema import is_keepable
from visits.signoff.answers import language_of, receipt_of, refusal_of, statement_answer
from visits.signoff.forms import PackageForm
from visits.signoff.statement import digest

from . import actions
from .queries import ended
from .sessions import invitation_of


@never_cache
@require_GET
def statement(request):
    """The statement of the visit that the session's link is for. 410, in words, when the link leads nowhere any more."""
    language = language_of(request.GET)
    with translation.override(language):
        invitation = invitation_of(request)
        if invitation is None:
            return JsonResponse({"message": _("Please open your link again.")}, status=410)
        if why := ended(invitation, timezone.now()):
            return JsonResponse({"message": why}, status=410)
    return JsonResponse(shown(invitation, language))


def shown(invitation, language):
    """What the customer reads: the record's statement, or the postponement's."""
    if invitation.visit_id:
        return statement_answer(invitation.visit, language=language, nonce=invitation.nonce)
    body = statement_of(invitation.postponement, language=language, nonce=invitation.nonce)
    return {"statement": body, "sha256": digest(body), "nonce": invitation.nonce, "changes": [], "consent": body["consent"]}


@never_cache
@require_POST
def sign_off(request):
    """Store what the customer signed. 201 stored, 200 stored before, 422 not complete, 409 used already."""
    with translation.override(language_of(request.GET)):
        invitation = invitation_of(request)
        if invitation is None:
            return JsonResponse({"message": _("Please open your link again.")}, status=410)
        sent = _body(request)
        form = (PackageForm if invitation.visit_id else AnswerForm)(sent)
        if sent is None or not form.is_valid():
            return JsonResponse(refusal_of(form), status=422)
        receipt, is_new = _keep(invitation, uuid.UUID(sent["id"]), form.cleaned_data, timezone.now())
        return JsonResponse({"receipt": receipt}, status=201 if is_new else 200)


def _keep(invitation, sent_id, package, at):
    if invitation.visit_id:
        kept, is_new = actions.sign(invitation=invitation, package_id=sent_id, package=package, at=at)
        return receipt_of(kept), is_new
    kept, is_new = actions.answer(invitation=invitation, answer_id=sent_id, package=package, at=at)
    state = "refused" if kept.state == PostponementState.REFUSED else "signed"
    return {"id": str(kept.answer_id), "sha256": kept.sha256, "received_at": kept.answered_at.isoformat(), "state": state, "marks": []}, is_new


def _body(request):
    """The JSON that was posted, with a well-formed id and nothing that no database keeps; None for anything else."""
    try:
        sent = json.loads(request.body)
        uuid.UUID(sent["id"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return sent if is_keepable(sent) else None
