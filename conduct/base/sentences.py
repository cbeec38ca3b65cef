"""Sentences that are said now and read again later, perhaps in another language: kept by source text and facts, not translated."""

from django.conf import settings
from django.utils.translation import get_language, gettext, override


class Sentence(str):
    """A text in the active language that still knows its source text and the facts it was filled with.

    Import `sentence` as `_` where gettext would stand. A fact may be {language: text}.
    """

    def __new__(cls, source, facts=None):
        made = super().__new__(cls, _filled(source, facts))
        made.source, made.facts = source, facts or {}
        return made

    def __mod__(self, facts):
        return Sentence(self.source, facts)


def sentence(source):
    """The translation of `source`, as a Sentence."""
    return Sentence(source)


def in_each_language(say):
    """{language: say()}: a fact whose words are not known from a source text."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said


def whatever(say):
    """A Sentence of what `say()` says in each language, for words that come from elsewhere."""
    return Sentence("%(said)s", {"said": in_each_language(say)})


def kept(text):
    """A Sentence as plain JSON. Any other text is kept as it is, in the language in which it was said."""
    if not isinstance(text, Sentence):
        return {"say": str(text)}
    return {"say": text.source, "facts": {name: fact if isinstance(fact, int | dict) else str(fact) for name, fact in text.facts.items()}}


def in_words(kept):
    """What `kept` holds, in the active language; "" for nothing."""
    return _filled(kept["say"], kept.get("facts")) if kept and kept["say"] else ""


def _filled(source, facts):
    text = gettext(source)
    return text % {name: of_now(fact) for name, fact in facts.items()} if facts else text


def of_now(fact):
    """A fact in the active language, if it is {language: text}."""
    if not isinstance(fact, dict):
        return fact
    return fact.get(get_language()) or next(iter(fact.values()), "")
