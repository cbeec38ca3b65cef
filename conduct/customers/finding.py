"""The words under which a site is found: names from every place on, their pinyin initials, telephones, numbers. Pure.

A word is found by its beginning, and a name is kept from each of its characters on, so that a piece from the middle of a name is the
beginning of a word: an index answers what would otherwise be a search through every row.
"""

import re
import unicodedata

LONGEST = 20  # characters of a word that are kept and asked for
DEEPEST = 40  # characters of a name from which a word may begin
HANZI = re.compile(r"[㐀-鿿𠀀-𯿿]")
NOT_A_LETTER = re.compile(r"[\W_]+")
COUNTRY = re.compile(r"^(?:\+|00)86")


def normal(text):
    """What is left of a text to compare: half-width, lower case, letters and digits only."""
    return NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def terms_of(text):
    """What somebody typed as up to four terms, the longest first; all of them have to fit."""
    terms = {normal(part)[:LONGEST] for part in text.split()} - {""}
    return sorted(terms, key=lambda term: (-len(term), term))[:4]


def words_of(*, names=(), telephones=(), numbers=()):
    """Every word, as a set."""
    found = {normal(number)[:LONGEST] for number in numbers}
    for name in names:
        found |= _from_each_place(name, normal)
        found |= _from_each_place(name, initials)
    for telephone in telephones:
        found |= _telephone(telephone)
    return found - {""}


def initials(name):
    """ "南京市第一中学" is "njsdyzx"; what is not Chinese stays as it is."""
    from pypinyin import Style, lazy_pinyin  # its tables take 0.4 s and 50 MB, which who only reads need not pay

    return "".join(normal(part) for part in lazy_pinyin(name, style=Style.FIRST_LETTER))


def _from_each_place(name, way):
    """Words from each Chinese character on, and from the beginning of each run of other letters."""
    spelled = way(unicodedata.normalize("NFKC", name))
    plain = normal(name)
    places = [at for at, sign in enumerate(plain[:DEEPEST]) if at == 0 or HANZI.match(sign) or HANZI.match(plain[at - 1])]
    if len(spelled) != len(plain):  # a sign that pypinyin spells with several letters: only the whole is safe
        places = [0]
    return {spelled[at : at + LONGEST] for at in places}


def _telephone(text):
    """The whole number, the one without its area code, and its last four digits."""
    plain = COUNTRY.sub("", unicodedata.normalize("NFKC", text).replace(" ", ""))
    digits = re.sub(r"\D", "", plain)
    if len(digits) < 5:
        return set()
    parts = [re.sub(r"\D", "", part) for part in re.split(r"[-—–/转]", plain)]
    return {digits[:LONGEST], digits[-4:], *(part[:LONGEST] for part in parts if len(part) >= 5)}
