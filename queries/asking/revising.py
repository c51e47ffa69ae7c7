"""A reading with changes applied: conditions put, replaced and taken away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from queries.answers.choices import Choice
from queries.asking.bodies import named_units, stand_in_note, stand_ins
from queries.asking.changing import Change, displaced
from queries.asking.chart import Piece
from queries.asking.folding import fold
from queries.asking.known import Known
from queries.asking.lexicon import Sense
from queries.asking.question import Question
from queries.asking.reading import Condition, Reading, Unreadable
from queries.asking.similarity import nearest

__all__ = ["revised", "with_places"]

_YEAR = re.compile(r"[12][0-9]{3}")
_VALUE = re.compile(r"(>=|<=|>|<|=)?([0-9]+(?:\.[0-9]+)?)(\D*)")
_BODIES = ("unit", "beside")
_APART = ("place", "asked")  # not conditions of the reading that is there


def with_places(question: Question, changes: Iterable[Change], known: Known) -> Question:
    """The question with other places in it, so that its units are looked for there.

    Raises: `Unreadable` for a place that has no plan, nor lies above one that has.
    """
    change = next((c for c in changes if c.kind == "place"), None)
    if change is None:
        return question
    found = [choice for value in change.values for choice in _found(known, "place", value)]
    return replace(
        question,
        pieces=_placed(question, question.pieces, found),
        reread=lambda kind: _placed(question, question.reread(kind), found),
    )


def revised(
    reading: Reading, changes: tuple[Change, ...], question: Question, known: Known
) -> Reading:
    """The reading with all changes but those of places, which the question already has.

    Raises: `Unreadable` for a kind of condition or a value that there is not.
    """
    for change in changes:
        if not known.kind(change.kind) and change.kind != "asked":
            raise Unreadable("unknown_change", change.kind)
        if change.kind not in _APART:
            reading = reading.without(displaced(change.kind, gone=not change.values))
            reading = _fitted(reading, change, question)
    for change in changes:
        if change.kind == "asked":
            reading = replace(reading, asked=_class(known, change))
        elif change.kind in _BODIES:
            reading = _with_bodies(reading, change, question)
        elif change.kind != "place":
            for condition in _conditions(reading, change, question, known):
                reading = reading.with_condition(condition)
    return reading


def _placed(
    question: Question, pieces: tuple[Piece, ...], places: Iterable[Choice]
) -> tuple[Piece, ...]:
    """Pieces with other places where the first place stood, or in front."""
    old = [i for i, p in enumerate(pieces) if p.sense("place") and not question.about(p)]
    at = old[0] if old else 0
    start = pieces[at].start if pieces else 0
    new = tuple(
        Piece(start, start, fold(c.label.zh), (Sense("place", c.value, c.label.zh),))
        for c in places
    )
    rest = (p for i, p in enumerate(pieces) if i >= at and i not in old)
    return (*pieces[:at], *new, *rest)


def _fitted(reading: Reading, change: Change, question: Question) -> Reading:
    """The reading without notes on bodies that are no longer asked about."""
    if change.kind not in _BODIES:
        return reading
    said = [f"“{p.text}”" for _, p in question.find("unit")]
    kept = tuple(n for n in reading.notes if not any(name in n[0] for name in said))
    return replace(reading, notes=kept)


def _class(known: Known, change: Change) -> str:
    return _found(known, "asked", change.values[0] if change.values else "")[0].value


def _found(known: Known, kind: str, value: str) -> tuple[Choice, ...]:
    if found := known.matching(kind, value):
        return found
    labels = [choice.label.zh for choice in known.of(kind)]
    raise Unreadable("unknown_value", value, nearest=nearest(value, labels))


def _with_bodies(reading: Reading, change: Change, question: Question) -> Reading:
    """The reading with units by name: of the places asked about, there or of the same work."""
    for value in change.values:
        senses, note = _bodies(value, set(reading.values("place")), question)
        condition = Condition(
            change.kind, tuple(s.value for s in senses), tuple(s.label for s in senses)
        )
        reading = reading.with_condition(condition)
        reading = replace(reading, notes=(*reading.notes, *note))
    return reading


def _bodies(
    value: str, places: set[str], question: Question
) -> tuple[tuple[Sense, ...], tuple[tuple[str, str], ...]]:
    units = question.lexicon.of_kind("unit")
    exact = tuple(s for s in units if s.value.endswith(f"/unit/{value}"))
    if exact and (not places or question.lexicon.within(exact[0].place, places)):
        return exact[:1], ()
    name = fold(exact[0].label if exact else value)
    piece = Piece(0, len(name), name, question.lexicon.senses.get(name, ()))
    others = stand_ins(question, piece, places)
    if found := (*named_units(question, piece, places), *others):
        return found, (stand_in_note(name, others, question),) if others else ()
    near = (s.label for s in units if not places or question.lexicon.within(s.place, places))
    raise Unreadable("no_unit", value, nearest=nearest(value, near))


def _conditions(
    reading: Reading, change: Change, question: Question, known: Known
) -> Iterator[Condition]:
    for value in change.values:
        if change.kind == "value":
            yield from _amount(value)
        elif change.kind.startswith("year") or change.kind == "issued_in":
            yield from _year(change.kind, value)
        elif known.of(change.kind):
            yield _named(known, change.kind, value)
        else:
            yield _text(reading, change.kind, value, question)


def _named(known: Known, kind: str, value: str) -> Condition:
    found = _found(known, kind, value)
    labels = dict.fromkeys(choice.label.zh for choice in found)
    return Condition(kind, tuple(choice.value for choice in found), tuple(labels))


def _text(reading: Reading, kind: str, value: str, question: Question) -> Condition:
    """A word of the text, which some action must have; a topic's other name is loose."""
    if not question.occurs(value):
        raise Unreadable("unknown_word", value)
    return Condition(kind, (value,), (value,), loose=kind == "any" and reading.has("topic"))


def _year(kind: str, value: str) -> Iterator[Condition]:
    if not _YEAR.fullmatch(value):
        raise Unreadable("unknown_value", value)
    for parameter in ("year_from", "year_to") if kind == "year" else (kind,):
        yield Condition(parameter, (value,), (value,))


def _amount(value: str) -> Iterator[Condition]:
    match = _VALUE.fullmatch(value)
    if not match:
        raise Unreadable("unknown_value", value)
    operator, number, unit = match[1] or "=", match[2], match[3].strip()
    yield Condition("value", (number,), (operator, number + unit))
    yield Condition("operator", (operator,), ())
    if unit:
        yield Condition("measured_in", (unit,), ())
