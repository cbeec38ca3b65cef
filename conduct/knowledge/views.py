from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission
from conduct.trail.queries import trail_of

from . import actions
from .forms import ArticleForm, RetireForm, ReviewForm, TakeOverForm
from .models import ArticleVersion
from .queries import article_of, articles_for, drafts_for, find, like, open_or_next, open_version
from .states import VersionState


@login_required
def article_list(request):
    """What is published, newest first, or what is found under some words; and the drafts that wait."""
    require(request.user, Permission.SEE_ARTICLES)
    text, show = request.GET.get("q", "").strip()[:100], request.GET.get("show", "")
    context = {"q": text, "show": "drafts" if show == "drafts" else ""}
    if text:
        context["found"], context["more"] = find(text)
    elif show == "drafts":
        context["drafts"] = keyset(drafts_for(request.user), request, order=("-written_at", "-id"), size=30)
    else:
        published = articles_for(request.user).filter(current__isnull=False)
        context["page"] = keyset(published, request, order=("-changed_at", "-id"), size=30)
    return render(request, "conduct/knowledge/list.html", context)


@login_required
def article(request, number):
    return _page(request, get_or_404(articles_for(request.user), number=number))


@login_required
def new(request):
    require(request.user, Permission.WRITE_ARTICLES)
    form = ArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = act(form, actions.draft, written=form.cleaned_data, by=request.user, at=timezone.now())
        if made:
            messages.success(request, _("Saved as a draft. Give it to be reviewed when it is ready."))
            return redirect(made.article)
    return render(request, "conduct/knowledge/form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def take_over(request):
    """A draft of something that was solved elsewhere, once; its author completes it."""
    require(request.user, Permission.WRITE_ARTICLES)
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        raise Http404
    about = {name: form.cleaned_data[name] for name in ("origin", "reference")}
    if before := article_of(**about):
        messages.info(request, _("There is an article about this already."))
        return redirect(before if articles_for(request.user).filter(pk=before.pk).exists() else "knowledge:list")
    made = actions.draft(written=form.written(), **about, checked=False, by=request.user, at=timezone.now())
    messages.success(request, _("Begun. Complete it so that a colleague elsewhere can use it; name no customer."))
    return redirect("knowledge:edit", made.article.number)


@login_required
def edit(request, number):
    """One's own open version, or the next version of what is published."""
    require(request.user, Permission.WRITE_ARTICLES)
    held = get_or_404(articles_for(request.user), number=number)
    version = open_or_next(held) if open_version(held) or held.current_id else None
    if version is None or version.pk and version.author_id != request.user.pk:
        messages.error(
            request, _("Somebody is writing a new version already.") if version else _("This article is not published.")
        )
        return redirect(held)
    # The form fills an instance of its own: what a refusal leaves in hand is the version as it is stored.
    form = ArticleForm(request.POST or None, instance=open_or_next(held))
    if request.method == "POST" and form.is_valid():
        facts = {"written": form.cleaned_data, "by": request.user, "at": timezone.now()}
        saved = (
            act(form, actions.change, version=version, **facts)
            if version.pk
            else act(form, actions.begin_anew, article=held, **facts)
        )
        if not form.errors:
            messages.success(request, _("Saved as a draft. Give it to be reviewed when it is ready."))
            return redirect(saved.article if saved else held)
    context = {"form": form, "article": held, "version": version}
    return render(request, "conduct/knowledge/form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def change_state(request, number, what):
    """Give one's own version to be reviewed, or throw it away: what the address says."""
    held = get_or_404(articles_for(request.user), number=number)
    version = get_or_404(held.versions.filter(state__in=VersionState.OPEN, author=request.user))
    {"ask": actions.ask, "discard": actions.discard}[what](version=version, by=request.user, at=timezone.now())
    messages.success(request, _("Given to be reviewed; the reviewers are told.") if what == "ask" else _("Thrown away."))
    return redirect(held if articles_for(request.user).filter(pk=held.pk).exists() else "knowledge:list")


@login_required
@require_POST
def review(request, number):
    require(request.user, Permission.REVIEW_ARTICLES)
    held = get_or_404(articles_for(request.user), number=number)
    version = get_or_404(ArticleVersion.objects.select_related("article", "author"), article=held, state__in=VersionState.OPEN)
    form = ReviewForm(request.POST, prefix="review")
    if form.is_valid():
        act(form, actions.review, version=version, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, held, status=422, review_form=form)
    messages.success(request, _("Noted. The author is told."))
    return redirect(held)


@login_required
@require_POST
def retire(request, number):
    require(request.user, Permission.REVIEW_ARTICLES)
    held = get_or_404(articles_for(request.user), number=number)
    form = RetireForm(request.POST, prefix="retire")
    if form.is_valid():
        act(form, actions.retire, article=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, held, status=422, retire_form=form)
    messages.success(request, _("Nobody finds it any more."))
    return redirect(held)


@login_required
@require_POST
def suggest(request):
    """Articles about much the same as what somebody types into the one field that is sent. Nothing is stored."""
    require(request.user, Permission.SEE_ARTICLES)
    text = " ".join(value for name, value in request.POST.items() if name != "csrfmiddlewaretoken")
    return render(request, "conduct/knowledge/_like.html", {"articles": like(text)})


def _page(request, shown, *, status=200, **filled):
    user, reviews = request.user, request.user.may(Permission.REVIEW_ARTICLES)
    waiting = open_version(shown)
    own = waiting is not None and waiting.author_id == user.pk
    waiting = waiting if own or reviews else None
    versions = shown.versions.filter(state__in=[VersionState.PUBLISHED, VersionState.REPLACED]).select_related(
        "author", "reviewed_by"
    )
    chosen = versions.filter(version=request.GET["version"]).first() if request.GET.get("version", "").isdecimal() else None
    context = {"article": shown, "version": chosen or shown.current or waiting, "waiting": waiting, "own": own}
    context |= {"versions": versions.order_by("-version"), "history": trail_of(shown)[:20] if reviews else ()}
    if reviews and waiting and not own and waiting.state == VersionState.ASKED:
        context["version"] = chosen or waiting
        context["review_form"] = ReviewForm(prefix="review", initial={"seen": waiting.changes})
    context["may_write"] = user.may(Permission.WRITE_ARTICLES) and (
        own or open_version(shown) is None and shown.current_id is not None
    )
    context["retire_form"] = RetireForm(prefix="retire") if reviews and shown.current_id else None
    return render(request, "conduct/knowledge/article.html", context | filled, status=status)
