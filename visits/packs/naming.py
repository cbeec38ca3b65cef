"""How a pack's files are called: date, department, person, such as 2010-03-31技术部王磊.xlsx. Pure."""

import re

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def stem(day, department, person=""):
    """Without what a file system refuses. A person without a department has only the name."""
    return FORBIDDEN.sub("", f"{day:%Y-%m-%d}{department}{person}")[:80]


def inside(name, taken):
    """A name for a ZIP that no other of `taken` has, which it joins."""
    name = FORBIDDEN.sub("", name).strip(". ") or "file"
    base, dot, ending = name.rpartition(".")
    base, ending = (base, dot + ending) if base else (name, "")
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{base}-{number}{ending}"
    taken.add(found.lower())
    return found
