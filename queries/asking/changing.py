"""Changes to a reading, and how an address says them: `set=place:320506`, `drop=topic`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.asking.reading import Unreadable

__all__ = ["Change", "displaced", "merged", "read_changes", "written"]

_YEARS = ("year", "year_from", "year_to", "issued_in")
_SUBJECTS = ("topic", "mention", "word", "any")
# What goes when a condition is put or taken away, where that is not it alone: the words said with
# a topic belong to that topic.
_DISPLACED: Mapping[str, tuple[str, ...]] = {
    "year": _YEARS,
    "issued_in": _YEARS,
    "topic": _SUBJECTS,
    "mention": _SUBJECTS,
    "unit": ("unit", "function"),
    "function": ("unit", "function"),
    "value": ("value", "operator", "measured_in"),
}
# What hangs on a condition and goes with it where nothing takes its place.
_HANGING: Mapping[str, tuple[str, ...]] = {"beside": ("beside_role",)}


@dataclass(frozen=True, slots=True)
class Change:
    """What the conditions of a kind shall be; without values they are taken away."""

    kind: str
    values: tuple[str, ...] = ()


def displaced(kind: str, *, gone: bool = False) -> tuple[str, ...]:
    """The parameters whose conditions give way to one of a kind, or go where it is `gone`."""
    return _DISPLACED.get(kind, (kind,)) + (_HANGING.get(kind, ()) if gone else ())


def read_changes(sets: Iterable[str], drops: Iterable[str]) -> tuple[Change, ...]:
    """The changes that an address says; of a kind that is put, dropping it says nothing.

    Raises: `Unreadable` for what is not a kind, a colon and a value.
    """
    found: dict[str, dict[str, None]] = {kind: {} for kind in drops if kind}
    for said in filter(None, sets):
        kind, _, value = said.partition(":")
        if not (kind and value):
            raise Unreadable("malformed_change", said)
        found.setdefault(kind, {})[value] = None
    return tuple(Change(kind, tuple(values)) for kind, values in found.items())


def written(changes: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Changes as pairs of an address: (set, kind:value) or (drop, kind)."""
    return tuple(
        pair
        for change in changes
        for pair in [("set", f"{change.kind}:{v}") for v in change.values]
        or [("drop", change.kind)]
    )


def merged(before: Iterable[Change], later: Iterable[Change]) -> tuple[Change, ...]:
    """Changes of which the later ones win."""
    later = tuple(later)
    gone = {kind for change in later for kind in displaced(change.kind)}
    return (*(change for change in before if change.kind not in gone), *later)
