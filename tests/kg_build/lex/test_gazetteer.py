"""Known words in a text."""

from hypothesis import given
from hypothesis import strategies as st

from kg_build.lex.gazetteer import Gazetteer

WORDS = Gazetteer([
    ("公园", "park"),
    ("口袋公园", "park"),
    ("医院", "hospital"),
    ("教体", "edu"),
    ("教体", "sport"),
])


def test_the_longest_word_wins() -> None:
    assert [m.word for m in WORDS.find("建设口袋公园和医院")] == ["口袋公园", "医院"]


def test_a_word_may_stand_for_several_codes() -> None:
    (match,) = WORDS.find("区教体局")
    assert (match.start, match.end, match.codes) == (1, 3, ("edu", "sport"))


def test_an_unknown_word_has_no_codes() -> None:
    assert WORDS.codes("学校") == ()


def test_an_empty_word_is_never_found() -> None:
    assert list(Gazetteer([("", "nothing")]).find("公园")) == []


@given(st.text(alphabet="口袋公园医院教体的", max_size=30))
def test_matches_are_ordered_apart_and_say_what_stands_there(text: str) -> None:
    last = 0
    for match in WORDS.find(text):
        assert last <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.word
        last = match.end
