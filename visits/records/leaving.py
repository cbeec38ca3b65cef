"""Leaving the site in the middle of a visit needs two consents: our superior's and the customer's supervisor's (rule work.no_leaving).

Pure. It is a pause, and a fact: it is taken down without a consent too, and marked. A consent is who gave it, when and how.
"""

from conduct.base.sentences import sentence as _

SIDES = ("ours", "theirs")
PARTS = ("name", "at", "how")


def against(payload):
    """{field: sentence}: what lacks of a consent that was given. Its time alone is none: the form fills that in by itself."""
    begun = [side for side in SIDES if payload[f"{side}_name"] or payload[f"{side}_how"]]
    lacks = [f"{side}_{part}" for side in begun for part in PARTS if not payload[f"{side}_{part}"]]
    return {name: _("Needed, because consent was given: by whom, when and how.") for name in lacks}


def lacking(payload):
    """The sides that did not consent."""
    return [side for side in SIDES if not payload[f"{side}_name"]]
