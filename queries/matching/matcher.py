"""From a name to the things that it may stand for, each with a score and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Literal

from ontology import PREFIXES, ZT
from queries.answers.inquiry import Inquiry
from queries.matching.entities import Entity, Form, read_entities
from queries.matching.names import Named, Names
from queries.stores.port import Store

__all__ = ["Candidate", "Matcher", "Wanted"]

# Points of 100 for a name that is the thing's own in this form; a near spelling stays below.
_POINTS: dict[Form, float] = {
    "name": 100,
    "code": 100,
    "other": 97,
    "short": 92,
    "alike": 90,
    "hidden": 80,
}
_NEAR = 78
_OTHERS = {"ConceptScheme": PREFIXES["skos"] + "ConceptScheme"}
_SURE: frozenset[Form] = frozenset({"name", "code", "other"})
_TOLD_BY_PLACE: frozenset[Form] = frozenset({"short", "alike"})
_PLACED = frozenset({"Unit", "UnitGroup"})
# What a score is multiplied by for a property that is another, one unknown, and another type.
_OTHER, _UNKNOWN, _OTHER_TYPE = 0.5, 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name to match. `types` are local names of classes, none for all.

    `strict` is "any" (has one of the types), "all" (has them all) or "should" (they only weigh).
    `properties` are values that the thing should have, as IRIs, names or codes.
    """

    text: str
    types: tuple[str, ...] = ()
    strict: Literal["any", "all", "should"] = "any"
    limit: int = 5
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may stand for.

    `score` is of 100; `match` is true where the name can stand for nothing else.
    """

    entity: Entity
    score: float
    match: bool
    features: dict[str, float | bool] = field(hash=False)


class Matcher:
    """Matches names with the things of one graph, whose names are read once, when first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading = Lock()

    @property
    def names(self) -> Names:
        """All names of the graph."""
        with self._reading:
            return self._names

    @cached_property
    def _names(self) -> Names:
        entities = read_entities(self._store)
        inquiry = Inquiry(self._store)
        kinds = sorted({kind for entity in entities.values() for kind in entity.kinds})
        return Names(entities, {kind: inquiry.ref(_OTHERS.get(kind, ZT + kind)) for kind in kinds})

    def match(self, wanted: Wanted) -> tuple[Candidate, ...]:
        """The things that a name, or where there is none the properties, may stand for."""
        names = self.names
        scored = [
            (it, features, _score(it, features))
            for it in _named(wanted, names)
            if wanted.strict != "all" or set(wanted.types) <= set(it.entity.kinds)
            for features in [_features(it, wanted, names)]
        ]
        scored.sort(key=lambda found: (found[2], found[0].entity.iri))
        best = {it.entity.iri: (it, features, score) for it, features, score in scored}
        only = _only((it, features) for it, features, _ in scored)
        ranked = sorted(best.values(), key=lambda found: (-found[2], found[0].entity.iri))
        return tuple(
            Candidate(it.entity, score, it.entity.iri == only, features)
            for it, features, score in ranked[: wanted.limit]
        )


def _named(wanted: Wanted, names: Names) -> list[Named]:
    types = wanted.types if wanted.strict != "should" else ()
    if wanted.text.strip():
        return names.called(wanted.text, types)
    fitting = [names.valued(p, v) for p, values in wanted.properties for v in values]
    return names.these(frozenset().union(*fitting), types)


def _features(it: Named, wanted: Wanted, names: Names) -> dict[str, float | bool]:
    """Why a candidate has its score: how like the name is, and what else fits or does not.

    A property of which the graph says nothing for the thing has no feature but `NAME_unknown`.
    """
    features: dict[str, float | bool] = {"name_likeness": round(it.likeness, 3)}
    if it.likeness == 1:
        features[f"name_{it.form}"] = True
    if it.is_placed is not None:
        features["place_in_name"] = it.is_placed
    if wanted.types:
        features["type"] = any(kind in wanted.types for kind in it.entity.kinds)
    for name, values in wanted.properties:
        if name in it.entity.properties:
            features[name] = any(it.entity.iri in names.valued(name, value) for value in values)
        else:
            features[f"{name}_unknown"] = True
    return features


def _score(it: Named, features: dict[str, float | bool]) -> float:
    points = _POINTS[it.form] if it.likeness == 1 else _NEAR * it.likeness
    for name, value in features.items():
        if name.endswith("_unknown"):
            points *= _UNKNOWN
        elif value is False:
            points *= _OTHER_TYPE if name == "type" else _OTHER
    return round(points, 1)


def _only(found: Iterable[tuple[Named, dict[str, float | bool]]]) -> str:
    """The one thing that is surely meant, if there is one.

    A name of its own is surer than a short one. Bodies of several places have the same names, so
    that a short one, or one that names the same function otherwise, needs its place beside it, and
    any other must be nobody else's short one.
    """
    fit = [(it, features) for it, features in found if it.likeness == 1 and _fits(features)]
    sure = {it.entity.iri for it, _ in fit if it.form in _SURE}
    short = {
        it.entity.iri
        for it, features in fit
        if it.form in _TOLD_BY_PLACE and _is_told(it, features)
    }
    bodies = {it.entity.iri for it, _ in fit if _is_body(it) and it.form in {*_SURE, "short"}}
    meant = sure or short
    return meant.pop() if len(meant) == 1 and (len(bodies) < 2 or not meant & bodies) else ""


def _is_told(it: Named, features: dict[str, float | bool]) -> bool:
    return not _is_body(it) or bool(it.is_placed or features.get("place"))


def _is_body(it: Named) -> bool:
    return not _PLACED.isdisjoint(it.entity.kinds)


def _fits(features: dict[str, float | bool]) -> bool:
    return not any(name.endswith("_unknown") or value is False for name, value in features.items())
