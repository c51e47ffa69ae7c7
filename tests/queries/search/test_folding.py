"""Folding and tokens: what a substring search of plain texts finds, an index of tokens finds."""

import doctest
import sqlite3
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.search import folding
from queries.search.folding import condition, fold, places, tokens, words
from queries.search.index import statement

SAME = [
    ("ＰＭ２．５", "PM2.5"),
    ("Ⅲ级", "iii级"),
    ("３０％", "30%"),
    ("到 2023 年底", "到2023年底"),
    ("“五社联动”", "五社联动"),
    ("（试行）", "(试行)"),
    ("A\u200bB\ufeffC", "abc"),
]
QUESTIONS = [
    ("托位", ["托位"]),
    ("公园　儿童", ["公园", "儿童"]),
    ("公园 公园", ["公园"]),
    ('"child friendly" 城市', ["childfriendly", "城市"]),
    ("“社会 政策”", ["社会政策"]),
    ('没关上的"引号', ["没关上的引号"]),
    ("", []),
    ("  \t\n", []),
    ('""', []),
    ('a* OR NEAR("x")', ["a＊", "or", "near（x）"]),
    pytest.param("\ud800", [], id="half a character"),
]
LETTERS = st.sampled_from("儿童友好托位医院𠮷ＰPp2２.．%％ \u3000\t“”\"'*()^:-ßſİŒ㎡①…\u0301\u200b")
TEXTS = st.text(LETTERS, max_size=24)


@pytest.fixture(scope="module")
def tokenised() -> Iterator[sqlite3.Connection]:
    """An empty index."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(statement("schema"))
    yield connection
    connection.close()


def test_the_examples_of_the_module_hold() -> None:
    outcome = doctest.testmod(folding)
    assert outcome.attempted >= 5
    assert not outcome.failed


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_differs_in_width_case_or_quotation_marks_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("question", "sought"), QUESTIONS)
def test_a_question_is_plain_words(question: str, sought: list[str]) -> None:
    assert list(words(question)) == sought


@given(st.text(max_size=30))
def test_any_text_folds_to_what_neither_tokens_nor_the_index_could_misread(text: str) -> None:
    folded = fold(text)
    assert not any(c.isspace() or (c.isascii() and not c.isalnum()) for c in folded)
    folded.encode("utf-8")


@given(TEXTS, st.data())
def test_every_piece_of_a_text_finds_it(
    tokenised: sqlite3.Connection, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    for line in words(f'"{piece}"'):
        assert line not in fold(text) or finds(tokenised, text, line)
    if piece.strip() and fold(piece):
        assert finds(tokenised, text, fold(piece))


@given(TEXTS, TEXTS)
def test_what_a_text_does_not_contain_does_not_find_it(
    tokenised: sqlite3.Connection, text: str, other: str
) -> None:
    if word := fold(other):
        assert finds(tokenised, text, word) == (word in fold(text))


def finds(connection: sqlite3.Connection, text: str, word: str) -> bool:
    connection.execute(statement("add_words"), (1, "", tokens(text)))
    found = connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ?", (condition([word]),)
    ).fetchall()
    connection.execute(statement("remove_words"), (1, "", tokens(text)))
    return found == [(1,)]


@given(TEXTS, TEXTS)
def test_marks_cover_the_words_and_nothing_else(text: str, other: str) -> None:
    if word := fold(other):
        marks = places(text, [word])
        assert bool(marks) == (word in fold(text))
        assert all(a.stop <= b.start for a, b in pairwise(marks))
        if len(marks) == 1:
            assert word in fold(text[marks[0].start : marks[0].stop])


def test_a_line_break_parts_words() -> None:
    assert "局区" not in tokens("教育局\n区委")
    assert tokens("甲") == "甲"
