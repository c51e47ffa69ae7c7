"""The names and literals that quads are made of."""

from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from ontology import ZT

__all__ = ["decimal", "document_number", "name", "text", "typed", "zt"]

_NAMESPACES = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_YEAR_BRACKETS = str.maketrans("[［【(（]］】)）", "〔〔〔〔〔〕〕〕〕〕")
_XSD = "http://www.w3.org/2001/XMLSchema#"


@cache
def zt(local: str) -> ox.NamedNode:
    """A term of our ontology."""
    return ox.NamedNode(ZT + local)


@cache
def name(prefixed: str) -> ox.NamedNode:
    """A term of a standard vocabulary, by its usual prefix: `name("oa:exact")`."""
    prefix, _, local = prefixed.partition(":")
    return ox.NamedNode(_NAMESPACES[prefix] + local)


def text(value: str, language: str | None = None) -> ox.Literal:
    """A plain string, or one in a language."""
    return ox.Literal(value, language=language)


def document_number(written: str) -> ox.Literal:
    """A document's number, whose year stands in 〔〕 whatever brackets a text has around it."""
    return text(written.translate(_YEAR_BRACKETS))


def typed(value: object, datatype: str) -> ox.Literal:
    """A literal of an XSD datatype: `typed(2025, "gYear")`."""
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + datatype))


def decimal(value: Decimal) -> ox.Literal:
    """A number, never in exponent form."""
    return typed(format(value, "f"), "decimal")
