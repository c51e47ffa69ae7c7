"""Follow-ups: a short question that only changes conditions of the one before."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ontology import BASE
from queries.asking.changing import Change, displaced
from queries.asking.conditions import named_conditions
from queries.asking.known import Known, short
from queries.asking.question import Question
from queries.asking.reading import Condition, Reading, Unreadable
from queries.asking.subject import subject_conditions

__all__ = ["Frame", "following", "frames", "rests"]

_SILENT = ("filler", "planning", "alternative")
_OTHER_CLASS = {"places_without": "places"}  # has the conditions of the other


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to say a follow-up; `matches` (text and its rest) and `rejects` are tried by a test."""

    expression: re.Pattern[str]
    matches: dict[str, str]
    rejects: tuple[str, ...]

    def rest(self, text: str) -> str | None:
        """What a text names, where it is of this form."""
        match = self.expression.fullmatch(text.strip())
        return match["rest"] if match else None


@dataclass(frozen=True, slots=True)
class _Rules:
    frames: tuple[Frame, ...]
    own: frozenset[str]
    bare: int
    takes_away: dict[str, str]
    groups: tuple[tuple[str, ...], ...]


def frames() -> tuple[Frame, ...]:
    """The frames of `following.toml`."""
    return _rules().frames


def rests(text: str) -> Iterator[tuple[str, bool]]:
    """What a text may name if it is a follow-up, and whether its form says that it is one."""
    for frame in frames():
        if rest := frame.rest(text):
            yield rest, True
    yield text, False


def following(
    rest: Question, before: Question, reading: Reading, known: Known, *, framed: bool
) -> tuple[Change, ...]:
    """The changes to a reading that the rest of a follow-up asks for; none where it is no such.

    Raises: `Unreadable` for a name that the graph does not have.
    """
    rules = _rules()
    telling = [p for p in rest.pieces if not p.sense(*_SILENT)]
    asks = any(p.sense(*rules.own) for p in telling)
    if not telling or asks or (not framed and len(telling) > rules.bare):
        return ()
    things = [p.sense("thing") for p in telling if len(p.text) > 1]
    if any(things) and not framed:
        return ()
    found = [Change("asked", (s.value,)) for s in things[:1] if s and s.value != reading.asked]
    found += _conditions(rest, before, reading, known)
    found += [Change(kind) for word, kind in rules.takes_away.items() if rest.has(word)]
    if framed and not found:
        raise Unreadable("nothing_followed", "".join(p.text for p in telling))
    put = {kind for change in found if change.values for kind in displaced(change.kind)}
    return tuple(change for change in found if change.values or change.kind not in put)


def _conditions(
    rest: Question, before: Question, reading: Reading, known: Known
) -> Iterator[Change]:
    """New conditions as changes, and what they replace of their kind."""
    found = _read(rest, before, reading)
    new = {c.parameter for c in found}
    for group in _rules().groups:
        if new & set(group):
            yield from (Change(k) for k in group if reading.has(k) and k not in new)
    for condition in _of_one_year(found, issued=reading.has("issued_in")):
        if condition.parameter not in {"operator", "measured_in"}:
            yield _change(condition, known)


def _of_one_year(found: tuple[Condition, ...], *, issued: bool) -> Iterator[Condition]:
    """One year instead of its first and last; of issue, where that was asked about."""
    years = {c.parameter: c.values for c in found if c.parameter in {"year_from", "year_to"}}
    one = len(years) == 2 and years["year_from"] == years["year_to"]
    for condition in found:
        if one and condition.parameter == "year_to":
            yield replace(condition, parameter="issued_in" if issued else "year")
        elif not (one and condition.parameter == "year_from"):
            yield condition


def _read(rest: Question, before: Question, reading: Reading) -> tuple[Condition, ...]:
    """What the rest names, its units looked for in the places that were asked about."""
    own = rest.has("place")
    asked = Reading(_read_as(rest, reading))
    places = tuple(p for _, p in before.find("place") if not before.about(p))
    whole = rest if own else replace(rest, pieces=(*places, *rest.pieces))
    found = named_conditions(whole, asked)
    found = subject_conditions(rest, found)
    return tuple(c for c in found.conditions if own or c.parameter != "place")


def _read_as(rest: Question, reading: Reading) -> str:
    """The class under which the rest says what it says: 参与的呢 names a role, whatever is asked.

    A unit is the one asked about, not one beside those that are asked for.
    """
    if rest.has("unit", "function"):
        return "actions"
    return "units" if rest.has("role") else _OTHER_CLASS.get(reading.asked, reading.asked)


def _change(condition: Condition, known: Known) -> Change:
    """A condition as an address says it."""
    kind, values = condition.parameter, condition.values
    if kind == "value":
        operator, amount = condition.labels
        return Change(kind, (operator.replace("=", "", operator == "=") + amount,))
    if kind in {"unit", "beside"}:
        return Change(kind, tuple(dict.fromkeys(condition.labels)))
    named = {c.value: short(c) for c in known.of(kind)}
    return Change(kind, tuple(dict.fromkeys(named.get(v, v.removeprefix(BASE)) for v in values)))


@cache
def _rules() -> _Rules:
    content = tomllib.loads((files(__package__) / "following.toml").read_text(encoding="utf-8"))
    return _Rules(
        frames=tuple(
            Frame(
                re.compile(table["expression"], re.IGNORECASE),
                table["matches"],
                tuple(table["rejects"]),
            )
            for table in content["frame"]
        ),
        own=frozenset(content["own"]["kinds"]),
        bare=content["bare"]["pieces"],
        takes_away=content["takes_away"],
        groups=tuple(tuple(content[name]["kinds"]) for name in ("about", "dated", "bodies")),
    )
