"""The rows and columns of a table that is no more than its pieces in a row, found by best fit.

Each piece belongs to a column, the columns of a row follow one another, and a cell that is merged
with others stands once. Of all ways to place the pieces the one counts whose pieces look most like
what their headings lead to expect; what that is worth stands in families/table.toml. A second look
knows what the first one found: the habits of the table's columns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from kg_build.families import Marker, marker, table
from kg_build.structure.columns import UNITS, lists_units
from kg_build.structure.habits import ACROSS, Habits, Placing, habits
from kg_build.structure.looks import look, row_number

__all__ = ["fit"]

_ENDED = re.compile("[。;!?]$")
_OPEN = re.compile("[;:,、]$")
_LONGEST_SECTION = 30
_MOST_LEFT_OUT = 5  # numbers
_START = -2
_NOWHERE = (float("-inf"), _START)
_LAST = frozenset({"units", "deadline"})  # looks of what a row ends with
_ALIEN = frozenset({"name", "number", "figure", "deadline", "nothing", "measure", "attribute"})


class _Step(NamedTuple):
    score: float
    column: int  # of the piece before
    is_new: bool  # whether the piece begins a row


def fit(words: Sequence[str], columns: Sequence[str]) -> tuple[float, list[Placing]]:
    """The place of each piece, as far as the table goes, and how well they fit.

    `columns` are the meanings of the headings.
    """
    first = _Fit(words, tuple(columns), Habits()).placings()[1]
    return _Fit(words, tuple(columns), habits(words, len(columns), first)).placings()


@dataclass(frozen=True)
class _Fit:
    words: Sequence[str]
    columns: tuple[str, ...]
    habits: Habits

    def placings(self) -> tuple[float, list[Placing]]:
        """The best way to place the pieces, its score first; none where none looks as it should."""
        steps = self._steps()
        ends = (
            (step.score - self._after[column], at, column)
            for at, row in enumerate(steps)
            for column, step in row.items()
            if column != ACROSS
        )
        score, at, column = max(ends, default=(0.0, 0, 0))
        return score, _traced(steps, at, column) if score > 0 else []

    def _steps(self) -> list[dict[int, _Step]]:
        """For each piece and column the best way there."""
        found: list[dict[int, _Step]] = []
        before = {_START: _Step(0.0, _START, is_new=False)}
        for at in range(len(self.words)):
            before = dict(self._next(at, before))
            found.append(before)
        return found

    def _next(self, at: int, before: Mapping[int, _Step]) -> Iterator[tuple[int, _Step]]:
        ended = [(step.score - self._after[c], c) for c, step in before.items() if c >= 0]
        alone = [(step.score, c) for c, step in before.items() if c < 0]
        heads = [*ended, *(way for way in alone if way[1] != ACROSS)]
        if heads and (points := self._across(at)) is not None:
            score, c = max(heads)
            yield ACROSS, _Step(score + points, c, is_new=True)
        above, other = max(ended, default=_NOWHERE), max(alone, default=_NOWHERE)
        left = _NOWHERE  # the best way to a column further left, as if nothing was left out
        for column in range(len(self.columns)):
            like = self._like(at, column)
            score, c, is_new = max(
                (above[0] - self._begun[column][1], above[1], True),
                (other[0] - self._begun[column][0], other[1], True),
                (left[0] - self._so_far[column], left[1], False),
            )
            step = _Step(score + like, c, is_new=is_new)
            if column in before:
                own = before[column].score
                on = own + min(like, 0) / 2 + self._going_on(at, column)
                step = max(step, _Step(on, column, is_new=False))
                left = max(left, (own + self._so_far[column + 1], column))
            yield column, step

    # -- rows that leave out columns ----------------------------------------------------------

    @cached_property
    def _missing(self) -> tuple[float, ...]:
        """What it costs that a row has no piece in a column: more where most rows have one."""
        found = []
        for n, name in enumerate(self.columns):
            is_further = name in UNITS and bool(UNITS & set(self.columns[:n]))
            cost = _fit()["missing"]["further_units" if is_further else _kind(name)]
            found.append(cost * min(2.0, max(0.5, 2 * self.habits.filled.get(n, 0.5))))
        return tuple(found)

    @cached_property
    def _so_far(self) -> tuple[float, ...]:
        """What it costs to leave out all columns before each."""
        return tuple(accumulate(self._missing, initial=0.0))

    @cached_property
    def _after(self) -> tuple[float, ...]:
        return tuple(self._so_far[-1] - cost for cost in self._so_far[1:])

    @cached_property
    def _begun(self) -> tuple[tuple[float, float], ...]:
        """What it costs to begin a row in each column: without one above, and below one.

        Without one nothing can be merged.
        """
        costs, found = _fit(), []
        for column, name in enumerate(self.columns):
            own = costs["row"] + costs["begins"].get(_kind(name), costs["elsewhere"])
            if column and "number" in self.columns[:column]:
                own += costs["unnumbered"]
            found.append((own + self._so_far[column], own + costs["merged"] * column))
        return tuple(found)

    # -- what a piece looks like --------------------------------------------------------------

    @cached_property
    def _looks(self) -> tuple[str, ...]:
        return tuple(map(look, self.words))

    @cached_property
    def _markers(self) -> tuple[Marker | None, ...]:
        return tuple(map(marker, self.words))

    @cached_property
    def _styles(self) -> tuple[str, ...]:
        return tuple(m.style if m else "" for m in self._markers)

    @cached_property
    def _kinds(self) -> tuple[Mapping[str, float], ...]:
        """How much each look is worth in each column."""
        return tuple(_fit()["likeness"].get(_kind(name), {}) for name in self.columns)

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        """What each piece is as the number of a row: the next one, a later one, or none."""
        if "number" not in self.columns:
            return ("other",) * len(self.words)
        last: dict[str, int] = {}  # by style: 一 above (一) above 1
        seen: set[tuple[str, int]] = set()
        found = []
        for at, word in enumerate(self.words):
            is_dash = not at and self._looks[at] == "nothing"  # a 一 that was mistyped
            style, value = row_number("一" if is_dash else word) or ("", 0)
            is_behind = self._has_values and (style, value - 1) in seen  # a figure may have passed
            found.append("next" if is_behind else self._step(at, value - last.get(style, 0), value))
            if found[-1] != "other":
                last[style] = value
                seen.add((style, value))
        return tuple(found)

    def _step(self, at: int, step: int, value: int) -> str:
        begins = value == 1 and self._looks[at - 1] in {"phrase", "name"}
        if value and (step in {0, 1} or value == step or begins):
            return "next"
        follows = self._looks[at + 1] if at + 1 < len(self._looks) else ""
        if not value or self._has_values or follows not in {"phrase", "sentence", "name"}:
            return "other"
        is_near = 1 < step <= _MOST_LEFT_OUT and follows != "name"
        is_ended = self._looks[at - 1] in _LAST and (step > 1 or value == 1)
        return "later" if is_near or is_ended else "other"

    @cached_property
    def _has_values(self) -> bool:
        return any(_kind(name) == "value" for name in self.columns)

    def _like(self, at: int, column: int) -> float:
        """How much a piece looks like what stands in a column."""
        points, name = _fit(), self.columns[column]
        if name == "number":
            return float(points["number"][self._numbers[at]])
        score = self._kinds[column][self._looks[at]]
        if self._numbers[at] != "other":
            score -= points["other_figure" if self._has_values else "other_number"]
        if self._styles[at] in self.habits.styles.values():
            is_usual = self.habits.styles.get(column) == self._styles[at]
            score += points["style"] if is_usual else -points["style"]
        said = self.habits.said.get(self.words[at])
        if said is not None:
            score += points["said"] if said == column else -points["said"] / 2
        return score

    def _across(self, at: int) -> float | None:
        """How well a piece does as a heading across the table, if it may be one."""
        is_long = len(self.words[at]) > _LONGEST_SECTION
        if is_long or self._is_bare(at) or self._looks[at] not in {"phrase", "sentence", "name"}:
            return None
        is_numbered = self._styles[at].startswith("chinese")
        return float(_fit()["across"]["numbered" if is_numbered else "plain"])

    def _is_bare(self, at: int) -> bool:
        """Whether a piece is no more than a number."""
        found = self._markers[at]
        return found is not None and found.length == len(self.words[at])

    def _going_on(self, at: int, column: int) -> float:
        """How well a piece goes on with the cell of the piece before it."""
        name, said = self.columns[column], self.habits.said.get(self.words[at])
        if self._numbers[at] != "other" or name == "number":
            return float(-_fit()["number"]["next"])
        rule = self._counted(at) or (name in UNITS and self._unit(at, column))
        if not rule and said == column:
            rule = "said_again"
        return float(_fit()["goes_on"][rule or self._worded(at, column)])

    @cached_property
    def _marked(self) -> tuple[Marker | None, ...]:
        """The last numbered piece up to each; below the number of a row there is none."""
        found: list[Marker | None] = []
        for at, own in enumerate(self._markers):
            above = found[-1] if found and self._numbers[at] == "other" else None
            found.append(above if own is None or self._is_bare(at) else own)
        return tuple(found)

    def _counted(self, at: int) -> str:
        own, above = self._markers[at], self._marked[at - 1]
        if own is None or above is None or own.style != above.style:
            return ""
        return "next_number" if own.value == above.value + 1 else "other_number"

    def _unit(self, at: int, column: int) -> str:
        """How a name goes on with the units above it: of who leads there is one, of others many."""
        above, word = self.words[at - 1], self.words[at]
        if self._looks[at - 1] != "units":
            return "joined_units" if lists_units(above + word) else ""
        if above.endswith("、"):
            return "open_list"
        if self._looks[at] != "units" or self.habits.said.get(word) == column:
            return ""
        if column in self.habits.long:
            return "usual"
        return "leads" if UNITS & set(self.columns[column + 1 : column + 2]) else "units"

    def _worded(self, at: int, column: int) -> str:
        above, word = self.words[at - 1], self.words[at]
        if self.columns[column] == "person" and self._looks[at] == "name":
            return "usual"
        if self._looks[at] in _ALIEN:
            return self._looks[at] if self._looks[at] == "nothing" else "alien"
        if _OPEN.search(above) or len(word) == 1 or self._is_bare(at - 1):
            return "open"
        is_below = self._looks[at - 1] != "sentence" and self._looks[at] == "sentence"
        if is_below and self._is_detailed(column):
            return "sentence"
        if column in self.habits.long:
            return "long"
        return "ended" if _ENDED.search(above) else "words"

    def _is_detailed(self, column: int) -> bool:
        """Whether a column is of tasks that have their details behind."""
        return self.columns[column] == "task" and "detail" in self.columns[column:]


def _traced(steps: Sequence[Mapping[int, _Step]], at: int, column: int) -> list[Placing]:
    """The places on the way to a piece and its column."""
    back = []
    while column != _START:
        step = steps[at][column]
        back.append((column, step.is_new))
        at, column = at - 1, step.column
    found: list[Placing] = []
    for place, is_new in reversed(back):
        row = found[-1].row if found else -1
        found.append(Placing(row + is_new, place))
    return found


def _fit() -> dict[str, Any]:
    found: dict[str, Any] = table("table")["fit"]
    return found


def _kind(name: str) -> str:
    """What the columns of a meaning hold."""
    if name in UNITS:
        return "units"
    kinds: Mapping[str, str] = _fit()["kinds"]
    return kinds.get(name, name or "any")
