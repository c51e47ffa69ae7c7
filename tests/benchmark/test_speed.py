"""`make bench`: speed as ratios measured in one run, because machines differ and ratios hold.

1. Reading a plan to quads, over jieba's segmentation of the same text.
2. Each named question on the embedded store, over rdflib's store in memory.
3. An answer to a question, over its SPARQL on the store.
4. Making an asker, over reading the names in the graph.
"""

import statistics
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import jieba
import pytest
from rdflib import Graph

from kg_build.corpus import documents
from kg_build.pipeline import build
from kg_build.settings import load
from queries.answering import run
from queries.asking.asker import Asker
from queries.binding import bind
from queries.catalog import named
from queries.stores import Store, generations, open_store

ROUNDS = 5
ASKED = Path(__file__).parents[1] / "queries" / "asking"
QUESTIONS = (
    "competency/citations",
    "competency/count_actions_by_unit",
    "competency/domains",
    "competency/targets",
    "competency/units",
    "competency/work_groups",
    "export/actions",
    "export/responsibilities",
)


def median_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some work in seconds, after one round that does not count."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


@pytest.mark.bench
def test_reading_to_quads_over_segmentation() -> None:
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
            f"  {path.stem:12} {ours * 1e3:7.1f} ms / {theirs * 1e3:6.1f} ms = {ours / theirs:5.1f}"
        )
    print(f"  median ratio {statistics.median(ratios):.1f}")


def merged(paths: Iterable[Path]) -> Graph:
    """All named graphs as one graph in rdflib's memory store."""
    contents = b"".join(path.read_bytes() for path in paths)
    lines = {line.rpartition(b" <")[0] + b" .\n" for line in contents.splitlines()}
    return Graph().parse(data=b"".join(lines), format="nt")


@pytest.fixture(scope="module")
def embedded() -> Store:
    """The graph of the sample plans."""
    data = load().data
    if not (data / "current").exists():
        pytest.fail(f"没有图谱，先运行 make build / no graph under {data}: run make build first")
    return open_store(f"path:{data}")


@pytest.mark.bench
def test_named_questions_on_the_embedded_store_over_rdflib(embedded: Store) -> None:
    print("嵌入式图库 / rdflib 内存 (embedded store over rdflib in memory, same question)")
    reference = merged(generations.graphs(generations.current(load().data)).values())
    ratios = []
    for name in QUESTIONS:
        text = bind(named(name), {})
        ours = median_of(lambda text=text: embedded.select(text))
        theirs = median_of(lambda text=text: list(reference.query(text)), 1)
        ratios.append(ours / theirs)
        print(f"  {name:40} {ours * 1000:8.1f} ms / {theirs * 1000:9.1f} ms = {ours / theirs:6.3f}")
    print(f"  median ratio {statistics.median(ratios):.3f}")


def questions() -> list[str]:
    """What people asked about the sample plans."""
    files = (ASKED / f"{name}.toml" for name in ("corpus", "readers", "strangers"))
    tables = (tomllib.loads(file.read_text(encoding="utf-8"))["case"] for file in files)
    return [case["question"] for cases in tables for case in cases if "question" in case]


@pytest.mark.bench
def test_an_answer_over_its_sparql(embedded: Store) -> None:
    asker = Asker(embedded)
    ratios = {}
    for question in questions():
        sparql = asker.ask(question).sparql
        if sparql:
            ours = median_of(lambda question=question: asker.ask(question), 1)
            theirs = median_of(lambda sparql=sparql: embedded.select(sparql), 1)
            ratios[question] = ours / theirs
    print("回答 / 只查图谱 (an answer over its SPARQL on the store)")
    for question in sorted(ratios, key=ratios.__getitem__)[-5:]:
        print(f"  {ratios[question]:6.1f}  {question}")
    median = statistics.median(ratios.values())
    print(f"  median ratio {median:.2f} of {len(ratios)} questions")
    assert median <= 3


@pytest.mark.bench
def test_making_an_asker_over_reading_the_names(embedded: Store) -> None:
    ours = median_of(lambda: Asker(embedded))
    theirs = median_of(lambda: run(embedded, "asking/labels"))
    print("提问器就绪 / 读出图中名称 (making an asker over reading the names in the graph)")
    print(f"  {ours * 1e3:.0f} ms / {theirs * 1e3:.0f} ms = {ours / theirs:.1f}")
