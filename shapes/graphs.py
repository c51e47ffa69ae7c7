"""The graphs that validation needs: shapes, data as one rdflib graph, and its context."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from ontology import ontology_files, vocabulary_files

__all__ = ["Data", "add_context", "plan_shapes", "read", "vocabulary_shapes"]

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_VOCABULARY = "vocabulary.ttl"


class Data(Graph):
    """A graph to be validated, which takes each text of a query apart once.

    pySHACL asks the same few queries of every graph, and parsing them costs more than answering.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """The answer to a query."""
        known = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(known, *args, **kwargs)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def read(content: bytes, syntax: ox.RdfFormat) -> Data:
    """The triples of Turtle or N-Quads as one graph; the names of named graphs are dropped."""
    graph = Data()
    for quad in ox.parse(content, format=syntax):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


@cache
def plan_shapes() -> Graph:
    """The shapes for the graph of a plan."""
    return _shapes(f.name for f in files("shapes").iterdir() if f.name != _VOCABULARY)


@cache
def vocabulary_shapes() -> Graph:
    """The shapes for SKOS vocabularies."""
    return _shapes((_VOCABULARY, "prefixes.ttl"))


def add_context(graph: Graph) -> None:
    """Add what `sh:class` must know: subclasses, and the classes of vocabulary entries named in it.

    Only entries that the graph mentions are added, so thousands of places cost nothing.
    """
    classes = _classes_of_entries()
    for node in set(graph.objects()):
        for name in classes.get(str(node), ()):
            graph.add((node, URIRef(_TYPE.value), URIRef(name)))
    for lower, upper in _subclasses():
        graph.add((URIRef(lower), URIRef(_SUBCLASS.value), URIRef(upper)))


def _shapes(names: Iterable[str]) -> Graph:
    graph = Graph()
    for name in sorted(n for n in names if n.endswith(".ttl")):
        graph += read((files("shapes") / name).read_bytes(), ox.RdfFormat.TURTLE)
    return graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal(language=str()):
            return Literal(term.value, lang=term.language)
        case ox.Literal(datatype=ox.NamedNode(value=datatype)):
            # rdflib tells "a" and "a"^^xsd:string apart, RDF 1.1 does not.
            return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
    raise TypeError(f"not a term of plain RDF: {term}")


@cache
def _classes_of_entries() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in vocabulary_files():
        for entry, name in _pairs(file, _TYPE):
            found[entry] = (*found.get(entry, ()), name)
    return found


@cache
def _subclasses() -> tuple[tuple[str, str], ...]:
    return tuple(pair for file in ontology_files() for pair in _pairs(file, _SUBCLASS))


def _pairs(file: Traversable, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """Subject and object of each triple of this predicate, where both are IRIs."""
    for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
        if quad.predicate == predicate:
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                yield subject.value, value.value
