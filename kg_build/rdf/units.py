"""A body's triples: its names, place and level, what it does, who leads it."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg_build.rdf import iris
from kg_build.rdf.nquads import Triple
from kg_build.rdf.terms import name, text, zt
from kg_build.unit_link import Leadership, Locality, UnitLink

__all__ = ["unit", "unit_node"]

_TYPE = name("rdf:type")
_NATION = "nation"


def unit_node(link: UnitLink, slug: str) -> ox.NamedNode:
    """The IRI of a body: of its place, the nation, or the document that names no place."""
    where = link.place_code or (_NATION if link.level == _NATION else slug)
    return ox.NamedNode(iris.local("unit", where, link.key))


def unit(link: UnitLink, slug: str) -> Iterator[Triple]:
    """What a document says of a body under one of its names."""
    node = unit_node(link, slug)
    yield node, _TYPE, zt("UnitGroup" if link.is_group else "Unit")
    yield node, _TYPE, zt("Agent")
    label = link.name or link.label
    yield node, name("rdfs:label"), text(label, "zh")
    if link.label != label:
        yield node, name("skos:altLabel"), text(link.label, "zh")
    if link.place_code:
        yield node, zt("jurisdiction"), ox.NamedNode(iris.concept("place", link.place_code))
    if link.locality and link.place_code:
        yield from _local(node, link.locality, link.place_code)
    if link.level and not link.is_group:
        yield node, zt("level"), text(link.level)
    for function in link.functions:
        yield node, zt("function"), ox.NamedNode(iris.concept("function", function))
    if link.former:
        yield node, zt("formerBody"), ox.NamedNode(iris.concept("body", link.former))
    if link.leadership:
        yield from _led(node, link.leadership)
    if link.part_of:
        yield from unit(link.part_of, slug)
        yield node, zt("divisionOf"), unit_node(link.part_of, slug)


def _local(node: ox.NamedNode, locality: Locality, above: str) -> Iterator[Triple]:
    """The town or area that a body is of, as far as its name tells: what it is called and where."""
    place = ox.NamedNode(iris.local("place", above, locality.name))
    yield node, zt("locality"), place
    yield place, _TYPE, zt("Locality")
    yield place, name("rdfs:label"), text(locality.name, "zh")
    yield place, zt("localityKind"), text(locality.kind)
    yield place, zt("within"), ox.NamedNode(iris.concept("place", above))


def _led(node: ox.NamedNode, leadership: Leadership) -> Iterator[Triple]:
    yield node, zt("leadership"), ox.NamedNode(iris.concept("leadership", leadership.kind))
    if leadership.place_code:
        yield node, zt("ledFrom"), ox.NamedNode(iris.concept("place", leadership.place_code))
