"""What a link from an indicator to a national one says, as triples."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg_build.links import NO_MATCH, Link, Review
from kg_build.rdf.nquads import Triple
from kg_build.rdf.terms import decimal, name, text, typed, zt

__all__ = ["link_values"]


def link_values(indicator: ox.NamedNode, iri: str, link: Link) -> Iterator[Triple]:
    """The link's node `iri`, and the match itself unless the two are not the same."""
    node, concept = ox.NamedNode(iri), ox.NamedNode(link.concept)
    is_match = link.strength != NO_MATCH
    strength = name("skos:" + link.strength) if is_match else zt(NO_MATCH)
    if is_match:
        yield indicator, strength, concept
    yield indicator, zt("indicatorLink"), node
    yield node, name("rdf:type"), zt("IndicatorLink")
    yield node, zt("linkObject"), concept
    yield node, zt("linkStrength"), strength
    yield node, zt("justification"), text(link.justification)
    yield node, zt("confidence"), decimal(link.confidence)
    yield node, zt("matchMethod"), name("semapv:" + link.method)
    if link.matched:
        yield node, zt("matchString"), text(link.matched)
    if link.review:
        yield from _review(node, link.review)


def _review(node: ox.NamedNode, review: Review) -> Iterator[Triple]:
    yield node, zt("reviewer"), text(review.reviewer)
    if review.day:
        yield node, zt("reviewedOn"), typed(review.day.isoformat(), "date")
