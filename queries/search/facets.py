"""How many hits there are by kind, place, domain and year, and which remain of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from queries.errors import BadParameter
from queries.search.found import Choice, Facet
from queries.search.index import Index
from queries.search.kinds import KINDS

__all__ = ["FACETS", "Narrowed", "choices", "meant", "narrowed"]

FACETS = ("kind", "place", "national", "domain", "year")

_DOMAINS = 50  # of plans' own domains, which are many, only the most frequent are told

Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What remains: how many hits, of which scopes, and counts by facet and value.

    The counts of a facet are those that would remain if of it only that value were chosen.
    """

    total: int
    scopes: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]


def meant(index: Index, chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """What is chosen as values, where it may be given by name; what nothing has stays as it is.

    Raises: `BadParameter` for a facet that there is not.
    """
    for facet in chosen.keys() - set(FACETS):
        raise BadParameter(f"不能按 {facet!r} 筛选 no such facet；可用 valid: {'、'.join(FACETS)}")
    return {
        facet: tuple(v for given in values for v in sorted(index.meant(facet, given)) or [given])
        for facet, values in chosen.items()
    }


def narrowed(index: Index, found: Iterable[tuple[int, int]], chosen: Chosen) -> Narrowed:
    """Counts of what was `found` by scope, narrowed to what is `chosen`."""
    wanted = {facet: set(values) for facet, values in chosen.items() if values}
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    remaining: dict[int, int] = {}
    for number, count in found:
        values = index.values(number)
        unfit = [facet for facet, any_of in wanted.items() if any_of.isdisjoint(values[facet])]
        if not unfit:
            remaining[number] = count
        for facet in FACETS if not unfit else unfit if len(unfit) == 1 else ():
            by_value = counts[facet]
            for value in values[facet]:
                by_value[value] = by_value.get(value, 0) + count
    return Narrowed(sum(remaining.values()), tuple(remaining), counts)


def choices(
    index: Index, counts: Mapping[str, Mapping[str, int]], chosen: Chosen
) -> tuple[Facet, ...]:
    """The values of every facet with their counts; what is chosen is there even without any."""
    return tuple(
        Facet(facet, tuple(_choices(index, facet, counts[facet], chosen.get(facet, ()))))
        for facet in FACETS
    )


def _choices(
    index: Index, facet: str, counts: Mapping[str, int], chosen: Sequence[str]
) -> Iterator[Choice]:
    listed = {**counts, **{value: counts.get(value, 0) for value in chosen}}
    for value in _ordered(index, facet, listed, chosen):
        above = index.path(value)[:-1] if facet == "place" else ()
        label = KINDS.get(value) or index.label(value)
        depth = sum(place in listed for place in above)
        yield Choice(value, label, listed[value], value in chosen, depth)


def _ordered(
    index: Index, facet: str, listed: Mapping[str, int], chosen: Sequence[str]
) -> list[str]:
    """Kinds in their order, places as a tree, most frequent domains first, others by value."""
    match facet:
        case "kind":
            return [
                *(kind for kind in KINDS if kind in listed),
                *sorted(listed.keys() - KINDS.keys()),
            ]
        case "place":
            return sorted(listed, key=index.path)
        case "domain":
            first = nsmallest(_DOMAINS, listed, key=lambda value: (-listed[value], value))
            return list(dict.fromkeys([*first, *chosen]))
    return sorted(listed)
