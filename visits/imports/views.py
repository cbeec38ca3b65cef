from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions
from .checking import check
from .columns import HEADINGS
from .forms import OrdersForm, TakeOverForm
from .queries import imports_for
from .sample import explanations, sample

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def upload(request):
    """Choose a file; the rows are shown next. Earlier files stand below."""
    require(request.user, Permission.EDIT_ORDERS)
    form = OrdersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {"name": form.files["sheet"].name, "rows": form.cleaned_data["sheet"]}
        return redirect(actions.look_at(by=request.user, at=timezone.now(), **facts))
    page = keyset(imports_for(request.user).defer("rows"), request, order=("-at", "-id"), size=20)
    return render(request, "visits/imports/upload.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@login_required
def sample_file(request):
    require(request.user, Permission.EDIT_ORDERS)
    return HttpResponse(sample(), content_type=XLSX, headers={"Content-Disposition": 'attachment; filename="orders.xlsx"'})


@login_required
def detail(request, number):
    """Every row as it would be imported, bad cells named; importing asks for agreement when some are left out."""
    source = get_or_404(imports_for(request.user), number=number)
    checked = check(source.rows)
    form = TakeOverForm(request.POST if request.method == "POST" else None, checked=checked)
    if request.method == "POST" and form.is_valid():
        who = {"by": request.user, "at": timezone.now()}
        if count := act(form, actions.take_over, source=source, **form.cleaned_data, **who):
            done = ngettext("%(count)d order is raised.", "%(count)d orders are raised.", count)
            messages.success(request, done % {"count": count})
            return redirect(source)
    return render(request, "visits/imports/detail.html", _page(source, checked, form), status=422 if form.errors else 200)


def _page(source, checked, form):
    """A file that was settled shows what became of it; one that was not is checked anew."""
    words = {code: names[0] for code, names in HEADINGS.items()}
    return {
        "source": source, "form": form, **{state: checked.of(state) for state in ("bad", "likely", "good", "known")},
        "strange": checked.strange, "missing": [words[code] for code in checked.missing if source.rows], "columns": explanations(),
        "waits": source.state == "looked_at",
    }  # fmt: skip


@login_required
@require_POST
def discard(request, number):
    require(request.user, Permission.EDIT_ORDERS)
    source = get_or_404(imports_for(request.user), number=number)
    actions.discard(source=source, by=request.user, at=timezone.now())
    messages.success(request, _("Thrown away. Nothing was imported."))
    return redirect("imports:upload")
