"""Answers of a search: order, sentences, counts, windows, and questions that mean mischief."""

import pytest

from queries.errors import BadParameter
from queries.search import Found, Run, search
from queries.search.facets import FACETS
from queries.search.index import Index
from queries.search.kinds import KINDS

HOSTILE = [
    '"',
    '""',
    "'",
    "*",
    "托*",
    "title:托位",
    "{title}:x",
    "a AND b",
    "NOT x",
    "NEAR(a b, 2)",
    "^a",
    "(",
    ")",
    ";--",
    "'; DROP TABLE entry; --",
    pytest.param("\x00", id="nothing"),
    pytest.param("\ud800", id="half a character"),
    "%",
    "_",
    "a" * 500,
    "( " * 200,
    "\u202e",
    "托位" * 100,
]
WORDS = ["托位", "医院", "儿童", "年", "公园 儿童", "区住建局", "PM2.5"]


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def every(index: Index, question: str, **chosen: list[str]) -> Found:
    return search(index, question, chosen=chosen, window=range(5000))


@pytest.mark.parametrize("question", WORDS)
def test_names_stand_before_what_is_said_and_sentences_last(index: Index, question: str) -> None:
    found = every(index, question)
    ranks = []
    for hit in found.hits:
        shown = text_of(hit.title) + text_of(hit.other)
        in_name = all(word in shown for word in question.split())
        ranks.append(2 if hit.kind == "sentence" else 0 if in_name else 1)
    assert ranks == sorted(ranks)
    assert len(found.hits) == found.total == found.unfiltered > 0


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("区住建局", "unit", "区住建局"),
        ("儿童友好学校", "indicator", "儿童友好学校"),
        ("吴政办〔2022〕36号", "plan", "吴中区建设儿童友好城市三年行动计划(2021-2023年)"),
        ("开展儿童友好公园试点推广", "action", "开展儿童友好公园试点推广"),
    ],
)
def test_the_thing_of_that_very_name_comes_first(
    index: Index, question: str, kind: str, name: str
) -> None:
    first = search(index, question).hits[0]
    assert first.kind == kind
    assert first.ref.label.zh.startswith(name)


@pytest.mark.parametrize("question", WORDS)
def test_every_sentence_is_in_its_text_with_the_words_marked(
    index: Index, texts: dict[str, str], question: str
) -> None:
    for hit in every(index, question).hits:
        said = hit.sentence
        if said is None:
            assert hit.kind == "unit"
            continue
        assert texts[said.document][said.start : said.end] == said.quote
        assert text_of(said.runs).strip("…") in said.quote
        # What a domain says as a whole may be told by the one action under it.
        marked = [*hit.title, *hit.other, *said.runs]
        assert hit.kind == "domain" or any(run.sought for run in marked)


@pytest.mark.parametrize("question", WORDS)
def test_each_count_is_what_is_found_when_that_value_is_chosen(index: Index, question: str) -> None:
    found = search(index, question)
    assert [facet.name for facet in found.facets] == list(FACETS)
    for facet in found.facets:
        for choice in facet.choices:
            narrower = search(index, question, chosen={facet.name: [choice.value]})
            assert narrower.total == choice.count
            assert narrower.unfiltered == found.total


def test_counts_keep_to_what_is_chosen_elsewhere(index: Index) -> None:
    chosen = {"place": ["江苏省"], "kind": ["action", "sentence"]}
    found = search(index, "儿童", chosen=chosen)
    for facet in found.facets:
        for choice in facet.choices:
            other = {**chosen, facet.name: [choice.value]}
            assert search(index, "儿童", chosen=other).total == choice.count


def test_a_place_stands_for_all_in_it(index: Index) -> None:
    totals = [every(index, "儿童", place=[name]).total for name in ("吴中区", "苏州市", "320000")]
    assert len(set(totals)) == 1
    places = {
        hit.place.label.zh for hit in every(index, "儿童", place=["江苏省"]).hits if hit.place
    }
    assert places == {"吴中区"}
    (facet,) = (f for f in search(index, "儿童").facets if f.name == "place")
    depths = {choice.label.zh: choice.depth for choice in facet.choices}
    assert [depths[name] for name in ("江苏省", "苏州市", "吴中区")] == [0, 1, 2]


def test_several_values_of_one_facet_are_any_of_them(index: Index) -> None:
    one, other = (every(index, "公园", kind=[kind]).total for kind in ("action", "target"))
    assert every(index, "公园", kind=["action", "target"]).total == one + other > max(one, other)


def test_a_target_is_of_its_own_year(index: Index) -> None:
    for hit in every(index, "儿童友好道路", kind=["target"], year=["2023"]).hits:
        assert hit.place
        assert hit.place.label.zh == "吴中区"
    assert every(index, "儿童友好道路", kind=["target"], year=["2021"]).total == 0


@pytest.mark.parametrize(("facet", "value"), [("kind", "x"), ("place", "火星"), ("year", "1")])
def test_what_nothing_has_is_shown_as_chosen_with_none(
    index: Index, facet: str, value: str
) -> None:
    found = search(index, "公园", chosen={facet: [value]})
    assert (found.total, found.hits) == (0, ())
    assert found.unfiltered > 0
    (shown,) = (f for f in found.facets if f.name == facet)
    assert [(c.value, c.count) for c in shown.choices if c.chosen] == [(value, 0)]


def test_a_facet_that_there_is_not_is_refused_with_those_that_there_are(index: Index) -> None:
    with pytest.raises(BadParameter, match="kind、place、national、domain、year"):
        search(index, "公园", chosen={"planet": ["火星"]})


def test_windows_give_each_hit_once_and_in_one_order(index: Index) -> None:
    whole = every(index, "儿童").hits
    parts = [search(index, "儿童", window=range(n, n + 7)).hits for n in range(0, len(whole), 7)]
    assert [hit for part in parts for hit in part] == list(whole)
    assert search(index, "儿童", window=range(len(whole), len(whole) + 5)).hits == ()


@pytest.mark.parametrize("question", HOSTILE)
def test_whatever_is_asked_is_plain_text(index: Index, question: str) -> None:
    found = search(index, question)
    assert found.total == found.unfiltered
    assert len(found.hits) == min(10, found.total)


def test_all_words_must_be_there(index: Index) -> None:
    both = every(index, "公园 社区")
    assert 0 < both.total < min(every(index, "公园").total, every(index, "社区").total)


def test_a_long_sentence_is_shortened_around_the_word(index: Index) -> None:
    for hit in every(index, "习近平", kind=["sentence"]).hits:
        assert hit.sentence
        assert len(text_of(hit.sentence.runs)) <= 142
        assert any(run.sought for run in hit.sentence.runs)


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert all(label.zh and label.en for label in KINDS.values())
    assert len(KINDS) == 10
