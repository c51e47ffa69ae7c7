"""Recall: what a substring search of the texts and names finds, the index finds, and no more."""

import random
import re
from collections.abc import Iterable

import pytest

from queries.search import search
from queries.search.folding import fold
from queries.search.index import Index
from queries.stores.port import Store

LISTED = [
    *[
        "托位",
        "医院",
        "公园",
        "学校",
        "社区",
        "街道",
        "教育",
        "卫生",
        "儿童",
        "母婴",
        "交通",
        "道路",
        "安全",
        "图书",
        "阅读",
        "体育",
        "心理",
    ],
    *[
        "残疾",
        "孤儿",
        "留守",
        "困境",
        "家庭",
        "妇联",
        "团委",
        "民政",
        "财政",
        "住建",
        "公安",
        "法院",
        "规划",
        "预算",
        "宣传",
        "考核",
        "试点",
    ],
    *["PM2.5", "2025年", "100%", "〔2022〕", "0.5", "《", "年", "，"],
]
ENDS = re.compile("[。！？；].")
STATED = """
PREFIX zt: <https://zhengtu.example/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?text {
  ?thing a ?class .
  VALUES ?class {
    zt:Plan zt:OtherDocument zt:Domain zt:Programme zt:Action zt:Safeguard zt:Target zt:Indicator
    zt:Agent
  }
  ?thing rdfs:label|zt:text|zt:goal|zt:progress|zt:documentNumber ?text
}
"""


@pytest.fixture(scope="module")
def stated(store: Store) -> list[tuple[str, str]]:
    """What is stated of each thing, line by line, folded."""
    rows = store.select(STATED).dicts()
    return [(row["thing"], line) for row in rows for line in lines([row["text"]])]


@pytest.fixture(scope="module")
def sample(texts: dict[str, str]) -> list[str]:
    """Words of two characters from all over the texts, and those of the list."""
    pairs = {text[n : n + 2] for text in texts.values() for n in range(len(text) - 1)}
    words = sorted(w for w in pairs if len(fold(w)) == 2 and not ENDS.match(w))
    return [*LISTED, *random.Random(9).sample(words, 400)]


def lines(texts: Iterable[str]) -> list[str]:
    return [fold(line) for text in texts for line in text.split("\n")]


def test_every_thing_that_contains_a_word_is_found(
    index: Index, stated: list[tuple[str, str]], sample: list[str]
) -> None:
    lost = []
    for word in sample:
        sought = fold(word)
        hits = search(index, word, window=range(5000)).hits
        found = {hit.ref.iri for hit in hits if hit.kind != "sentence"}
        lost += [(word, thing) for thing, text in stated if sought in text and thing not in found]
    assert lost == []


def test_every_sentence_that_contains_a_word_is_found_and_no_other(
    index: Index, texts: dict[str, str], sample: list[str]
) -> None:
    for word in sample:
        sought = fold(word)
        hits = search(index, word, chosen={"kind": ["sentence"]}, window=range(5000)).hits
        quotes = [hit.sentence.quote for hit in hits if hit.sentence]
        assert all(sought in fold(quote) for quote in quotes), word
        said = sum(line.count(sought) for line in lines(texts.values()))
        assert sum(fold(quote).count(sought) for quote in quotes) >= said, word


def test_sentences_hold_every_character_of_the_texts(index: Index, texts: dict[str, str]) -> None:
    rows = index.sentences([hit.ref.iri for hit in search(index, "年", window=range(5000)).hits])
    assert all(texts[slug][start:end] == quote for _, slug, start, end, quote in rows)
    assert len(rows) > 200
