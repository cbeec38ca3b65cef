"""What the customer's page is told, whether it stands on the engineer's laptop or came by a link."""

from django.utils import translation
from django.utils.translation import gettext as _

from conduct.company.queries import company

from .difference_words import in_words
from .queries import next_statement
from .statement import digest, short


def language_of(query):
    return "en" if query.get("language") == "en" else "zh-hans"


def statement_answer(visit, *, language, nonce):
    """The statement in the customer's language, with its hash, the consent wording and what differs from the last version."""
    body, changed = next_statement(visit, language=language, nonce=nonce)
    sha256 = digest(body)
    with translation.override(language):
        changes = in_words(changed)
    return {
        "statement": body, "sha256": sha256, "short": short(sha256), "nonce": nonce, "changes": changes,
        "consent": company().consent_in(language), "state": visit.state,
    }  # fmt: skip


def refusal_of(form):
    """What is not right about a package, field by field."""
    fields = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    return {"message": _("Please look at the marked fields."), "fields": fields}


def receipt_of(kept):
    """Headquarters' receipt for a sign-off."""
    return {
        "id": str(kept.pk),
        "sha256": kept.sha256,
        "version": kept.version,
        "received_at": kept.received_at.isoformat(),
        "state": kept.kind if not kept.marks else "marked",
        "marks": [str(words) for words in kept.mark_words],
    }
