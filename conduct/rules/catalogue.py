"""Reading a catalogue: YAML in, checked rows out, a clear sentence for each bad line. No database."""

import re
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from .states import Enforcement, Evidence, Severity, Stage, Step, Trait

REQUIRED = ("code", "stage", "enforce", "severity", "source", "zh", "en")
OPTIONAL = ("before", "evidence", "when", "by")
FIELDS = ("code", "stage", "before", "enforce", "evidence", "severity", "source", "when", "zh", "en", "by")
LENGTHS = {"code": 60, "zh": 500, "en": 500, "source": 60, "by": 200}
CHOICES = {"stage": Stage, "before": Step, "enforce": Enforcement, "evidence": Evidence, "severity": Severity}
# Both stand in addresses beside words of our own, such as “new”.
EDITION_CODE = re.compile(r"(?!new$)[^\W_][\w.-]{0,19}")
RULE_CODE = re.compile(r"[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)+")


@dataclass
class BadLine(Exception):
    """`line` counts from 1, as editors do."""

    line: int
    code: str
    what: str

    def __str__(self):
        return _("line %(line)d, %(code)s: %(what)s") % {"line": self.line, "code": self.code or _("rule without code"), "what": self.what}


class CatalogueError(Exception):
    """`errors` is a list of BadLine."""

    def __init__(self, errors):
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def read(text):
    """(edition code, [rule dict, …]) from the YAML `text`. Raises CatalogueError with every error found.

    Every value is read as the text that it is: 2026.10 is no number, and nothing is a date.
    """
    try:
        loader = yaml.CBaseLoader(text)  # makes texts, lists and mappings, nothing else
        tree = loader.get_single_node()
        data = tree and loader.construct_document(tree)
    except yaml.MarkedYAMLError as error:
        raise CatalogueError([BadLine(error.problem_mark.line + 1, "", _("not YAML: %(why)s") % {"why": error.problem})]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CatalogueError([BadLine(1, "", _("not YAML: %(why)s") % {"why": type(error).__name__})]) from error
    if not isinstance(data, dict) or "edition" not in data or not isinstance(data.get("rules"), list):
        raise CatalogueError([BadLine(1, "", _("expected the keys “edition” and “rules”"))])
    code = data["edition"]
    if not isinstance(code, str) or not EDITION_CODE.fullmatch(code):
        raise CatalogueError([BadLine(1, "", _("An edition's name has up to 20 letters, digits, points and hyphens, such as 2027.1."))])
    return code, checked(data["rules"], _lines(tree))


def checked(rules, lines):
    """The rules, when nothing is wrong with any of them; `lines` says where each stands. Raises CatalogueError."""
    errors, seen = [], {}
    for rule, line in zip(rules, lines, strict=True):
        code = rule.get("code", "") if isinstance(rule, dict) else ""
        code = code if isinstance(code, str) else ""
        errors += [BadLine(line, code, what) for what in _wrong_with(rule, seen)]
        seen.setdefault(code, line)
    if errors:
        raise CatalogueError(errors)
    return rules


def write(edition, rules):
    """The YAML text of an edition, which `read` reads back."""
    rows = [plain(rule) for rule in rules]
    return yaml.safe_dump({"edition": edition.code, "rules": rows}, allow_unicode=True, sort_keys=False, width=1000)


def plain(rule):
    """A rule as the catalogue writes it: a dict without what is empty."""
    row = {name: getattr(rule, "by_text" if name == "by" else name) for name in FIELDS}
    return {name: value for name, value in row.items() if value not in ("", [], "none")}


def _lines(tree):
    rules = [value for key, value in tree.value if key.value == "rules"][-1]
    return [node.start_mark.line + 1 for node in rules.value]


def _wrong_with(rule, seen):
    if not isinstance(rule, dict):
        yield _("expected a mapping of fields")
        return
    for name in REQUIRED:
        if not rule.get(name):
            yield _("“%(name)s” is missing") % {"name": name}
    for name in sorted(set(rule) - {*REQUIRED, *OPTIONAL}):
        yield _("unknown field “%(name)s”") % {"name": name}
    if of_another_kind := [name for name in (*REQUIRED, *OPTIONAL) if not _is_kind(name, rule.get(name) or "")]:
        yield from (_("“%(name)s” is neither a text nor, for “when”, a list of texts") % {"name": name} for name in of_another_kind)
        return
    yield from _wrong_values(rule, seen)


def _is_kind(name, value):
    if name == "when" and value:
        return isinstance(value, list) and all(isinstance(trait, str) for trait in value)
    return isinstance(value, str)


def _wrong_values(rule, seen):
    for name, choices in CHOICES.items():
        if rule.get(name) and rule[name] not in choices.values:
            facts = {"name": name, "value": rule[name][:60], "choices": ", ".join(choices.values)}
            yield _("“%(name)s” is “%(value)s”, expected one of %(choices)s") % facts
    for name, longest in LENGTHS.items():
        if len(rule.get(name, "")) > longest:
            yield _("“%(name)s” has more than %(max)d characters") % {"name": name, "max": longest}
    for trait in rule.get("when") or ():
        if trait not in Trait.values:
            yield _("“when” names “%(trait)s”, expected some of %(choices)s") % {"trait": trait[:60], "choices": ", ".join(Trait.values)}
    if rule.get("enforce") in ("gate", "check") and not rule.get("before"):
        yield _("a gate or check needs “before”")
    code = rule.get("code")
    if not code:
        return
    if not RULE_CODE.fullmatch(code):
        yield _("A code is made of letters, digits, _ and -, with a point between chapter and name, such as work.scope_only.")
    if code in seen:
        yield _("the code stands in line %(line)d already") % {"line": seen[code]}
