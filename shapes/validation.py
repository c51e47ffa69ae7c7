"""The one door to pySHACL: graphs in, reports out."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pyoxigraph as ox
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ontology import ZT
from shapes.graphs import Data, add_context, plan_shapes, read, vocabulary_shapes
from shapes.report import Report, Result, Severity, merge

__all__ = ["validate", "validate_nquads", "validate_plans", "validate_vocabulary"]

_OA = Namespace("http://www.w3.org/ns/oa#")
_ISSUE = URIRef(ZT + "DocumentIssue")
_QUOTE = URIRef(ZT + "evidence") / _OA.hasSelector / _OA.exact


def validate(graph: Graph) -> Report:
    """What the plan shapes say about a graph of one or more plans. The graph is not changed."""
    own = Data()
    own += graph
    return _validate(own, plan_shapes())


def validate_nquads(nquads: bytes) -> Report:
    """The same for N-Quads; argument and result can be pickled, so that plans may go to a pool."""
    return _validate(read(nquads, ox.RdfFormat.N_QUADS), plan_shapes())


def validate_plans(plans: Sequence[bytes], *, processes: int = 1) -> Report:
    """One report on the N-Quads of several plans, each by itself, in so many processes."""
    if min(processes, len(plans)) <= 1:
        return merge(map(validate_nquads, plans))
    # Spawned, not forked: the caller may have threads or an open store.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return merge(pool.map(validate_nquads, plans))


def validate_vocabulary(turtle: bytes) -> Report:
    """What the vocabulary shapes say about one Turtle file of `ontology/vocabularies/`."""
    return _validate(read(turtle, ox.RdfFormat.TURTLE), vocabulary_shapes())


def _validate(graph: Data, shapes: Graph) -> Report:
    own = set(graph.subjects())
    add_context(graph)
    # In place: the graph is ours, and a copy costs more than half of the validation.
    _, found, _ = pyshacl_validate(graph, shacl_graph=shapes, inplace=True)
    about_own = (n for n in found.subjects(SH.focusNode) if found.value(n, SH.focusNode) in own)
    return merge([Report(tuple(_result(node, found, graph, shapes) for node in about_own))])


def _result(node: Node, found: Graph, graph: Graph, shapes: Graph) -> Result:
    shape, focus = found.value(node, SH.sourceShape), found.value(node, SH.focusNode)
    value, severity = found.value(node, SH.value), found.value(node, SH.resultSeverity)
    path = found.value(node, SH.resultPath)
    # Without a path the value is no object of the focus but what a query over it found.
    subject = value if isinstance(value, URIRef) and not isinstance(path, URIRef) else focus
    return Result(
        severity=Severity(str(severity).rpartition("#")[2]),
        message_zh=_words(shapes, shape, SH.message, "zh"),
        message_en=_words(shapes, shape, SH.message, "en"),
        focus=str(focus),
        path=str(path) if isinstance(path, URIRef) else "",
        shape=str(shape),
        value=str(value or ""),
        subject=str(subject),
        about_zh=_label(graph, subject, "zh"),
        about_en=_label(graph, subject, "en"),
    )


def _label(graph: Graph, node: Node | None, language: str) -> str:
    if not isinstance(node, URIRef):
        return ""
    label = _words(graph, node, RDFS.label, language)
    if (node, RDF.type, _ISSUE) not in graph:
        return label or _words(graph, node, SKOS.prefLabel, language)
    # An issue's label says only what kind of thing is odd; the quote says what.
    quote = next((str(q) for q in graph.objects(node, _QUOTE)), "")
    return f"{label} “{quote}”" if quote else label


def _words(graph: Graph, node: Node | None, predicate: Node, language: str) -> str:
    """The text in this language, else the Chinese one, else any, else none."""
    objects = sorted(o for o in graph.objects(node, predicate) if isinstance(o, Literal))
    texts = {text.language or "": str(text) for text in objects}
    return texts.get(language) or texts.get("zh") or next(iter(sorted(texts.values())), "")
