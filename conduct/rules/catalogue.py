"""Reading a catalogue: YAML in, checked rows out, a clear sentence for each bad line. No database."""

from dataclasses import dataclass

import yaml

from .states import Enforcement, Evidence, Severity, Stage, Step, Trait

REQUIRED = ("code", "stage", "enforce", "severity", "source", "zh", "en")
OPTIONAL = ("before", "evidence", "when", "by")
FIELDS = ("code", "stage", "before", "enforce", "evidence", "severity", "source", "when", "zh", "en", "by")
LENGTHS = {"code": 60, "zh": 500, "en": 500, "source": 60, "by": 200}
CHOICES = {"stage": Stage, "before": Step, "enforce": Enforcement, "evidence": Evidence, "severity": Severity}


@dataclass
class BadLine(Exception):
    """`line` counts from 1, as editors do."""

    line: int
    code: str
    what: str

    def __str__(self):
        return f"line {self.line}, {self.code or 'rule without code'}: {self.what}"


class CatalogueError(Exception):
    """`errors` is a list of BadLine."""

    def __init__(self, errors):
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def read(text):
    """(edition code, [rule dict, …]) from the YAML `text`. Raises CatalogueError with every error found."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        raise CatalogueError([BadLine(error.problem_mark.line + 1, "", f"not YAML: {error.problem}")]) from error
    if not isinstance(data, dict) or "edition" not in data or not isinstance(data.get("rules"), list):
        raise CatalogueError([BadLine(1, "", "expected the keys “edition” and “rules”")])
    return str(data["edition"]), checked(data["rules"], _lines(tree))


def checked(rules, lines):
    """The rules, when nothing is wrong with any of them; `lines` says where each stands. Raises CatalogueError."""
    errors, seen = [], {}
    for rule, line in zip(rules, lines, strict=True):
        for what in _wrong_with(rule, seen):
            errors.append(BadLine(line, rule.get("code", "") if isinstance(rule, dict) else "", what))
        if isinstance(rule, dict):
            seen.setdefault(rule.get("code"), line)
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
    rules = next(value for key, value in tree.value if key.value == "rules")
    return [node.start_mark.line + 1 for node in rules.value]


def _wrong_with(rule, seen):
    if not isinstance(rule, dict):
        yield "expected a mapping of fields"
        return
    for name in REQUIRED:
        if not rule.get(name):
            yield f"“{name}” is missing"
    for name in sorted(set(rule) - {*REQUIRED, *OPTIONAL}):
        yield f"unknown field “{name}”"
    for name, choices in CHOICES.items():
        if name in rule and rule[name] not in choices.values:
            yield f"“{name}” is “{rule[name]}”, expected one of {', '.join(choices.values)}"
    for name, longest in LENGTHS.items():
        if len(str(rule.get(name, ""))) > longest:
            yield f"“{name}” has more than {longest} characters"
    for trait in rule.get("when", []):
        if trait not in Trait.values:
            yield f"“when” names “{trait}”, expected some of {', '.join(Trait.values)}"
    if rule.get("enforce") in ("gate", "check") and not rule.get("before"):
        yield "a gate or check needs “before”"
    if rule.get("code") in seen:
        yield f"the code stands in line {seen[rule['code']]} already"
