"""The table after a build: aligned on a terminal, short for many, whole in its totals."""

from pathlib import Path
from unicodedata import east_asian_width

from kg_build.corpus import Corpus
from kg_build.shards import Failure, Shard, Summary
from kg_build.summary import summary


def shard(n: int, title: str = "青河县阅读推广行动计划") -> Shard:
    return Shard(f"计划{n}", Path("x"), Summary(title, n, 2 * n, 3, 0, 0, 1.25))


def place(line: str, part: str) -> int:
    """The column of a terminal at which a part of a line begins."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line[: line.index(part)])


def test_columns_stand_below_each_other_whatever_the_letters_width():
    corpus = Corpus((shard(1), shard(20, "a title in English")), (), frozenset({"计划20"}))
    head, new, old, total = summary(corpus)
    assert place(new, "1.2 s") == place(old, "未变 cached") == place(head, "用时")
    assert place(new, "a title") == place(old, "青河县") == place(total, "2 份")
    assert total.split()[-7:] == ["21", "42", "6", "0", "1", "份新读", "read"]


def test_a_long_title_is_cut_and_a_line_break_is_a_space():
    lines = list(summary(Corpus((shard(1, "很长\n的标题" * 20),), ())))
    assert "…" in lines[1]
    assert "很长 的标题" in lines[1]
    assert len(lines) == 2


def test_of_many_documents_the_new_ones_are_shown_and_all_are_counted():
    shards = tuple(shard(n) for n in range(1, 101))
    lines = list(summary(Corpus(shards, (), frozenset({"计划77"}))))
    assert "计划77 " in lines[1]
    assert len(lines) == 1 + 20 + 2
    assert "另有 80 份" in lines[-2]
    assert "100 份" in lines[-1]
    assert "5050" in lines[-1]


def test_failures_stand_at_the_end_with_their_reasons():
    failures = tuple(Failure(Path(f"坏{n}.txt"), f"原因{n}") for n in range(25))
    lines = list(summary(Corpus((shard(1),), failures)))
    assert "坏0.txt: 原因0" in lines[2]
    assert "另有 5 份" in lines[-1]
