"""What changed between two editions. Pure: rows in, rows out."""

from dataclasses import dataclass, field

COMPARED = ("zh", "en", "stage", "before", "enforce", "evidence", "severity", "source", "when", "by_text")


@dataclass
class Difference:
    """`changes` is [(field, before, after), …]; a rule that is new or gone has none."""

    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    changed: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.added or self.removed or self.changed)


def difference(before, after):
    """The Difference from one list of rules to another. A rule is the same one when its code is."""
    old, new = {rule.code: rule for rule in before}, {rule.code: rule for rule in after}
    found = Difference(
        added=[rule for code, rule in new.items() if code not in old],
        removed=[rule for code, rule in old.items() if code not in new],
    )
    for code in [code for code in new if code in old]:
        changes = [
            (name, getattr(old[code], name), getattr(new[code], name))
            for name in COMPARED
            if getattr(old[code], name) != getattr(new[code], name)
        ]
        if changes:
            found.changed.append((new[code], changes))
    return found
