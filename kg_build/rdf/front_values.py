"""What the text says about the plan as a document, as properties with their values."""

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from kg_build.model import FrontMatter, Status
from kg_build.rdf import iris
from kg_build.rdf.terms import document_number, name, text, typed, zt

__all__ = ["front_values"]

_STATUS = {Status.ISSUED: "issued", Status.DRAFT: "draft", Status.UNKNOWN: "unknown"}


def front_values(
    front: FrontMatter,
) -> Iterator[tuple[str, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Each field that the text states: the name its evidence has, the property and the value."""
    if front.title:
        yield "title", name("dcterms:title"), text(front.title, "zh")
    if front.container_title:
        yield "container_title", zt("containerTitle"), text(front.container_title, "zh")
    if front.document_number:
        yield "document_number", zt("documentNumber"), document_number(front.document_number)
    for key, prop, day in _dates(front):
        yield key, zt(prop), typed(day.isoformat(), "date")
    if front.period_start:
        yield "period_start", zt("periodStart"), typed(front.period_start, "gYear")
    if front.period_end:
        yield "period_end", zt("periodEnd"), typed(front.period_end, "gYear")
    if front.place_code:
        yield "place", zt("forPlace"), ox.NamedNode(iris.concept("place", front.place_code))
    status = ox.NamedNode(iris.concept("status", _STATUS[front.status]))
    yield "status", zt("status"), status
    kind = ox.NamedNode(iris.concept("kind", front.kind))
    yield "kind", zt("documentKind"), kind


def _dates(front: FrontMatter) -> Iterator[tuple[str, str, date]]:
    if front.date_signed:
        yield "date_signed", "dateSigned", front.date_signed
    if front.date_issued:
        yield "date_issued", "dateIssued", front.date_issued
