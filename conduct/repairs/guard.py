"""The public form against floods and robots: a signed time stamp, a field for robots, and counted reports.

Counts live in the shared cache (the database's), each report as a row that only one request can add, so that two at once
do not count as one. Nothing here keeps an address: the key holds its hash.
"""

import hashlib

from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError

SALT = "conduct.repairs.public"
TOO_QUICK = 3  # seconds in which nobody reads a form, let alone fills it
TOO_OLD = 12 * 3600

# what is counted: (how many, in how many seconds). A whole school may share one address, so it may send more.
LIMITS = {"label": (6, 3600), "address": (30, 3600), "house": (200, 3600)}


def stamp(label):
    """A signed text that says when the form for `label` was handed out."""
    return signing.TimestampSigner(salt=SALT).sign(label)


def check_form(*, label, stamp, website, now=None):
    """Raise DomainError for a form that a robot filled, that came at once, or that lay open for half a day."""
    signer = signing.TimestampSigner(salt=SALT)
    if website:
        raise DomainError(_("This looks like an automatic entry and was not accepted. Please call us instead."))
    try:
        signed = signer.unsign(stamp or "", max_age=TOO_OLD)
    except signing.BadSignature as error:
        raise DomainError(_("The form lay open for too long. Please send it again.")) from error
    if signed != label:
        raise DomainError(_("The form belongs to another label. Please send it again."))
    if now is not None and now - _signed_at(stamp) < TOO_QUICK:
        raise DomainError(_("That was very quick. Please look once more and send it again."))


def _signed_at(value):
    """Unix seconds of a stamp whose signature was checked."""
    return signing.b62_decode(value.rsplit(":", 2)[1])


def count_report(*, label, address, now):
    """Count one report. Raises DomainError when its label, its address or the house had its share of this hour."""
    for kind, name in (("label", label), ("address", address), ("house", "")):
        limit, seconds = LIMITS[kind]
        if not _take_place(kind, name, limit, seconds, now):
            raise DomainError(_("There were many reports within the last hour. Please call us, or try again later."))


def _take_place(kind, name, limit, seconds, now):
    """Whether one of the `limit` places of this window was still free; taking it is one atomic insert."""
    window = int(now) // seconds
    key = hashlib.sha256(f"{kind}/{name}/{window}".encode()).hexdigest()[:32]
    places = [f"repairs/{kind}/{key}/{place}" for place in range(limit)]
    taken = cache.get_many(places)
    return any(cache.add(place, 1, timeout=seconds) for place in places if place not in taken)


def address_of(request, *, proxies):
    """The caller's address: the one that the outermost of our own `proxies` saw, or the connection's without any."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")
