"""The names of all things, to look up as they are, in part, near, or behind a place's name."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from queries.answers.values import Ref
from queries.matching.bodies import LEVELS, Bodies, Meaning
from queries.matching.entities import Entity, Form
from queries.matching.spellings import Spellings, code_key, key

__all__ = ["Named", "Names"]

_BODIES = frozenset({"Unit", "UnitGroup"})
_FORMS: tuple[Form, ...] = ("name", "code", "other", "short", "alike", "hidden")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing reached by one of its names; `likeness` is 1 where it is that name itself.

    `is_placed` says whether the place that was named too is the thing's, None where none was.
    """

    entity: Entity
    name: str
    form: Form
    likeness: float = 1.0
    is_placed: bool | None = None


class Names:
    """Everything's names by spelling; `kinds` are the classes by local name."""

    def __init__(self, entities: Mapping[str, Entity], kinds: Mapping[str, Ref]) -> None:
        self.entities = entities
        self.kinds = kinds
        self._spelt: defaultdict[str, list[Named]] = defaultdict(list)
        self._bodies = Bodies(entities.values())
        self._meant: defaultdict[Meaning, dict[str, Named]] = defaultdict(dict)
        for entity in entities.values():
            for name, form in (*entity.names, *self._shortened(entity)):
                spelling = code_key(name) if form == "code" else key(name)
                self._spelt[spelling].append(Named(entity, name, form))
                if "Unit" in entity.kinds and (meaning := self._bodies.meaning(spelling)):
                    self._meant[meaning][entity.iri] = Named(entity, name, "alike")

    def called(self, text: str, types: Collection[str]) -> list[Named]:
        """What a text may name, of the types given or any: itself, behind a place's name, nearly.

        A body may be named by another name of its function. Near names are looked for only where
        nothing else is found.
        """
        if entity := self.entities.get(text.strip()):
            return [Named(entity, text, "code")]
        spelling = key(text)
        parted = self._parted(spelling)
        found = self._exactly(spelling, types) + self._exactly(code_key(text), types)
        found += self._alike(spelling, types)
        for places, rest in parted:
            found += _placed(self._exactly(rest, types) + self._alike(rest, types), places)
        if any(it.form != "hidden" for it in found):
            return found
        return found + self._near(spelling, parted, types)

    def these(self, iris: Collection[str], types: Collection[str]) -> list[Named]:
        """Things known by more than their names, in the order of their IRIs."""
        found = (self.entities[iri] for iri in sorted(iris))
        return [Named(e, e.ref.label.zh, "name") for e in found if _is_of(e, types)]

    def having(self, text: str) -> list[Named]:
        """The things with a name or code that is, begins with or has a text; the best first.

        An IRI has the thing itself.
        """
        if entity := self.entities.get(text):
            return [Named(entity, entity.ref.label.zh, "name")]
        spelling, code = key(text), code_key(text)
        best: dict[str, tuple[tuple[int, int, int], Named]] = {}
        for surface, found in self._spelt.items():
            if spelling not in surface and code not in surface:
                continue
            where = 0 if surface in {spelling, code} else 2 - surface.startswith((spelling, code))
            for it in found:
                rank = (where, _FORMS.index(it.form), len(surface))
                if it.entity.iri not in best or rank < best[it.entity.iri][0]:
                    best[it.entity.iri] = (rank, it)
        return [it for _, it in sorted(best.values(), key=lambda at: (at[0], at[1].entity.iri))]

    def places(self, text: str) -> frozenset[str]:
        """The places that a text names, by name, code or IRI: 江苏省苏州市吴中区 is the last."""
        if text in self.entities:
            return frozenset({text})
        spelling = key(text)
        whole = self._exactly(spelling, {"Place"})
        last = [it for _, rest in self._parted(spelling) for it in self._exactly(rest, {"Place"})]
        return frozenset(it.entity.iri for it in whole or last)

    def valued(self, wanted: str, value: str) -> frozenset[str]:
        """The things of which a property has a value, which is given as IRI, name, code or text."""
        named = (value, key(value), *self.places(value))
        return frozenset().union(*(self._valued.get((wanted, it), ()) for it in named))

    def properties_of(self, kind: str) -> tuple[str, ...]:
        """The properties that things of a class have, of all classes where it is ""."""
        having = (e for e in self.entities.values() if not kind or kind in e.kinds)
        return tuple(sorted({name for entity in having for name in entity.properties}))

    def _exactly(self, spelling: str, types: Collection[str]) -> list[Named]:
        return [it for it in self._spelt.get(spelling, ()) if _is_of(it.entity, types)]

    def _alike(self, spelling: str, types: Collection[str]) -> list[Named]:
        """The bodies of all places with the same function and of the same kind."""
        meaning = self._bodies.meaning(spelling)
        found = self._meant.get(meaning, {}).values() if meaning else ()
        return [it for it in found if _is_of(it.entity, types)]

    def _near(
        self, spelling: str, parted: list[tuple[frozenset[str], str]], types: Collection[str]
    ) -> list[Named]:
        """Near names; where places were named, also of what remains, and of things there."""
        found = self._like(spelling, types)
        if not parted:
            return found
        places, rest = min(parted, key=lambda part: len(part[1]))
        elsewhere = (it.entity.properties.get("place") and not _is_in(it, places) for it in found)
        told = [
            replace(it, is_placed=False) if is_elsewhere else it
            for it, is_elsewhere in zip(found, elsewhere, strict=True)
        ]
        return told + _placed(self._like(rest, types), places)

    def _like(self, spelling: str, types: Collection[str]) -> list[Named]:
        return [
            replace(it, likeness=likeness)
            for kind in (k for k in self._spellings if not types or k in types)
            for near, likeness in self._spellings[kind].near(spelling)
            for it in self._exactly(near, {kind})
            if it.form != "code"
        ]

    def _parted(self, spelling: str) -> list[tuple[frozenset[str], str]]:
        """Each place that a spelling begins with, and what follows it (周村, 教育局)."""
        found: list[tuple[frozenset[str], str]] = []
        for end in range(2, len(spelling) - 1):
            if there := self._exactly(spelling[:end], {"Place"}):
                rest = spelling[end:]
                found += [(frozenset(it.entity.iri for it in there), rest), *self._parted(rest)]
        return found

    @cached_property
    def _valued(self) -> dict[tuple[str, str], set[str]]:
        """The things by property and value, by every name of values that are things."""
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for entity in self.entities.values():
            for name, values in entity.properties.items():
                for value in values:
                    other = self.entities.get(value)
                    written = (key(n) for n, _ in other.names) if other else (key(value),)
                    for it in (value, *written):
                        found[name, it].add(entity.iri)
        return dict(found)

    @cached_property
    def _spellings(self) -> dict[str, Spellings]:
        """The spellings of each class, to look near."""
        of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for spelling, found in self._spelt.items():
            for kind in {kind for it in found for kind in it.entity.kinds}:
                of_kind[kind].append(spelling)
        return {kind: Spellings(spellings) for kind, spellings in of_kind.items()}

    def _shortened(self, entity: Entity) -> Iterator[tuple[str, Form]]:
        """A place's English name without its level; a body's with that of its place or without."""
        if "Place" in entity.kinds and " " in entity.label_en:
            yield entity.label_en.rpartition(" ")[0], "short"
        place = self.entities.get(entity.first("place"))
        level = place.label_zh[-1:] if place else ""
        if level in LEVELS and _BODIES & set(entity.kinds):
            for name, form in entity.names:
                if form != "code" and len(name) > 3:
                    yield (name[1:] if name[0] == level else level + name), "short"


def _placed(found: list[Named], places: frozenset[str]) -> list[Named]:
    """Those of the things found that are in one of the places."""
    return [replace(it, is_placed=True) for it in found if _is_in(it, places)]


def _is_in(it: Named, places: frozenset[str]) -> bool:
    return not places.isdisjoint(it.entity.properties.get("place", ()))


def _is_of(entity: Entity, types: Collection[str]) -> bool:
    return not types or any(kind in types for kind in entity.kinds)
