from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.errors import DomainError
from conduct.base.forms import Form
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission
from visits.schedule.queries import visit_page

from . import actions, seal, verdict
from .queries import papers_of, sheet_of
from .worker import RenderFailed, render_once

LARGEST = 20 * 1024 * 1024


class DropForm(Form):
    paper = forms.FileField(label=gettext_lazy("service report (PDF)"))

    def clean_paper(self):
        upload = self.cleaned_data["paper"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        if b"%PDF-" not in upload.read(1024):
            raise forms.ValidationError(_("This is not a PDF. Of a printout, a scan or a photo check the QR code."))
        upload.seek(0)
        return upload


@login_required
def paper(request, number):
    """The sealed paper, the newest version unless `?version=` names one."""
    visit = get_or_404(visit_page(request.user), number=number)
    papers = papers_of(visit, request.user).exclude(file=None)
    version = request.GET.get("version", "")
    found = papers.filter(version=version).first() if version.isdecimal() else papers.first()
    if found is None:
        raise Http404
    return serve(found.file, download="download" in request.GET)


@login_required
def sheet(request, number):
    """The visit sheet: the still unsigned record, for printing, as identification on site."""
    visit = get_or_404(visit_page(request.user).exclude(record_number=None), number=number)
    require(request.user, Permission.SEE_VISITS, visit)
    language = "en" if request.GET.get("language") == "en" else "zh-hans"
    try:
        pdf = render_once(sheet_of(visit, language))
    except RenderFailed as error:
        raise DomainError(_("The sheet could not be made: %(why)s") % {"why": error}) from error
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{visit.record_number}-sheet.pdf"'
    return response


@login_required
@require_POST
def again(request, number, version):
    """A paper that could not be made is tried again."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.SETTLE_DELIVERIES, visit)
    found = get_or_404(papers_of(visit, request.user), version=version)
    actions.ask_again(paper=found, by=request.user, at=timezone.now())
    messages.success(request, _("The report is being made again."))
    return redirect(visit)


def verify(request):
    """Anybody may check a paper here. A stranger learns whether it is genuine, not what is in it."""
    form = DropForm(request.POST or None, request.FILES or None)
    finding = None
    if request.method == "POST" and form.is_valid():
        finding = verdict.of_file(form.cleaned_data["paper"].read())
    code = "".join(request.GET.get("code", "").split()).upper()
    if code:
        return redirect("papers:verify_code", code)
    sheet = request.GET.get("number", "")  # the QR code of a visit sheet, which is printed before anything is sealed
    return render(request, "visits/papers/verify.html", _page(form=form, finding=finding, sheet=sheet))


def verify_code(request, code):
    return render(request, "visits/papers/verify.html", _page(finding=verdict.of_code(code), code=code))


def certificates(request):
    """The certificates of every key that ever sealed for us, for the programs that check signatures without this page."""
    return HttpResponse(seal.certificates_pem(settings.KEYS_DIR), content_type="application/x-pem-file")


def _page(**facts):
    fingerprint = seal.fingerprint(settings.KEYS_DIR)
    return {"form": DropForm(), "hotline": company().hotline, "fingerprint": fingerprint, **facts}
