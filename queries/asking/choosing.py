"""What can be chosen instead of, or beside, the conditions of a reading, from the graph."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from queries.answering import run
from queries.answers.choices import Choice
from queries.asking.changing import Change, displaced, merged, written
from queries.asking.known import Known, distinct, short
from queries.asking.lexicon import Lexicon
from queries.asking.reading import Chip, Condition, Reading, Unreadable
from queries.asking.routing import route_of
from queries.asking.words import Wordings
from queries.stores.port import Store

__all__ = ["Chooser", "Option", "Slot"]

_ADDED = ("place", "topic", "role", "year", "unit", "status")
# Where the question has one of these, it has a subject, and no other is added.
_SUBJECT = ("topic", "mention", "word", "any", "indicator", "national", "action")
_MOST = 200  # options; nobody reads more
_OPERATORS = (">=", ">", "<=", "<", "=")
_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose: `put` is what an address says; those `near` stand first."""

    label: str
    put: str
    near: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of condition with its chips, none where it may be added.

    `kept` is what an address says of the other kinds; `dropped` is the address without this kind,
    `fewer` without each of several chips; None and empty where no query answers that.
    """

    kind: str
    title: str
    chips: tuple[Chip, ...]
    options: tuple[Option, ...]
    kept: _Pairs
    dropped: _Pairs | None = None
    fewer: tuple[tuple[str, _Pairs], ...] = ()


class Chooser:
    """Offers the changes to readings that some query answers."""

    def __init__(self, store: Store, known: Known, lexicon: Lexicon, wordings: Wordings) -> None:
        self._store = store
        self._known = known
        self._lexicon = lexicon
        self._wordings = wordings
        self._ranks: dict[str, dict[str, int]] = {}

    def slots(
        self,
        reading: Reading,
        chips: Iterable[Chip],
        changes: tuple[Change, ...],
        language: str,
        reads: Callable[[Change], bool],
    ) -> tuple[Slot, ...]:
        """A slot for each kind of chip, then for each kind that may be added.

        `reads` tells whether the question can be read with a change more.
        """
        found: dict[str, list[Chip]] = {}
        for chip in chips:
            found.setdefault(chip.kind, []).append(chip)
        offer = _Offer(self, reading, changes, language, reads)
        present = [offer.slot(kind, tuple(same)) for kind, same in found.items()]
        subject = any(reading.has(kind) for kind in _SUBJECT)
        absent = [k for k in _ADDED if k not in found and not (subject and k in _SUBJECT)]
        added = (offer.slot(kind, ()) for kind in absent if not _has(reading, kind))
        return (*present, *(slot for slot in added if slot.options))

    def answers(self, reading: Reading) -> bool:
        """Whether some query answers a reading."""
        try:
            route_of(reading, self._wordings, "zh")
        except Unreadable:
            return False
        return True

    def choices(self, kind: str, reading: Reading) -> Iterable[Choice]:
        """The values of a kind that fit the rest of the reading, the most used first."""
        known = self._known.of(kind)
        match kind:
            case "asked":
                return known[: len(self._wordings.said["asked"])]
            case "topic" | "mention":
                return self._ranked(known, "browse/topics", "topic")
            case "unit" | "beside":
                return self._ranked(
                    self._here(known, "unit", reading),
                    "competency/count_actions_by_unit",
                    "unit",
                )
            case "indicator" | "domain":
                return self._within(known, reading)
        return known

    def amounts(self, unit: str) -> tuple[str, ...]:
        """The numbers of targets that are measured in a unit, ascending."""
        rows = run(self._store, "competency/targets", measured_in=unit).dicts() if unit else ()
        return tuple(sorted({row["number"] for row in rows if "number" in row}, key=float))

    def say(self, group: str, name: str, language: str) -> str:
        """A wording of the routes."""
        return self._wordings.say(group, name, language)

    def _ranked(self, choices: Iterable[Choice], query: str, column: str) -> list[Choice]:
        if query not in self._ranks:
            seen = (row.get(column, "") for row in run(self._store, query).dicts())
            self._ranks[query] = {v: n for n, v in enumerate(dict.fromkeys(seen))}
        ranks = self._ranks[query]
        return sorted(choices, key=lambda c: ranks.get(c.value, len(ranks)))

    def _here(self, choices: Iterable[Choice], kind: str, reading: Reading) -> Iterator[Choice]:
        """Those of the places asked about."""
        places = reading.values("place")
        where = {s.value: s.place for s in self._lexicon.of_kind(kind)}
        for choice in choices:
            if not places or self._lexicon.within(where.get(choice.value, ""), places):
                yield choice

    def _within(self, choices: Iterable[Choice], reading: Reading) -> Iterator[Choice]:
        """Those of the places asked about, by the name of their place."""
        labels = {self._lexicon.label(p, "zh") for p in reading.values("place")}
        for choice in choices:
            if not labels or choice.within is None or choice.within.zh in labels:
                yield choice


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is offered for one reading."""

    chooser: Chooser
    reading: Reading
    changes: tuple[Change, ...]
    language: str
    reads: Callable[[Change], bool]

    def slot(self, kind: str, chips: tuple[Chip, ...]) -> Slot:
        kept = merged(self.changes, (Change(kind),))[:-1]
        options = tuple(self.options(kind, chips))[:_MOST]
        without = self.reading.without(displaced(kind, gone=True))
        free = kind != "asked" and bool(chips) and self.chooser.answers(without)
        return Slot(
            kind,
            self.title(kind),
            chips,
            options,
            written(kept),
            written((*kept, Change(kind))) if free else None,
            tuple(self.fewer(kind, chips, kept)),
        )

    def title(self, kind: str) -> str:
        name = "查什么" if self.language == "zh" else "find"
        return name if kind == "asked" else self.chooser.say("conditions", kind, self.language)

    def options(self, kind: str, chips: tuple[Chip, ...]) -> Iterator[Option]:
        """The values that some query answers in place of this kind's."""
        if kind == "value":
            yield from self.amounts()
        elif kind == "asked":
            yield from self.classes()
        elif self.chooser.answers(self.put(kind)):
            yield from self.values(kind, chips)

    def put(self, kind: str) -> Reading:
        """The reading with some value of a kind."""
        reading = self.reading.without(displaced(kind))
        for name in ("year_from", "year_to") if kind == "year" else (kind,):
            reading = reading.with_condition(Condition(name, ("",), ("",)))
        return reading

    def values(self, kind: str, chips: tuple[Chip, ...]) -> Iterator[Option]:
        chosen = {value for name in (kind, _parameter(kind)) for value in self.reading.values(name)}
        found = tuple(filter(self.fits(kind), distinct(self.chooser.choices(kind, self.reading))))
        labels = {c.label.zh for c in found if c.value in chosen}
        around = {c.within.zh for c in found if c.within and c.value in chosen}
        options = [self.option(kind, c, labels, around) for c in found]
        yield from sorted(options, key=lambda option: not option.near)

    def fits(self, kind: str) -> Callable[[Choice], bool]:
        """Whether a value fits the units asked about, which not every place has."""
        if kind != "place" or not any(self.reading.has(name) for name in ("unit", "beside")):
            return lambda _: True
        return lambda choice: self.reads(Change(kind, (short(choice),)))

    def option(self, kind: str, choice: Choice, labels: set[str], around: set[str]) -> Option:
        """One value; near is a narrower, broader or neighbouring topic."""
        english = self.language == "en"
        within = choice.within
        near = bool(within and within.zh in labels | around) or choice.label.zh in around
        name = choice.label.en if english else choice.label.zh
        if kind == "verdict":
            name = self.chooser.say("verdicts", choice.value, self.language)
        elif within and kind != "topic":
            name += f" ({within.en})" if english else f"（{within.zh}）"
        is_topic = kind in {"topic", "mention"}
        return Option(name, f"{kind}:{short(choice)}", near and is_topic, choice.label.zh in labels)

    def classes(self) -> Iterator[Option]:
        if self.reading.aggregate != "list":
            return
        for choice in self.chooser.choices("asked", self.reading):
            if self.chooser.answers(replace(self.reading, asked=choice.value)):
                name = self.chooser.say("asked", choice.value, self.language)
                chosen = choice.value == self.reading.asked
                yield Option(name, f"asked:{choice.value}", chosen=chosen)

    def amounts(self) -> Iterator[Option]:
        """The same number compared otherwise, and other numbers compared the same way."""
        (number,) = self.reading.values("value")
        (now,) = self.reading.values("operator") or ("=",)
        unit = "".join(self.reading.values("measured_in"))
        others = [(sign, number) for sign in _OPERATORS]
        others += [(now, other) for other in self.chooser.amounts(unit) if other != number]
        for sign, amount in others:
            said = self.chooser.say("comparators", sign, self.language) + amount + unit
            put = "" if sign == "=" else sign
            yield Option(said, f"value:{put}{amount}{unit}", chosen=(sign, amount) == (now, number))

    def fewer(
        self, kind: str, chips: tuple[Chip, ...], kept: tuple[Change, ...]
    ) -> Iterator[tuple[str, _Pairs]]:
        """Each of several chips with the address without it."""
        values = self.reading.values(kind)  # a chip each, in order
        labels = dict.fromkeys(chip.label for chip in chips)
        if len(labels) < 2 or len(values) != len(chips):
            return
        known = {c.value: short(c) for c in self.chooser.choices(kind, self.reading)}
        for label in labels:
            rest = (v for v, c in zip(values, chips, strict=True) if c.label != label)
            put = tuple(dict.fromkeys(known.get(value, value) for value in rest))
            yield label, written((*kept, Change(kind, put)))


def _parameter(kind: str) -> str:
    return "year_to" if kind == "year" else kind


def _has(reading: Reading, kind: str) -> bool:
    return any(reading.has(name) for name in displaced(kind))
