"""The statement: the plain data that a customer signs, its canonical bytes and its hash. Pure.

Strings are NFC with LF, trimmed, without lone surrogates; numbers are whole; times are ISO minutes with offset.
The browser computes the same bytes (RFC 8785) and the same SHA-256.
"""

import hashlib
import unicodedata

import rfc8785

from visits.records.schema import EDGE

FORMAT = "fieldservice.statement.1"
VOLATILE = ("nonce", "version", "previous_sha256", "language")
# What headquarters says of the visit; everything else is the engineer's.
OF_HEADQUARTERS = {
    "wording_edition", "conduct_edition", "company", "customer", "site", "contact", "identity", "order", "equipment", "planned",
}  # fmt: skip


def canonical(statement):
    """The canonical JSON (RFC 8785) of a statement, as bytes. Raises ValueError when it holds what it may not."""
    check(statement)
    return rfc8785.dumps(statement)


def digest(statement):
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(statement)).hexdigest()


def short(sha256):
    """The short form of a hash that people compare: the first 12 digits in threes."""
    return " ".join(sha256[place : place + 3] for place in range(0, 12, 3)).upper()


def check(value, where="statement"):
    """Raises ValueError, naming the place, unless `value` is made of what a statement may hold."""
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        if value != unicodedata.normalize("NFC", value) or "\r" in value or value != value.strip(EDGE):
            raise ValueError(f"{where} is not NFC, LF and trimmed")
        value.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    elif isinstance(value, list):
        for place, item in enumerate(value):
            check(item, f"{where}[{place}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            check(key, f"{where} key")
            check(item, f"{where}.{key}")
    else:
        raise ValueError(f"{where} is a {type(value).__name__}")


def changes(before, after):
    """[{field, before, after}, …]: where two statements differ, without what differs in any case."""
    old, new = _flat(before), _flat(after)
    return [
        {"field": key, "before": old.get(key, ""), "after": new.get(key, "")}
        for key in [*old, *(key for key in new if key not in old)]
        if old.get(key, "") != new.get(key, "") and key.split(".")[0] not in VOLATILE
    ]


def only_headquarters(differences):
    """Do these `changes` lie in nothing but what headquarters says? Then the customer signed what the engineer did."""
    return all(row["field"].split(".")[0] in OF_HEADQUARTERS for row in differences)


def _flat(value, prefix=""):
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = ((str(place), item) for place, item in enumerate(value, 1))
    else:
        return {prefix: "" if value is None else str(value)}
    flat = {}
    for key, item in items:
        flat |= _flat(item, f"{prefix}.{key}" if prefix else key)
    return flat
