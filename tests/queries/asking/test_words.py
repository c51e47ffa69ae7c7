"""The rules' own examples, and the tables that lead from readings to queries."""

import pytest

from queries.asking import Asker
from queries.asking.words import Pattern, Rule, load_wordings, load_words
from queries.catalog import named

WORDS = load_words()
WORDINGS = load_wordings()
EXAMPLES = [(rule, example) for rule in WORDS.rules for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{r.kind}-{r.means}-{e}" for r, e in EXAMPLES]
)
def test_a_rule_is_found_in_its_examples(asker: Asker, rule: Rule, example: str) -> None:
    found = {(s.kind, s.value) for p in asker.read(example).pieces for s in p.senses}
    assert (rule.kind, rule.means) in found


def test_every_rule_but_names_of_documents_has_an_example() -> None:
    assert [r.means for r in WORDS.rules if not r.examples and r.kind != "source"] == []


@pytest.mark.parametrize("pattern", WORDS.patterns, ids=lambda p: p.kind)
def test_a_pattern_matches_what_it_says_and_nothing_it_rejects(pattern: Pattern) -> None:
    for text in pattern.matches:
        assert pattern.expression.fullmatch(text), text
    for text in pattern.rejects:
        assert not pattern.expression.fullmatch(text), text


@pytest.mark.parametrize("route", WORDINGS.routes, ids=lambda r: f"{r.asked}-{r.aggregate}")
def test_a_route_shows_columns_that_its_query_or_the_titles_have(route) -> None:
    columns = {column.name for column in named(route.query).columns}
    assert set(route.show) <= columns | set(WORDINGS.said["titles"])
    assert route.asked in WORDINGS.said["asked"]


def test_every_condition_of_every_routed_query_can_be_said_in_both_languages() -> None:
    used = {p.name for route in WORDINGS.routes for p in named(route.query).parameters}
    assert used <= set(WORDINGS.said["conditions"])
    assert all(len(pair) == 2 and all(pair) for pair in WORDINGS.said["conditions"].values())
