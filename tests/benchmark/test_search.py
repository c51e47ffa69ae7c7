"""`make bench`: a search with sentences and counts, over the bare lookup of its words.

The bare lookup asks the index of words for the numbers of the best ten and for how many there
are. Both are asked in turn, so that neither finds the memory warmer than the other.
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from kg_build.settings import load
from queries.search import search
from queries.search.folding import condition, words
from queries.search.index import FILE
from queries.search.opening import open_index
from queries.stores import generations

ROUNDS, WORDS = 7, 200
BEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY BM25(words, 4.0, 1.0) LIMIT 10"
COUNT = "SELECT COUNT(*) FROM words WHERE words MATCH ?"


def took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def pairs(connection: sqlite3.Connection) -> list[str]:
    """Words of two characters from all over the texts."""
    texts = "".join(
        row[0] for row in connection.execute("SELECT quote FROM entry WHERE title = ''")
    )
    chance = random.Random(4)
    found = (texts[n : n + 2] for n in iter(lambda: chance.randrange(len(texts) - 1), None))
    return [next(w for w in found if all("一" <= c <= "鿿" for c in w)) for _ in range(WORDS)]


@pytest.mark.bench
def test_a_search_over_the_bare_lookup() -> None:
    data = load().data
    index = open_index(f"path:{data}")
    path = generations.current(data) / "search" / FILE
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as bare:

        def lookup(word: str) -> None:
            asked = (condition(words(word)),)
            bare.execute(BEST, asked).fetchall(), bare.execute(COUNT, asked).fetchall()

        times: dict[str, list[tuple[float, float]]] = {}
        for word in pairs(bare) * ROUNDS:
            pair = (
                took(lambda word=word: search(index, word)),
                took(lambda word=word: lookup(word)),
            )
            times.setdefault(word, []).append(pair)
    ours, theirs = (
        statistics.median(statistics.median(t[side] for t in ts) for ts in times.values())
        for side in (0, 1)
    )
    print("检索 / 只查索引，两字词 (a search over the bare lookup, words of two characters)")
    print(f"  median {ours * 1e3:.2f} ms / {theirs * 1e3:.2f} ms = {ours / theirs:.1f}")
