from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions
from .forms import AnswerForm
from .queries import questions_for


@login_required
def question_list(request):
    require(request.user, Permission.ANSWER_QUESTIONS)
    rows = questions_for(request.user)
    show = "answered" if request.GET.get("show") == "answered" else "open"
    rows = rows.exclude(answered_at=None) if show == "answered" else rows.filter(answered_at=None)
    page = keyset(rows, request, order=("-asked_at", "-id"))
    return render(request, "visits/escalations/list.html", {"page": page, "show": show})


@login_required
def question(request, number):
    asked = get_or_404(questions_for(request.user), number=number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer(question=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Answered. The engineer sees it on the record page."))
        return redirect("escalations:list")
    return render(request, "visits/escalations/question.html", {"question": asked, "form": form})
