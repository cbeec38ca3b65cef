from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import require
from conduct.base.forms import act
from conduct.files.queries import serve
from conduct.people.access import Permission

from . import actions
from .forms import CompanyForm
from .queries import company


@login_required
def edit(request):
    require(request.user, Permission.MANAGE_COMPANY)
    form = CompanyForm(request.POST or None, request.FILES or None, instance=company())
    if request.method == "POST" and form.is_valid():
        logo = form.cleaned_data["logo_picture"]
        if act(form, actions.save_company, company=form.instance, logo=logo, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect("company:edit")
    return render(request, "conduct/company/form.html", {"form": form, "company": company()})


def logo(request):
    """The company's logo stands on its sign-in page, so everybody may see it."""
    picture = company().logo
    return serve(picture) if picture else redirect(static("img/mark.svg"))
