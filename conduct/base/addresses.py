from django.urls import register_converter
from django.urls.converters import StringConverter


def one_of(name, *words):
    """Make `<name:…>` in an address one of these words and nothing else."""
    regex = "|".join(sorted(words, key=len, reverse=True))
    register_converter(type(name, (StringConverter,), {"regex": regex}), name)
