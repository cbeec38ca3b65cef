from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.shell.views import render_shell
from visits.records.clock_words import confidence
from visits.records.queries import visits_of_engineer
from visits.schedule.queries import visit_page, visits_for

from . import actions
from .difference_words import in_words
from .forms import CorrectForm, LeaveForm, SettleForm, SignerForm, StampedCopyForm, TranscribeForm
from .middleware import KEY
from .qr import record_numbers_in
from .queries import beside_entries, differences, sign_offs_of, sign_offs_to_open
from .words import sign_rules, words


def _own(request, number):
    require(request.user, Permission.SIGN_OFF)
    return get_or_404(visits_of_engineer(request.user), number=number)


@login_required
@require_POST
def start(request, number):
    """Hand the laptop over: from here on this session shows nothing but the customer's page."""
    visit = _own(request, number)
    actions.hand_over(visit=visit, by=request.user, at=timezone.now())
    request.session[KEY] = visit.number
    return redirect("signoff:sign", number)


@login_required
@ensure_csrf_cookie
def sign(request, number):
    """The customer's page: a shell without customer data, in the customer's language."""
    visit = _own(request, number)
    if request.session.get(KEY) != visit.number:
        return redirect("records:record", number)
    language = "en" if request.GET.get("language") == "en" else "zh-hans"
    with translation.override(language):
        return render(request, "visits/signoff/sign.html", _page(language) | {"number": number})


def shell(request, language):
    """The customer's page as a laptop keeps it."""
    return render_shell(request, language, "visits/signoff/sign.html", lambda: _page(language))


def _page(language):
    return {"form": SignerForm(auto_id="sign-%s"), "words": words(), "language": language, "rules": sign_rules()}


@login_required
def leave(request, number):
    """The engineer takes the laptop back."""
    visit = _own(request, number)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            form.add_error("secret", _("Too many attempts. Please wait a minute."))
        elif _is_engineer(request.user, form.cleaned_data["secret"]):
            request.session.pop(KEY, None)
            request.session.cycle_key()
            return redirect(visit)
        else:
            form.add_error("secret", _("That was not right."))
    return render(request, "visits/signoff/leave.html", {"form": form, "number": number})


def _is_engineer(user, secret):
    if user.check_password(secret):
        return True
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return bool(factor and factor.wrap().validate_code(secret))


@login_required
def transcribe(request, number):
    visit = get_or_404(visit_page(request.user).exclude(record_number=None), number=number)
    require(request.user, Permission.TRANSCRIBE_SIGN_OFF, visit)
    form = TranscribeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _is_of(visit, form) and _transcribe(request, visit, form):
        messages.success(request, _("Entered. The service report is being made."))
        return redirect(visit)
    return render(request, "visits/signoff/transcribe.html", {"form": form, "visit": visit})


def _is_of(visit, form):
    """The sheet's QR code names its record; where it cannot be read, the person names it."""
    scan = form.cleaned_data["scan"]
    numbers = record_numbers_in(scan.read()) or {form.cleaned_data["record_number"].strip()} - {""}
    scan.seek(0)
    if not numbers:
        form.add_error("record_number", _("The QR code could not be read. Please type the record number from the sheet."))
    elif visit.record_number not in numbers:
        form.add_error("scan", _("This sheet belongs to %(number)s.") % {"number": ", ".join(numbers)})
    return form.is_valid()


def _transcribe(request, visit, form):
    facts = dict(form.cleaned_data)
    scan, signed_at, _number = facts.pop("scan"), facts.pop("signed_at"), facts.pop("record_number")
    who = {"by": request.user, "at": timezone.now(), "language": request.user.language}
    return act(form, actions.transcribe, visit=visit, scan=scan, signer=facts, signed_at=signed_at, **who)


@login_required
def stamped_copy(request, number):
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.TRANSCRIBE_SIGN_OFF, visit)
    form = StampedCopyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["stamped_copy"]
        if act(form, actions.add_stamped_copy, visit=visit, upload=upload, by=request.user, at=timezone.now()):
            messages.success(request, _("The stamped copy is with the record."))
            return redirect(visit)
    context = {"form": form, "visit": visit, "heading": _("Stamped copy")}
    return render(request, "visits/signoff/form.html", context)


@login_required
def settle(request, number, package_id):
    """Headquarters decides on a signature where something does not fit, seeing both sides."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.SETTLE_SIGN_OFF, visit)
    sign_off = get_or_404(sign_offs_of(visit), pk=package_id)
    if not sign_off.waits:
        messages.info(request, _("Nothing is left to decide about this signature."))
        return redirect(visit)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.settle, sign_off=sign_off, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Decided and noted on the trail."))
            return redirect(visit)
    covered, away, others = beside_entries(sign_off)
    context = {
        "form": form, "visit": visit, "sign_off": sign_off, "differences": in_words(differences(visit, sign_off)),
        "confidence": confidence(sign_off.clock), "covered": covered, "away": away, "others": others,
    }  # fmt: skip
    return render(request, "visits/signoff/settle.html", context)


@login_required
def correct(request, number):
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.WRITE_RECORD, visit)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.correct(visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The record is open again. The next version needs a new signature."))
        return redirect("records:record", number)
    return render(request, "visits/signoff/form.html", {"form": form, "visit": visit, "heading": _("Correct the record")})


@login_required
def picture(request, number, package_id, which):
    """The stamp, the stamped copy or the scan of one sign-off."""
    visit = get_or_404(visits_for(request.user), number=number)
    kept = get_or_404(sign_offs_to_open(visit, request.user).exclude(**{which: None}), pk=package_id)
    return serve(getattr(kept, which))
