from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act

from . import departments, queries
from .access import Permission
from .forms import DepartmentForm
from .models import Department


@login_required
def department_list(request):
    require(request.user, Permission.MANAGE_STAFF)
    rows = queries.with_people(queries.departments_for(request.user)).order_by("name")
    return render(request, "conduct/people/departments.html", {"rows": rows, "nowhere": queries.nowhere()[:50]})


@login_required
def new(request):
    require(request.user, Permission.MANAGE_STAFF)
    return _edit(request, Department(), _("New department"))


@login_required
def edit(request, name):
    require(request.user, Permission.MANAGE_STAFF)
    department = get_or_404(queries.departments_for(request.user), name=name)
    return _edit(request, department, department.name)


def _edit(request, department, heading):
    people = queries.people_of(department) if department.pk else []
    form = DepartmentForm(request.POST or None, instance=department, people=people)
    if request.method == "POST" and form.is_valid():
        facts = {"department": form.instance, "lines": form.lines, "by": request.user, "at": timezone.now()}
        if act(form, departments.save_department, **facts):
            messages.success(request, _("Saved."))
            return redirect("people:departments")
    return render(request, "conduct/people/department.html", {"form": form, "heading": heading})
