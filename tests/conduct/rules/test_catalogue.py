import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from conduct.management.commands.load_rules import OURS
from conduct.rules.catalogue import CatalogueError, read
from conduct.rules.models import Rule

GOOD = "edition: t\nrules:\n- {code: a.b, stage: work, enforce: brief, severity: minor, source: own, zh: 甲, en: A}\n"


def test_our_catalogue_is_whole():
    code, rules = read(OURS.read_text(encoding="utf-8"))
    assert (code, len(rules)) == ("2026.1", 144)


def test_loading_twice_changes_nothing(db):
    call_command("load_rules", verbosity=0)
    first = list(Rule.objects.order_by("pk").values())
    call_command("load_rules", verbosity=0)
    assert list(Rule.objects.order_by("pk").values()) == first


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (("stage: work", "stage: moon"), "line 3, a.b: “stage” is “moon”"),
        (("code: a.b", "code: a/b"), "line 3, a/b: A code is made of letters"),
        (("code: a.b", "code: [a]"), "line 3, rule without code: “code” is neither a text"),
        (("source: own", "when: 5"), "“when” is neither a text nor"),
        (("source: own", "when: [moon]"), "“when” names “moon”"),
        (("edition: t", "edition: new"), "An edition's name has up to 20"),
        (("edition: t", "edition: \x01"), "not YAML: ReaderError"),
        (("edition: t", "edition: " + 3000 * "["), "not YAML"),
        (("edition: t", "edition: t\n---"), "not YAML"),
        (("zh: 甲, ", ""), "line 3, a.b: “zh” is missing"),
        (("enforce: brief", "enforce: gate"), "a gate or check needs “before”"),
        (("en: A", "en: A, color: red"), "unknown field “color”"),
        (("- {", "- x\n- {"), "line 3, rule without code: expected a mapping"),
        (("rules:", "rulez:"), "expected the keys"),
        (("{code", "{[code"), "not YAML"),
    ],
)
def test_a_bad_line_is_named(spoil, says):
    with override("en"), pytest.raises(CatalogueError) as error:
        read(GOOD.replace(*spoil))
    assert says in str(error.value)


def test_a_value_is_the_text_that_it_is():
    code, (rule,) = read(GOOD.replace("edition: t", "edition: 2026.10").replace("source: own", "source: 2026-13-45, when: "))
    assert (code, rule["source"], rule["when"]) == ("2026.10", "2026-13-45", "")


def test_a_bad_file_loads_nothing(db, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(GOOD + GOOD.splitlines()[2])
    with override("en"), pytest.raises(CommandError, match="line 4, a.b: the code stands in line 3 already"):
        call_command("load_rules", path)
    assert not Rule.objects.exists()
