from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from conduct.base.prefixes import begins
from conduct.people.access import Permission, sees_all

from .finding import terms_of
from .models import Customer, Equipment, Site, SiteWord

LOOKED_AT = 400  # words, before more has to be typed
CANDIDATES = 500  # words of one term that are compared with the other terms


def customers_for(user):
    return _scoped(user, Customer, "orders__visits__engineer__staff")


def sites_for(user):
    return _scoped(user, Site, "orders__visits__engineer__staff").select_related("customer")


def equipment_for(user):
    return _scoped(user, Equipment, "orders__visits__engineer__staff").select_related("site__customer")


def _scoped(user, model, way_to_staff):
    """All rows, or those of the person's own visits; the way there is the reverse relation of the rooms above."""
    if sees_all(user, Permission.SEE_CUSTOMERS):
        return model.objects.all()
    if user.may(Permission.SEE_CUSTOMERS):
        return model.objects.filter(pk__in=model.objects.filter(**{way_to_staff: user}).values("pk"))
    return model.objects.none()


def search(rows, text):
    """Rows whose number is `text`, or whose name begins with or holds it. Two queries, each on an index of its own."""
    text = text.strip()
    if not text:
        return rows
    by_number = rows.filter(number__iexact=text)
    return by_number if by_number.exists() else rows.filter(name__icontains=text)


def find_sites(user, text, *, most=12):
    """(sites that fit what somebody types, whether there may be more): by name, initials, telephone, or number of either.

    Each of the words typed has to be the beginning of one of a site's words. Two queries on indexes, at any size.
    """
    ids, more = find_site_ids(text, most=most)
    found = {site.pk: site for site in sites_for(user).filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found], more


def find_site_ids(text, *, most):
    """(ids in the order of the words they were found by, whether there may be more).

    Several terms begin with the rarest of them, and of that no more than CANDIDATES words are compared with the others.
    """
    terms = terms_of(text)
    if not terms:
        return [], False
    words, capped = SiteWord.objects.filter(begins("word", terms[0])), False
    if len(terms) > 1:
        counts = {term: _how_many(term) for term in terms}
        rarest, *others = sorted(terms, key=counts.get)
        capped = counts[rarest] == CANDIDATES
        first = SiteWord.objects.filter(begins("word", rarest)).order_by("word", "id")[:CANDIDATES]
        words = SiteWord.objects.filter(pk__in=first.values("pk"))
        for term in others:
            words = words.filter(Exists(SiteWord.objects.filter(begins("word", term), site=OuterRef("site"))))
    rows = list(words.order_by("word", "id").values_list("site_id", flat=True)[:LOOKED_AT])
    ids = list(dict.fromkeys(rows))
    return ids[:most], capped or len(ids) > most or len(rows) == LOOKED_AT


def _how_many(term):
    """Words that begin with a term, counted up to CANDIDATES."""
    return SiteWord.objects.filter(begins("word", term))[:CANDIDATES].count()


def find_equipment(user, text, *, most=8):
    """Equipment whose number begins with `text`, or whose serial number it is; each by its own index."""
    text = text.strip()
    if len(text) < 4:
        return []
    rows = equipment_for(user).filter(is_active=True)
    by_number = list(rows.filter(begins("number", text.upper())).order_by("number")[:most])
    return by_number or list(rows.alias(low=Lower("serial")).filter(low=text.lower())[:most])
