"""Names from the graph itself: what a piece of a question may stand for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations, product

from queries.answering import run
from queries.asking.folding import fold
from queries.asking.words import Endings, Words
from queries.stores.port import Store

__all__ = ["Lexicon", "Name", "Sense", "read_lexicon"]


# Not words of questions: what has a plan; what a unit does; functions, which need 部门 behind them;
# labels only for showing; national indicators, looked for by likeness.
# 宣传部〈网信办〉 is one body with two nameplates.
_TWO_NAMES = re.compile(r"(.+)[〈（(<](.+)[〉）)>]")
_STOPS = re.compile(r"[、（）()／/·—-]")
_UNSAID = frozenset({"planned", "bearer", "function", "term", "national", "linked"})


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a word or name may stand for.

    `kind` is a kind of word or of thing; `value` an IRI or a meaning; `place` the IRI of the place
    to which a unit or indicator belongs, of a bearer its function; `exact` is false where the
    name was shortened or lengthened.
    """

    kind: str
    value: str
    label: str = ""
    place: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One label of one thing, as the graph has it."""

    kind: str
    iri: str
    label: str
    language: str
    place: str
    level: str
    other: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Surfaces of names with their senses, and the labels by which things are shown."""

    senses: dict[str, tuple[Sense, ...]] = field(hash=False)
    things: dict[str, tuple[Sense, ...]] = field(hash=False)
    labels: dict[tuple[str, str], str] = field(hash=False)
    above: dict[str, str] = field(hash=False)
    planned: frozenset[str]
    longest: int

    def label(self, iri: str, language: str) -> str:
        """The label of a thing in a language, or in the other, or the end of its IRI."""
        other = "zh" if language == "en" else "en"
        found = self.labels.get((iri, language)) or self.labels.get((iri, other))
        return found or iri.rsplit("/", 1)[-1]

    def of_kind(self, kind: str) -> tuple[Sense, ...]:
        """The things of a kind, once for each of their labels."""
        return self.things.get(kind, ())

    def within(self, place: str, wanted: Iterable[str]) -> bool:
        """Whether a place is one of those wanted, or stands under one."""
        wanted = set(wanted)
        while place:
            if place in wanted:
                return True
            place = self.above.get(place, "")
        return False


def read_lexicon(store: Store, words: Words) -> Lexicon:
    """The names of the graph and the words of questions, by surface."""
    names = tuple(dict.fromkeys(_names(store)))
    planned = frozenset(n.iri for n in names if n.kind == "planned")
    senses: defaultdict[str, dict[tuple[str, str], Sense]] = defaultdict(dict)
    for surface, sense in _surfaces(names, planned, words):
        if surface:
            senses[surface].setdefault((sense.kind, sense.value), sense)
    return Lexicon(
        senses={surface: tuple(found.values()) for surface, found in senses.items()},
        things=_things(names),
        labels=_labels(names),
        above={n.iri: n.place for n in names if n.kind == "place" and n.place},
        planned=planned,
        longest=max(map(len, senses)),
    )


def _names(store: Store) -> list[Name]:
    # Sorted here, for a store takes ten times as long.
    return sorted(
        Name(
            kind.value,
            iri.value,
            label.value,
            label.language or "zh",
            where.value if where else "",
            level.value if level else "",
            other is not None,
        )
        for kind, iri, label, where, level, other in run(store, "asking/labels").rows
        if kind and iri and label
    )


def _things(names: Iterable[Name]) -> dict[str, tuple[Sense, ...]]:
    things: defaultdict[str, dict[Sense, None]] = defaultdict(dict)
    for name in names:
        things[name.kind][Sense(name.kind, name.iri, name.label, name.place)] = None
    return {kind: tuple(found) for kind, found in things.items()}


def _labels(names: Iterable[Name]) -> dict[tuple[str, str], str]:
    labels: dict[tuple[str, str], str] = {}
    for name in sorted(names, key=lambda name: name.other):
        if name.kind != "planned":
            labels.setdefault((name.iri, name.language), name.label)
    for name in names:
        if name.kind == "place" and name.language == "en" and not name.other:
            chinese = labels.get((name.iri, "zh"), "")
            labels[name.iri, "en"] = f"{name.label} {chinese}".rstrip()
    return labels


