"""Every rule of the families is tried on the examples it carries."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import pytest

from kg_build.errors import RuleError
from kg_build.families import marker, pattern, patterns, table
from kg_build.lex.view import fold

Met = Callable[[re.Pattern[str], str], object]

#: how the code asks each kind of rule; a kind not named here is searched for
ASKED: dict[str, Met] = {
    "numbering": re.Pattern.match,
    "spaced": re.Pattern.match,
    "chapter": re.Pattern.search,
    "title": re.Pattern.search,
    "column": re.Pattern.fullmatch,
    "row": re.Pattern.fullmatch,
    "cell": re.Pattern.fullmatch,
    "attribute": re.Pattern.fullmatch,
    "label": re.Pattern.fullmatch,
    "metadata": re.Pattern.fullmatch,
    "boilerplate": re.Pattern.fullmatch,
    "verb": re.Pattern.fullmatch,
    "joint": re.Pattern.fullmatch,
    "field": re.Pattern.fullmatch,
    "standing": re.Pattern.search,
    "unit": re.Pattern.search,
    "mask": re.Pattern.search,
    "before": re.Pattern.fullmatch,
    "after": re.Pattern.fullmatch,
    "at_least": re.Pattern.search,
    "quantifying": re.Pattern.search,
    "all": re.Pattern.search,
    "qualitative": re.Pattern.search,
}
#: a quadratic rule would take seconds for so many characters
HOSTILE, LONGEST_SECONDS = 20_000, 0.2
#: kinds of which the code takes the first rule that is met
FIRST_WINS = ("numbering", "chapter", "column", "label")


@dataclass(frozen=True, slots=True)
class Rule:
    file: str
    kind: str
    name: str
    regex: re.Pattern[str]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    def meets(self, example: str) -> bool:
        return bool(ASKED.get(self.kind, re.Pattern.search)(self.regex, fold(example)))


def _rules() -> Iterator[Rule]:
    for file in sorted(p.name for p in files("kg_build.families").iterdir()):
        if not file.endswith(".toml"):
            continue
        name = file.removesuffix(".toml")
        for kind, entries in table(name).items():
            listed = entries if isinstance(entries, list) else [entries]
            for n, entry in enumerate(listed):
                if isinstance(entry, dict) and "matches" in entry:
                    yield _rule(name, kind, n, entry)


def _rule(file: str, kind: str, n: int, entry: dict) -> Rule:
    written = entry.get("pattern") or entry["suffix"]
    if kind == "title":
        written = f"{written}{entry['tail']}$"
    if kind == "unit":
        written = rf"{written}\*?(?:\([^()]*\)|〈[^〈〉]*〉)?$"
    name = entry.get("id", f"{kind}-{n}")
    matches, rejects = tuple(entry["matches"]), tuple(entry.get("rejects", ()))
    return Rule(file, kind, name, re.compile(written), matches, rejects)


RULES = tuple(_rules())
EACH = pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.file}-{r.name}")


def test_the_families_hold_all_the_rules_they_had():
    assert len(RULES) >= 50
    assert sum(len(r.matches) for r in RULES) >= 100
    assert sum(len(r.rejects) for r in RULES) >= 50
    assert {r.kind for r in RULES} >= set(ASKED)


@EACH
def test_a_rule_meets_its_examples(rule):
    assert [e for e in rule.matches if not rule.meets(e)] == []


@EACH
def test_a_rule_leaves_its_counterexamples(rule):
    assert [e for e in rule.rejects if rule.meets(e)] == []


@EACH
def test_a_rule_has_examples_and_most_have_counterexamples(rule):
    assert rule.matches
    assert rule.rejects or rule.kind == "unit"


@pytest.mark.parametrize("kind", FIRST_WINS)
def test_no_earlier_rule_of_a_kind_takes_an_example_away(kind):
    hidden = []
    by_file = {r.file for r in RULES if r.kind == kind}
    for file in by_file:
        family = [r for r in RULES if r.kind == kind and r.file == file]
        for n, rule in enumerate(family):
            hidden += [
                (example, earlier.name, rule.name)
                for example in rule.matches
                for earlier in family[:n]
                if earlier.meets(example)
            ]
    assert hidden == []


def test_the_longest_verb_gives_each_example_its_own_role():
    """At the end of a list the verb that begins first counts; an example must keep its rule."""
    verbs = [r for r in RULES if r.kind == "verb"]
    taken = [
        (example, rule.name, other.name)
        for rule in verbs
        for example in rule.matches
        for other in verbs
        if other is not rule and other.meets(example)
    ]
    assert taken == []


@EACH
def test_patterns_are_written_for_folded_text_without_white_space(rule):
    written = rule.regex.pattern
    assert fold(written) == written
    assert not re.search(r"\\d|\\s|\\w", written)


@EACH
@pytest.mark.parametrize(
    "piece", ["1", "一", "镇", "A", "(", "“", "、", "-", "2021-", "县教育局、"]
)
def test_a_rule_takes_time_in_proportion_to_the_text(rule, piece):
    text = piece * (HOSTILE // len(piece))
    begin = time.process_time()
    ASKED.get(rule.kind, re.Pattern.search)(rule.regex, text)
    assert time.process_time() - begin < LONGEST_SECONDS


@pytest.mark.parametrize("name", ["numbering", "chapter"])
def test_ids_are_unique(name):
    ids = [p.id for p in patterns("official_document", name)]
    assert len(ids) == len(set(ids))


def test_a_rule_that_does_not_exist_is_named():
    with pytest.raises(RuleError, match="no-such-rule"):
        pattern("roles", "verb", "no-such-rule")
    with pytest.raises(RuleError, match="no-such-family"):
        table("no-such-family")


@pytest.mark.cases("headings", "heading", at_least=40)
def test_the_numbering_at_the_head_of_a_paragraph(case):
    found = marker(fold(case["text"]))
    if "style" not in case:
        assert found is None
        return
    assert found is not None
    assert (found.style, found.value) == (case["style"], case["value"])
    assert fold(case["text"])[found.length :] == fold(case["rest"])
