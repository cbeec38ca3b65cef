from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.trail.models import Event

from . import actions, queries
from .access import ACCESS, Permission, Role
from .forms import CertificateForm, EngineerForm, SettingsForm, StaffForm
from .models import Certificate, Staff


@login_required
def staff_list(request):
    require(request.user, Permission.MANAGE_STAFF)
    rows = queries.staff_list().order_by("-is_active", "name")
    return render(request, "conduct/people/list.html", {"rows": rows})


@login_required
def new(request):
    require(request.user, Permission.MANAGE_STAFF)
    return _edit(request, Staff(), _("New person"))


@login_required
def edit(request, username):
    require(request.user, Permission.MANAGE_STAFF)
    staff = get_or_404(queries.staff_for(request.user), username=username)
    return _edit(request, staff, staff.name)


def _edit(request, staff, heading):
    form = StaffForm(request.POST or None, instance=staff)
    if request.method == "POST" and form.is_valid():
        facts = {"roles": form.cleaned_data["roles"], "password": form.cleaned_data["password"]}
        if act(form, actions.save_staff, staff=form.instance, by=request.user, at=timezone.now(), **facts):
            messages.success(request, _("Saved."))
            return redirect(form.instance)
    return render(request, "conduct/people/form.html", {"form": form, "heading": heading})


@login_required
def detail(request, username):
    staff = get_or_404(queries.staff_for(request.user), username=username)
    roles = [Role(code).label for code in Role.values if code in staff.roles]
    context = {"person": staff, "roles": roles, "engineer": getattr(staff, "engineer", None)}
    if request.user.may(Permission.MANAGE_STAFF) and context["engineer"]:
        context["certificate_form"] = CertificateForm()
    return render(request, "conduct/people/detail.html", context)


@login_required
def engineer(request, username):
    require(request.user, Permission.MANAGE_STAFF)
    staff = get_or_404(queries.staff_for(request.user).exclude(engineer=None), username=username)
    form = EngineerForm(request.POST or None, instance=staff.engineer)
    if request.method == "POST" and form.is_valid():
        skills = form.cleaned_data["skills"]
        actions.save_engineer(engineer=form.instance, skills=skills, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(staff)
    return render(request, "conduct/people/form.html", {"form": form, "heading": staff.name})


@login_required
@require_POST
def add_certificate(request, username):
    require(request.user, Permission.MANAGE_STAFF)
    staff = get_or_404(queries.staff_for(request.user).exclude(engineer=None), username=username)
    form = CertificateForm(request.POST)
    if not form.is_valid():
        return render(request, "conduct/people/form.html", {"form": form, "heading": staff.name}, status=422)
    actions.add_certificate(engineer=staff.engineer, by=request.user, at=timezone.now(), **form.cleaned_data)
    return redirect(staff)


@login_required
@require_POST
def remove_certificate(request, username, pk):
    require(request.user, Permission.MANAGE_STAFF)
    certificate = get_or_404(Certificate.objects.filter(engineer__staff__username=username), pk=pk)
    actions.remove_certificate(certificate=certificate, by=request.user, at=timezone.now())
    return redirect("people:detail", username)


@login_required
def me(request):
    form = SettingsForm(request.POST or None, initial={"language": request.user.language, "time_zone": request.user.time_zone})
    if request.method == "POST" and form.is_valid():
        actions.change_own_settings(staff=request.user, at=timezone.now(), **form.cleaned_data)
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("people:me")
    return render(request, "conduct/people/me.html", {"form": form})


@require_POST
def language(request):
    """Switch the language: of the person when signed in, else of this browser."""
    chosen = request.POST.get("language")
    back = request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax", httponly=False)
        if request.user.is_authenticated:
            zone = request.user.time_zone
            actions.change_own_settings(staff=request.user, language=chosen, time_zone=zone, at=timezone.now())
    return response


@login_required
def access(request):
    require(request.user, Permission.SEE_ACCESS)
    rows = [(Permission(code).label, [row.get(role, "") for role in Role]) for code, row in ACCESS.items()]
    return render(request, "conduct/people/access.html", {"roles": Role.labels, "rows": rows})


@login_required
def trail(request):
    require(request.user, Permission.SEE_TRAIL)
    subject = request.GET.get("subject", "").strip()
    events = Event.objects.filter(subject=subject) if subject else Event.objects.all()
    page = keyset(events, request, order=("-id",))
    return render(request, "conduct/trail/list.html", {"page": page, "subject": subject})
