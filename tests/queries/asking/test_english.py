"""What English words stand for: our own terms, and the dictionary behind them."""

import pytest

from queries.asking import Asker
from queries.asking.dictionary import chinese_for
from queries.asking.glossary import glosses, load_glossary, looked_up


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("container", "集装箱"),
        ("berths", "泊位"),
        ("cold chain", "冷链"),
        ("lighthouses", "灯塔"),
        ("libraries", "图书馆"),
        ("recycling", "回收"),
    ],
)
def test_the_dictionary_knows_plurals_phrases_and_doings(english: str, chinese: str) -> None:
    assert chinese in chinese_for(english)


@pytest.mark.parametrize("english", ["", "replaced", "quickly", "hangzhou", "qwertyuiop"])
def test_the_dictionary_gives_no_names_and_nothing_of_how_it_went(
    english: str,
) -> None:
    assert chinese_for(english) == ()


def test_only_words_that_are_unread_and_that_texts_have_are_looked_up() -> None:
    text = "container berths at the port"
    found = list(looked_up(text, [(0, 9), (10, 16)], {"集装箱", "泊位"}.__contains__))
    assert [(s.label, s.value) for _, _, s in found] == [
        ("container", "集装箱"),
        ("berths", "泊位"),
    ]
    assert list(looked_up(text, [(0, 9)], lambda _: False)) == []
    assert list(looked_up(text, [], lambda _: True)) == []


def test_hyphens_and_spaces_are_one() -> None:
    (one,) = [s for _, _, s in glosses("sponge-city") if s.label.startswith("sponge")]
    (other,) = [s for _, _, s in glosses("sponge city") if s.label.startswith("sponge")]
    assert one == other


def test_every_term_has_chinese_words_and_forms_in_lower_case() -> None:
    for form, sense in load_glossary().items():
        assert form == form.lower().strip()
        assert sense.value.strip("|")
        assert not sense.value.isspace()


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many parks should Wuzhong build?", {"planning"}),
        ("How many parks is Wuzhong going to build?", {"planning"}),
        ("What has to be finished?", {"planning"}),
        ("Should Wuzhong build parks?", {"unanswerable"}),
        ("What vaccination rate does Tongxin set?", {"quantity"}),
    ],
)
def test_verbs_tell_what_is_planned(asker: Asker, question: str, kinds: set[str]) -> None:
    assert kinds <= {s.kind for p in asker.read(question).pieces for s in p.senses}
