"""What a target's value says, as triples: number, comparator, unit, year, and more."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg_build.model import Target
from kg_build.rdf import iris
from kg_build.rdf.nquads import Triple
from kg_build.rdf.terms import decimal, text, typed, zt

__all__ = ["target_values"]

_COMPARATOR = {
    ">=": "at-least",
    ">": "more-than",
    "<=": "at-most",
    "<": "less-than",
    "=": "equal",
    "range": "range",
}


def target_values(node: ox.NamedNode, target: Target) -> Iterator[Triple]:
    """The value of a target as it is written and as it is understood."""
    yield node, zt("valueAsWritten"), text(target.wording)
    if target.value is not None:
        yield node, zt("value"), decimal(target.value)
    if target.value_max is not None:
        yield node, zt("valueMax"), decimal(target.value_max)
    if target.comparator:
        code = _COMPARATOR[target.comparator]
        yield node, zt("comparator"), ox.NamedNode(iris.concept("comparator", code))
    if target.unit:
        yield node, zt("unitText"), text(target.unit)
    if target.measurement_unit:
        yield node, zt("measurementUnit"), ox.NamedNode(target.measurement_unit)
    if target.deadline:
        yield node, zt("deadline"), typed(target.deadline, "gYear")
    yield from _beside(node, target)


def _beside(node: ox.NamedNode, target: Target) -> Iterator[Triple]:
    """For what the value holds, how firmly it is meant, and where it starts from."""
    if target.per:
        yield node, zt("per"), text(target.per)
    if target.hedge:
        yield node, zt("hedge"), text(target.hedge)
    if target.baseline is not None:
        yield node, zt("baseline"), decimal(target.baseline)
    if target.baseline_year:
        yield node, zt("baselineYear"), typed(target.baseline_year, "gYear")
    if target.change is not None:
        yield node, zt("change"), decimal(target.change)
    if target.attribute:
        code = iris.concept("attribute", target.attribute)
        yield node, zt("attribute"), ox.NamedNode(code)
    if target.is_cumulative:
        yield node, zt("isCumulative"), typed("true", "boolean")
