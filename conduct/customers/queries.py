from django.db.models import Q, Subquery
from django.db.models.functions import Lower

from conduct.base.prefixes import begins
from conduct.people.access import Permission, sees_all

from .finding import terms_of
from .models import Contact, Customer, Equipment, Site, SiteWord

LOOKED_AT = 400  # words of a term, of several the rarest, before more has to be typed
LISTED = 200  # sites, in a list of customers or sites


def customers_for(user):
    return _scoped(user, Customer)


def sites_for(user):
    return _scoped(user, Site).select_related("customer")


def equipment_for(user):
    return _scoped(user, Equipment).select_related("site__customer")


def _scoped(user, model):
    """All rows, or those of the visits that the person was asked for; the way there is the reverse relation of the rooms above."""
    if sees_all(user, Permission.SEE_CUSTOMERS):
        return model.objects.all()
    if user.may(Permission.SEE_CUSTOMERS):
        told = Customer.orders.field.model.visits.field.model.told_to(user, "orders__visits__")
        return model.objects.filter(pk__in=model.objects.filter(told).values("pk"))
    return model.objects.none()


def addresses_known_of(customer):
    """Every telephone, fax and e-mail address that is known of a customer: what the customer's own people may read anywhere."""
    own = [customer.telephone, customer.email]
    for pair in Site.objects.filter(customer=customer).values_list("supervisor_telephone", "fax"):
        own += pair
    for pair in Contact.objects.filter(site__customer=customer).values_list("telephone", "email"):
        own += pair
    return [value for value in own if value]


def search_equipment(rows, text):
    """Rows whose number or serial number is `text`, or else whose name holds it. The first two by their indexes; names are few
    and many rows share them, so that a page of them is full soon."""
    text = text.strip()
    if not text:
        return rows
    known = rows.filter(number=text.upper()), rows.alias(low=Lower("serial")).filter(low=text.lower())
    return next((found for found in known if found.exists()), rows.filter(name__icontains=text))


def search_customers(user, text):
    """(the customers that fit what somebody types, whether there may be more): by their sites' words, or the beginning of the name."""
    rows = customers_for(user)
    if not text.strip():
        return rows, False
    if (by_number := rows.filter(number=text.strip().upper())).exists():
        return by_number, False
    ids, more = _ids_for(user, text)
    theirs = Site.objects.filter(pk__in=ids).values("customer")
    return rows.filter(Q(pk__in=theirs) | begins("name", text.strip())), more


def search_sites(user, text):
    """(the sites that fit what somebody types, whether there may be more)."""
    if not text.strip():
        return sites_for(user), False
    ids, more = _ids_for(user, text)
    return sites_for(user).filter(pk__in=ids), more


def _ids_for(user, text):
    within = None if sees_all(user, Permission.SEE_CUSTOMERS) else sites_for(user)
    return find_site_ids(text, most=LISTED, within=within)


def find_sites(user, text, *, most=12):
    """(sites that fit what somebody types, whether there may be more): by name, initials, telephone, or number of either.

    Each of the words typed has to be the beginning of one of a site's words. Two queries on indexes, at any size.
    """
    ids, more = find_site_ids(text, most=most)
    found = {site.pk: site for site in sites_for(user).filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found], more


def find_site_ids(text, *, most, within=None):
    """(ids in the order of the words they were found by, whether there may be more); of the sites `within`, when given.

    Of several terms a rare one says which sites are looked at, no more than LOOKED_AT of its words; the database looks among them for the
    others. A site has few words that begin alike, so that for one term a few times `most` are enough.
    """
    terms = terms_of(text)
    if not terms:
        return [], False
    every = SiteWord.objects.all() if within is None else SiteWord.objects.filter(site__in=within.values("pk"))
    looked_at = LOOKED_AT if len(terms) > 1 else min(4 * most, LOOKED_AT)
    rare, cut = _rarest(every, terms) if len(terms) > 1 else (terms[0], False)
    sites = _sites_of(every, rare)[:looked_at]
    for term in terms:
        if term != rare:
            sites = _sites_of(SiteWord.objects.filter(site__in=sites), term)
    found = list(sites)
    ids = list(dict.fromkeys(found))
    return ids[:most], len(ids) > most or cut or (len(terms) == 1 and len(found) == looked_at)


def _rarest(words, terms):
    """(a term with fewer than LOOKED_AT words, the longest of those; whether there is none, and it is the longest of all): one query."""
    last = [Subquery(_sites_of(words, term).values("pk")[LOOKED_AT - 1 : LOOKED_AT]) for term in terms]
    common = SiteWord.objects.values_list(*last).first() or [None] * len(terms)
    return next(((term, False) for term, row in zip(terms, common, strict=True) if row is None), (terms[0], True))


def _sites_of(words, term):
    """Ids of the sites of all words that begin with a term, in the order of the words."""
    return words.filter(begins("word", term)).order_by("word", "id").values_list("site_id", flat=True)


def find_equipment(user, text, *, most=8):
    """Equipment whose number begins with `text`, or whose serial number it is; each by its own index. Either has a digit."""
    text = text.strip()
    if len(text) < 4 or not any(map(str.isdigit, text)):
        return []
    rows = equipment_for(user).filter(is_active=True)
    if text.upper().startswith("EQ-"):
        return list(rows.filter(begins("number", text.upper())).order_by("number")[:most])
    return list(rows.alias(low=Lower("serial")).filter(low=text.lower())[:most])
