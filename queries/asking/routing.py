"""From a reading to the named query that answers it, and the values it takes."""

from queries.asking.reading import Reading, Unreadable
from queries.asking.words import Route, Wordings
from queries.catalog import named

__all__ = ["route_of", "values_of"]


def route_of(reading: Reading, wordings: Wordings, language: str) -> Route:
    """The first route that fits the reading and takes all its conditions.

    Raises: `Unreadable` where no query answers such a combination.
    """
    # A count that no query counts is answered by the list itself.
    aggregates = [reading.aggregate] + (["list"] if reading.aggregate == "count" else [])
    for aggregate in aggregates:
        for route in wordings.routes:
            if route.aggregate == aggregate and _fits(route, reading):
                return route
    labels = [wordings.say("conditions", c.parameter, language) for c in reading.conditions]
    raise Unreadable("combination", wordings.say("asked", reading.asked, language), *labels)


def values_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    """The values to bind; a condition without values only chooses the route."""
    return {c.parameter: c.values for c in reading.conditions if c.values}


def _fits(route: Route, reading: Reading) -> bool:
    if route.asked != reading.asked or not route.needs <= {c.parameter for c in reading.conditions}:
        return False
    if route.counts is not None and route.counts != reading.counts:
        return False
    if (route.by or reading.by) and route.by != reading.by:
        return False
    known = named(route.query).parameters
    single = {p.name for p in known if not p.many}
    if any(c.parameter in single and len(c.values) > 1 for c in reading.conditions):
        return False
    taken = {p.name for p in known} | route.needs
    return all(c.parameter in taken for c in reading.conditions)
