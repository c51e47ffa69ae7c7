"""Evidence as a node: position and quote selectors of Web Annotation, and the rule that read it."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg_build.families import description
from kg_build.model import Document, Evidence
from kg_build.rdf import iris
from kg_build.rdf.location import Locator
from kg_build.rdf.nquads import Triple
from kg_build.rdf.terms import decimal, name, text, typed, zt

__all__ = ["About", "described"]

_CONTEXT = 24  # characters of prefix and suffix in a quote selector
_TYPE = name("rdf:type")

#: the one property and value of the subject that the evidence is for
About = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]


def described(
    document: Document,
    subject: ox.NamedNode,
    evidence: Evidence,
    about: About | None,
    known: set[str],
    locator: Locator,
) -> Iterator[Triple]:
    """The triples of one piece of evidence for a subject.

    Many subjects share a piece of evidence, and much evidence a rule; each is described once,
    `known` says which are.

    **Source:** https://www.w3.org/TR/annotation-model/#selectors
    """
    start, end = evidence.span.start, evidence.span.end
    key = (start, end, evidence.rule, *(t.value for t in about or ()))
    node = ox.NamedNode(iris.local("evidence", document.slug, iris.digest(*key)))
    yield subject, zt("evidence"), node
    if node.value in known:
        return
    known.add(node.value)
    yield node, _TYPE, zt("Evidence")
    yield node, name("oa:hasSource"), ox.NamedNode(iris.local("text", document.slug))
    yield node, zt("confidence"), decimal(evidence.confidence)
    yield from _rule(node, evidence.rule, known)
    if about is not None:
        yield node, zt("supports"), about[0]
        yield node, zt("supportsValue"), about[1]
    for where, n in locator.of(evidence.span).items():
        yield node, zt(where), typed(n, "positiveInteger")
    yield from _position(node, start, end)
    yield from _quote(node, document.text, start, end)


def _rule(node: ox.NamedNode, rule: str, known: set[str]) -> Iterator[Triple]:
    iri = ox.NamedNode(iris.concept("rule", rule))
    yield node, zt("rule"), iri
    if iri.value in known:
        return
    known.add(iri.value)
    yield iri, _TYPE, zt("Rule")
    yield iri, name("rdfs:label"), text(rule)
    for language, about in zip(("zh", "en"), description(rule) or (), strict=False):
        yield iri, name("skos:definition"), text(about, language)


def _position(node: ox.NamedNode, start: int, end: int) -> Iterator[Triple]:
    selector = ox.NamedNode(node.value + "/position")
    yield node, name("oa:hasSelector"), selector
    yield selector, _TYPE, name("oa:TextPositionSelector")
    yield selector, name("oa:start"), typed(start, "nonNegativeInteger")
    yield selector, name("oa:end"), typed(end, "nonNegativeInteger")


def _quote(node: ox.NamedNode, whole: str, start: int, end: int) -> Iterator[Triple]:
    selector = ox.NamedNode(node.value + "/quote")
    yield node, name("oa:hasSelector"), selector
    yield selector, _TYPE, name("oa:TextQuoteSelector")
    yield selector, name("oa:exact"), text(whole[start:end])
    yield selector, name("oa:prefix"), text(whole[max(0, start - _CONTEXT) : start])
    yield selector, name("oa:suffix"), text(whole[end : end + _CONTEXT])
