"""The words under which an article is found. Pure.

Chinese has no spaces: every two neighbouring characters are a word ("交换机" is 交换 and 换机), so that whoever types two
characters finds them by an index. Latin letters and digits are whole words, found by their beginning ("S77" finds S7706).
"""

import re
import unicodedata

LONGEST = 20  # letters of a Latin word that are kept and asked for
HANZI = "㐀-鿿𠀀-𯿿"
RUN = re.compile(f"[0-9a-z]+|[{HANZI}]+")
IS_HANZI = re.compile(f"[{HANZI}]")


def words_of(text):
    """Every word of a text in its order, each once."""
    return list(dict.fromkeys(_words(text)))


def terms_of(text):
    """[(word, whether only its beginning is meant), …] of what somebody looks for: Latin words and a single character are beginnings."""
    return [(word, not IS_HANZI.match(word) or len(word) == 1) for word in words_of(text)]


def _words(text):
    for run in RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if IS_HANZI.match(run) and len(run) > 1:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run[:LONGEST]


def weights(fields):
    """{word: weight} of [(text, weight), …]: a word counts as much as the best field that it stands in."""
    found = {}
    for text, weight in fields:
        for word in words_of(text):
            found[word] = max(weight, found.get(word, 0))
    return found
