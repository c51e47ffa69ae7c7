"""The rows and columns of a table that is no more than its pieces in a row, found by best fit.

Each piece belongs to a column, the columns of a row follow one another, and a cell that is merged
with others stands once. Of all ways to place the pieces the one counts whose pieces look most like
what their headings lead to expect; what that is worth stands in families/table.toml. A second look
knows what the first one found: the habits of the table's columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from kg_build.structure.columns import UNITS
from kg_build.structure.habits import ACROSS, Habits, Placing, habits
from kg_build.structure.likeness import Likeness, Numbers, Seen, kind_of, points

__all__ = ["fit"]

_START = -2
_NOWHERE = (float("-inf"), _START)


class _Step(NamedTuple):
    score: float
    column: int  # of the piece before
    is_new: bool  # whether the piece begins a row
    numbers: Numbers  # of the rows up to here


_NONE = _Step(float("-inf"), _START, False, {})
_score = attrgetter("score")
_Steps = Mapping[int, _Step]
_Way = tuple[float, int, bool]


def fit(
    words: Sequence[str], columns: Sequence[str], starts: Sequence[bool] | None = None
) -> tuple[float, list[Placing]]:
    """The place of each piece, as far as the table goes, and how well they fit.

    `columns` are the meanings of the headings; `starts` says which pieces may begin a row.
    """
    starts = [True] * len(words) if starts is None else starts
    seen, names = Seen(words), tuple(columns)
    first = _Search(Likeness(seen, names, Habits()), starts).placings()[1]
    known = habits(words, len(names), first)
    return _Search(Likeness(seen, names, known), starts).placings()


@dataclass(frozen=True)
class _Search:
    """All ways to place the pieces, of which only the best to each column is followed."""

    pieces: Likeness
    starts: Sequence[bool]

    def placings(self) -> tuple[float, list[Placing]]:
        """The best way to place the pieces, its score first; none where none looks as it should."""
        steps = self._steps()
        ends = (
            (step.score - self._after[column], at, column)
            for at, row in enumerate(steps)
            if all(self.starts[at + 1 : at + 2])
            for column, step in row.items()
            if column != ACROSS
        )
        score, at, column = max(ends, default=(0.0, 0, 0))
        return score, _traced(steps, at, column) if score > 0 else []

    def _steps(self) -> list[_Steps]:
        """For each piece and column the best way there."""
        found: list[_Steps] = []
        before: _Steps = {_START: _Step(0.0, _START, False, {})}
        for at in range(len(self.starts)):
            before = dict(self._next(at, before))
            found.append(before)
        return found

    def _next(self, at: int, before: _Steps) -> Iterator[tuple[int, _Step]]:
        """The best way to each column from those of the piece before."""
        ended = [(step.score - self._after[c], c) for c, step in before.items() if c >= 0]
        alone = [(step.score, c) for c, step in before.items() if c < 0]
        if not self.starts[at]:
            ended, alone = [], []
        heads = [*ended, *(way for way in alone if way[1] != ACROSS or self.pieces.is_below(at))]
        if heads and (worth := self.pieces.across(at)) is not None:
            score, c = max(heads)
            yield ACROSS, _Step(score + worth, c, True, before[c].numbers)
        best = [max(ways) for ways in (ended, alone) if ways]
        left = _NOWHERE  # the best way to a column further left, as if nothing was left out
        for column, name in enumerate(self.columns):
            rows = (*ended, *alone) if name == "number" else best
            ways = [(score - self._begun[column][c >= 0], c, True) for score, c in rows]
            ways.append((left[0] - self._so_far[column], left[1], False))
            step = self._entered(at, column, ways, before)
            if own := before.get(column):
                on = own.score + self.pieces.going_on(at, column, own.numbers)
                step = max(step, _Step(on, column, False, own.numbers), key=_score)
                left = max(left, (own.score + self._so_far[column + 1], column))
            yield column, step

    def _entered(self, at: int, column: int, ways: Sequence[_Way], before: _Steps) -> _Step:
        """The best way into a column; the number of a row is worth what those above let expect."""
        if self.columns[column] != "number":
            score, c, is_new = max(ways)
            above = before.get(c, _NONE).numbers
            return _Step(score + self.pieces.like(at, column), c, is_new, above)
        worth = self.pieces.numbered
        found = ((s + worth(at, before.get(c, _NONE).numbers), c, new) for s, c, new in ways)
        score, c, is_new = max(found)
        number = self.pieces.seen.numbers[at]
        above = before.get(c, _NONE).numbers
        return _Step(score, c, is_new, above | dict([number] if number else []))

    # -- rows that leave out columns ----------------------------------------------------------

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The meanings of the headings."""
        return self.pieces.columns

    @cached_property
    def _missing(self) -> tuple[float, ...]:
        """What it costs that a row has no piece in a column: more where most rows have one."""
        found = []
        for n, name in enumerate(self.columns):
            is_further = name in UNITS and bool(UNITS & set(self.columns[:n]))
            cost = points()["missing"]["further_units" if is_further else kind_of(name)]
            filled = self.pieces.habits.filled.get(n, 0.5)
            found.append(cost * min(2.0, max(0.5, 2 * filled)))
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
        costs, found = points(), []
        for column, name in enumerate(self.columns):
            own = costs["row"] + costs["begins"].get(kind_of(name), costs["elsewhere"])
            if column and "number" in self.columns[:column]:
                own += costs["unnumbered"]
            found.append((own + self._so_far[column], own + costs["merged"] * column))
        return tuple(found)


def _traced(steps: Sequence[_Steps], at: int, column: int) -> list[Placing]:
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
