"""`make bench`: speed as ratios measured in one run, because machines differ and ratios hold.

1. Reading a plan to quads, over jieba's segmentation of the same text.
2. Each named question on the embedded store, over rdflib's store in memory.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
from rdflib import Dataset

from kg_build.corpus import documents
from kg_build.pipeline import build
from kg_build.settings import load
from queries.binding import bind
from queries.catalog import named, names
from queries.stores import generations, open_store

ROUNDS = 5


def median_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some work in seconds, after one round that does not count."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def reading() -> None:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    print("读到四元组 / jieba 切分 (reading to quads over jieba segmentation, one core)")
    ratios = []
    for path in documents(load().documents):
        text = path.read_text("utf-8")
        ours = median_of(lambda path=path: build(path))
        theirs = median_of(lambda text=text: tokenizer.lcut(text))
        ratios.append(ours / theirs)
        print(
            f"  {path.stem:12} {ours * 1000:7.1f} ms / {theirs * 1000:6.1f} ms = {ours / theirs:5.1f}"
        )
    print(f"  median ratio {statistics.median(ratios):.1f}")


def asking() -> None:
    data = load().data
    embedded = open_store(f"path:{data}")
    print("嵌入式图库 / rdflib 内存 (embedded store over rdflib in memory, same question)")
    reference = Dataset(default_union=True)
    reference.parse(generations.current(data) / "graph.nq", format="nquads")
    ratios = []
    for name in names():
        if not name.startswith(("competency/", "export/")):
            continue
        query = named(name)
        if any(not p.optional and p.default is None for p in query.parameters):
            continue
        text = bind(query, {})
        ours = median_of(lambda text=text: embedded.select(text))
        theirs = median_of(lambda text=text: list(reference.query(text)), 1)
        ratios.append(ours / theirs)
        print(f"  {name:40} {ours * 1000:8.1f} ms / {theirs * 1000:9.1f} ms = {ours / theirs:6.3f}")
        sys.stdout.flush()
    print(f"  median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    reading()
    if (load().data / "current").exists():
        asking()
    else:
        print(
            f"没有图谱，先运行 make build / no graph under {Path(load().data)}: run make build first"
        )
