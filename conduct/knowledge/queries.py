from django.db.models import Count, Exists, OuterRef, Q, Sum

from conduct.base.lookups import first_of
from conduct.base.prefixes import begins
from conduct.customers.models import Customer
from conduct.people.access import Permission

from .models import WRITTEN, Article, ArticleVersion, ArticleWord
from .states import VersionState
from .words import terms_of, words_of

TERMS = 8  # of what somebody looks for
CANDIDATES = 2000  # articles of the rarest term that are compared with the others
BEST = 600  # of them, compared first: mostly as many as are shown are among these
TYPED = 300  # letters of a fault as it is typed
LOOKED_UP = 24  # words of it
RARE = 300  # a word that more articles hold says little of a fault
TELLING = 12  # of the rare words, the rarest


def articles_for(user):
    """What this person may read: everything published; drafts are their author's and the reviewers'."""
    if not user.may(Permission.SEE_ARTICLES):
        return Article.objects.none()
    rows = Article.objects.select_related("current__author", "current__reviewed_by")
    if user.may(Permission.REVIEW_ARTICLES):
        return rows
    own = ArticleVersion.objects.filter(author=user).values("article")
    return rows.filter(Q(current__isnull=False) | Q(pk__in=own))


def open_version(article):
    """The version that somebody writes or that is reviewed, or None."""
    return article.versions.filter(state__in=VersionState.OPEN).select_related("author", "reviewed_by").first()


def open_or_next(article):
    """What an author goes on with: the open version, or a copy of the published one that is not stored yet."""
    return open_version(article) or ArticleVersion(article=article, **{name: getattr(article.current, name) for name in WRITTEN})


def waiting_for(user):
    """Versions that this person may review, and one's own that came back."""
    rows = ArticleVersion.objects.select_related("article", "author").order_by("written_at", "pk")
    own = Q(author=user, state=VersionState.SENT_BACK)
    if user.may(Permission.REVIEW_ARTICLES):
        return rows.filter(own | Q(state=VersionState.ASKED) & ~Q(author=user))
    return rows.filter(own)


def drafts_for(user):
    """Open versions that this person may see, newest first."""
    rows = (
        ArticleVersion.objects.filter(state__in=VersionState.OPEN)
        .select_related("article", "author")
        .order_by("-written_at", "-pk")
    )
    return rows if user.may(Permission.REVIEW_ARTICLES) else rows.filter(author=user)


def article_of(origin, reference):
    """The article that was made of something, unless it was thrown away or retired, or None."""
    kept = Q(current__isnull=False) | Exists(ArticleVersion.objects.filter(article=OuterRef("pk"), state__in=VersionState.OPEN))
    return Article.objects.filter(kept, origin=origin, reference=reference).order_by("-pk").first()


def find(text, *, most=20):
    """(published articles that hold every word of `text`, the best first; whether there may be more)."""
    terms = terms_of(text)[:TERMS]
    if not terms:
        return [], False
    if len(terms) == 1 and not terms[0][1]:
        words, capped = ArticleWord.objects.filter(word=terms[0][0]).order_by("-weight", "-article"), False
        ids = list(words.values_list("article", flat=True)[: most + 1])
    else:
        ids, capped = _with_all(terms, most)
    return _published(ids[:most]), capped or len(ids) > most


def _with_all(terms, most):
    """(ids of more than `most` articles that hold every term, or of all, the best first; whether only CANDIDATES were looked at)."""
    counts = {term: _count(term, CANDIDATES) for term in terms}
    rarest = min(terms, key=counts.get)
    first = ArticleWord.objects.filter(_is(rarest)).order_by("word", "-weight", "-article").values_list("article", "weight")
    weight_of = {}
    for article, weight in first[:CANDIDATES]:
        weight_of[article] = max(weight, weight_of.get(article, 0))
    place = {term: at for at, term in enumerate(terms)}
    # The rarer first, and of those the further from the rarest in the text: a neighbour mostly stands in the same articles.
    others = sorted(set(terms) - {rarest}, key=lambda term: (counts[term], -abs(place[term] - place[rarest])))
    best, ids = sorted(weight_of, key=lambda article: (-weight_of[article], -article)), []
    for some in (best[:BEST], best[BEST:]):
        if some and len(ids) <= most:
            held = _holding(some, others)
            ids += [article for article in some if article in held]
    return ids, counts[rarest] == CANDIDATES


def _holding(articles, terms):
    """Those of these articles that hold every term."""
    rows = Article.objects.filter(pk__in=articles)
    for place, term in enumerate(terms):
        held = first_of(ArticleWord.objects.filter(_is(term), article=OuterRef("pk")))
        rows = rows.alias(**{f"held_{place}": held}).filter(**{f"held_{place}__isnull": False})
    return set(rows.values_list("pk", flat=True))


def _is(term):
    word, beginning = term
    return begins("word", word) if beginning else Q(word=word)


def _count(term, most):
    return ArticleWord.objects.filter(_is(term))[:most].count()


def like(text, *, most=3):
    """Published articles about much the same as a fault that somebody types, the likest first.

    Of its words the rarest count: an article has to share two of them, or the only one.
    """
    words = words_of(text[:TYPED])[:LOOKED_UP]
    counts = {word: _count((word, False), RARE + 1) for word in words}
    telling = sorted((word for word in words if 0 < counts[word] <= RARE), key=counts.get)[:TELLING]
    rows = ArticleWord.objects.filter(word__in=telling).values("article").annotate(shared=Count("pk"), weight=Sum("weight"))
    rows = rows.filter(shared__gte=min(2, len(words))).order_by("-shared", "-weight", "-article")
    return _published([row["article"] for row in rows[:most]]) if telling else []


def _published(ids):
    """The articles in the order of `ids`, each with what a list shows of it."""
    found = {row.pk: row for row in Article.objects.filter(pk__in=ids, current__isnull=False).select_related("current")}
    return [found[pk] for pk in ids if pk in found]


def customers_named_in(text):
    """Names of customers, full or short, that stand in a text, whatever spaces are between."""
    plain = "".join(text.split())
    names = set(Customer.objects.values_list("name", "short_name").iterator()) if plain else ()
    return sorted({name for pair in names for name in pair if len(name) > 2 and "".join(name.split()) in plain})
