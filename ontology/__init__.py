"""Names: the ontology's terms, its Turtle files and the vocabularies.

Holds: classes and properties (`plan.ttl`, `evidence.ttl`), SKOS schemes, alignments, reasoning.
May import: rdflib, pyoxigraph's parser, owlready2 (in `reasoning.py` only).
Never: documents, HTTP, a store, SPARQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph as ox

__all__ = ["BASE", "PREFIXES", "ZT", "Concept", "concepts", "ontology_files", "vocabulary_files"]

BASE = "https://zhengtu.example/"
ZT = BASE + "ontology#"

#: what people read instead of whole IRIs, in every Turtle that we write
PREFIXES = {
    "zt": ZT,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SKOS = "http://www.w3.org/2004/02/skos/core#"

#: a value, and the language of one that has any
_Term = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Concept:
    """A vocabulary entry. `labels` are its Chinese preferred, alternative and hidden labels."""

    iri: str
    notation: str
    label_zh: str
    label_en: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    values: dict[str, tuple[str, ...]] = field(hash=False)


def ontology_files() -> list[Traversable]:
    """The Turtle files of the ontology itself, alignments included, in a fixed order."""
    root = files(__name__)
    own = [f for f in root.iterdir() if f.name.endswith(".ttl")]
    own += [f for f in (root / "alignments").iterdir() if f.name.endswith(".ttl")]
    return sorted(own, key=lambda f: f.name)


def vocabulary_files() -> list[Traversable]:
    """The Turtle files of the SKOS schemes, in a fixed order."""
    folder = files(__name__) / "vocabularies"
    return sorted((f for f in folder.iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


@cache
def concepts(vocabulary: str) -> tuple[Concept, ...]:
    """The entries of `vocabularies/<vocabulary>.ttl` in the order of their IRIs.

    Raises: FileNotFoundError where there is no such vocabulary.
    """
    path = files(__name__) / "vocabularies" / f"{vocabulary}.ttl"
    found: dict[str, dict[str, list[_Term]]] = {}
    # Some vocabularies have thousands of entries: each part of a statement is taken once.
    for subject, predicate, term, _ in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
        if isinstance(subject, ox.NamedNode):
            values = found.setdefault(subject.value, {})
            if isinstance(term, ox.Literal):
                values.setdefault(predicate.value, []).append((term.value, term.language))
            elif isinstance(term, ox.NamedNode):
                values.setdefault(predicate.value, []).append((term.value, None))
    is_concept = ((iri, values) for iri, values in found.items() if _SKOS + "prefLabel" in values)
    return tuple(_concept(iri, values) for iri, values in sorted(is_concept))


def _concept(iri: str, values: dict[str, list[_Term]]) -> Concept:
    def texts(name: str, language: str | None = None) -> Iterator[str]:
        for value, tag in values.get(_SKOS + name, ()):
            if language in (None, tag):
                yield value

    labels = [*texts("prefLabel", "zh"), *texts("altLabel", "zh"), *texts("hiddenLabel", "zh")]
    return Concept(
        iri=iri,
        notation=next(texts("notation"), ""),
        label_zh=next(texts("prefLabel", "zh"), ""),
        label_en=next(texts("prefLabel", "en"), ""),
        labels=tuple(labels),
        broader=tuple(texts("broader")),
        values={name: tuple([value for value, _ in terms]) for name, terms in values.items()},
    )
