"""A document left out because its own graph has violations: each with place, message and remedy."""

from collections.abc import Iterator
from itertools import groupby

import pyoxigraph as ox

from kg_build.rdf.terms import name, zt
from kg_build.shards import Shard
from shapes import Result

__all__ = ["refusal"]

_MOST = 5  # kinds of violations of a document that are told, each with its first place
_SHOWN = 40  # letters of a quote
_SELECTORS = ("/position", "/quote")


def refusal(shard: Shard) -> Iterator[str]:
    """The lines that name a document and what is wrong in its graph, and where it stands."""
    found, graph = shard.report().violations, _graph(shard)
    file = _value(graph, None, zt("fileName")) or shard.slug
    yield f"未收入 left out: {file}: 图谱有 {len(found)} 处违规 / violations in its graph"
    kinds = [list(alike) for _, alike in groupby(found, key=lambda result: result.shape)]
    for alike in kinds[:_MOST]:
        yield f"  · {alike[0].message_zh} / {alike[0].message_en} ({len(alike)})"
        yield f"    {_place(graph, alike[0])}"
    if (more := len(kinds) - _MOST) > 0:
        yield f"  …… 另有 {more} 种 / and {more} more kinds"
    yield (
        f"  {shard.slug}.toml 若设定了有关内容请改正；否则是程序的错误，请附上文件报告 / correct "
        f"{shard.slug}.toml where it sets this; else it is a fault of the program: report it"
    )


def _graph(shard: Shard) -> ox.Store:
    graph = ox.Store()
    graph.bulk_load(path=str(shard.nquads), format=ox.RdfFormat.N_QUADS)
    return graph


def _place(graph: ox.Store, result: Result) -> str:
    """What the violation is about, and the line and the words of the text it stands at."""
    about = " ".join(filter(None, (result.about_zh, f"<{result.subject}>", _offending(result))))
    for iri in _evidence(graph, result.subject):
        start = _value(graph, iri + _SELECTORS[0], name("oa:start"))
        if start.isdecimal():
            line = _value(graph, None, zt("content")).count("\n", 0, int(start)) + 1
            words = " ".join(_value(graph, iri + _SELECTORS[1], name("oa:exact")).split())
            return f"{about} 第 {line} 行 line 「{words[:_SHOWN]}」"
    return about


def _offending(result: Result) -> str:
    return f"= {result.value}" if result.value and result.value != result.subject else ""


def _evidence(graph: ox.Store, subject: str) -> Iterator[str]:
    """The evidence that a thing is or has, or that a selector belongs to."""
    for selector in _SELECTORS:
        subject = subject.removesuffix(selector)
    yield subject
    for quad in graph.quads_for_pattern(ox.NamedNode(subject), zt("evidence"), None):
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _value(graph: ox.Store, subject: str | None, predicate: ox.NamedNode) -> str:
    """The first literal of a property, of any subject where none is given; else empty."""
    about = None if subject is None else ox.NamedNode(subject)
    for quad in graph.quads_for_pattern(about, predicate, None):
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    return ""