def _surfaces(
    names: tuple[Name, ...], planned: frozenset[str], words: Words
) -> Iterator[tuple[str, Sense]]:
    for rule in words.rules:
        for said in rule.said:
            yield said, Sense(rule.kind, rule.means, said)
    own = (n for n in names if n.kind == "place" and n.language == "zh" and not n.other)
    places = {n.iri: n.label for n in own}
    topical = {fold(n.label) for n in names if n.kind == "topic"}
    yield from _of_two_functions(names, words.endings)
    for name in (n for n in names if n.kind == "place" and n.iri in planned and n.language == "zh"):
        for end in words.endings.authority:
            for label in (name.label, *_without(name.label, words.endings.place)):
                yield fold(label + end), Sense("authority", name.iri, name.label)
    # Exact names first: a shortened name never takes the place of a thing's own.
    for name in names:
        if name.kind not in _UNSAID:
            yield fold(name.label), Sense(name.kind, name.iri, name.label, name.place)
    for name in names:
        for variant in _variants(name, planned, places, words.endings):
            surface = fold(variant)
            if name.kind != "function" or surface not in topical:
                yield surface, Sense(name.kind, name.iri, name.label, name.place, exact=False)


def _of_two_functions(names: tuple[Name, ...], endings: Endings) -> Iterator[tuple[str, Sense]]:
    """Units that do two things by both: education and sports bureau."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        if name.kind == "function" and name.language == "en":
            said[name.iri].append(name.label)
    works: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.kind == "bearer":
            works[name.iri].append(name)
    units = {n.iri: n for n in names if n.kind == "unit" and not n.other}
    for iri, borne in works.items():
        for one, two in permutations(dict.fromkeys(n.place for n in borne), 2):
            unit = units.get(iri)
            for first, second, end in product(said[one], said[two], endings.department_en):
                if unit:
                    sense = Sense("unit", iri, unit.label, unit.place, exact=False)
                    yield fold(f"{first} and {second} {end}"), sense


def _variants(
    name: Name, planned: frozenset[str], places: dict[str, str], endings: Endings
) -> Iterator[str]:
    match name.kind:
        case "place" if name.iri in planned or name.level in {"province", "prefecture"}:
            yield from _without(name.label, endings.place + endings.place_en)
        case "unit":
            yield from _unit_variants(name.label, places.get(name.place, ""), endings)
        case "indicator":
            if _STOPS.search(name.label):
                yield _STOPS.sub("", name.label)  # 国、省考断面水质
            yield from _without(name.label, endings.measure)
            yield from (name.label + end for end in endings.measure)
        case "function" if name.language == "en":
            yield from (f"{name.label} {end}" for end in endings.department_en)
            yield from (f"{end} of {name.label}" for end in endings.department_en)
            if endings.body_en.search(name.label):
                yield from (name.label, *_numbers(name.label))
        case "function":
            bodies = [name.label + end for end in endings.department]
            levels = {places[p][-1] for p in planned if p in places} & set(endings.unit_prefix)
            yield from bodies
            yield from (level + body for level in sorted(levels) for body in bodies)
            if endings.body.search(name.label):
                yield name.label
        case "topic" if name.language == "en":
            yield from _numbers(name.label)
        case "group":
            # Not the bare name: 城市建设 is a topic too.
            for end, other in (("工作专班", "专班"), ("专班", "工作专班")):
                yield from (short + other for short in _without(name.label, (end,)))
        case _:
            return


def _without(label: str, ends: tuple[str, ...]) -> Iterator[str]:
    end = next((end for end in ends if label.endswith(end)), "")
    short = label.removesuffix(end) if end else ""
    if len(short) >= 2:
        yield short


def _numbers(label: str) -> Iterator[str]:
    """The plural of an English word, and the singular of what looks like one."""
    if label.endswith("ies"):
        yield label[:-3] + "y"
    elif label.endswith("s"):
        yield label[:-1]
    elif label.endswith("y"):
        yield label[:-1] + "ies"
    else:
        yield label + "s"


def _unit_variants(label: str, place: str, endings: Endings) -> Iterator[str]:
    level = place[-1:]
    for prefix in (place, place[:-1]):
        if len(prefix) > 1 and len(label) > len(prefix) + 2 and label.startswith(prefix):
            yield label.removeprefix(prefix)  # 周村交警大队 of 周村区
    if (both := _TWO_NAMES.fullmatch(label)) and endings.body.search(both[2]):
        yield from both.groups()
    if label.startswith("各") and "（" not in label:
        yield label[1:]
    # 市 of 市场监管局 in a 区 is no level.
    leveled = label[0] == level or (not level and label[0] in endings.unit_prefix)
    bare = label[1:] if leveled and len(label) >= 3 else label
    if bare != label:
        yield bare
    elif level in endings.unit_prefix and not label.startswith(place[:-1]):
        yield level + label
