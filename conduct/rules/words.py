"""What changed between two editions, in words instead of codes."""

from django.utils.text import capfirst

from .models import Rule
from .states import traits_in_words


def in_words(found):
    """A differences.Difference whose changes name each field and value as people read them."""
    found.changed = [(rule, [_change(*change) for change in changes]) for rule, changes in found.changed]
    return found


def _change(name, before, after):
    field = Rule._meta.get_field(name)
    return capfirst(field.verbose_name), _words(field, before), _words(field, after)


def _words(field, value):
    if field.name == "when":
        return traits_in_words(value)
    return str(dict(field.flatchoices).get(value, value))
