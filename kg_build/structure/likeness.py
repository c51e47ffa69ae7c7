"""How well a piece of a flattened table does in a column, or as a heading across the table.

What it is worth to look like this or that stands in families/table.toml.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg_build.families import Marker, marker, table
from kg_build.structure.columns import UNITS, lists_units
from kg_build.structure.habits import Habits
from kg_build.structure.looks import look, row_number

__all__ = ["Likeness", "Numbers", "Seen", "kind_of", "points"]

_ENDED = re.compile("[。;!?]$")
_OPEN = re.compile("[;:,、]$")
_LONGEST_SECTION = 30
_MOST_LEFT_OUT = 5  # numbers
_LAST = frozenset({"units", "deadline"})  # looks of what a row ends with
_WORDED = frozenset({"phrase", "sentence", "name"})
_ALIEN = frozenset({"name", "number", "figure", "deadline", "nothing", "measure", "attribute"})

#: the last number of a row by style: 一 above (一) above 1
Numbers = dict[str, int]


def points() -> dict[str, Any]:
    """What looks, rows and places are worth."""
    found: dict[str, Any] = table("table")["fit"]
    return found


def kind_of(name: str) -> str:
    """What the columns of a meaning hold."""
    if name in UNITS:
        return "units"
    kinds: Mapping[str, str] = points()["kinds"]
    return kinds.get(name, name or "any")


@dataclass(frozen=True)
class Seen:
    """The pieces, and what can be seen of each without knowing its column."""

    words: Sequence[str]

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """What each looks like."""
        return tuple(map(look, self.words))

    @cached_property
    def markers(self) -> tuple[Marker | None, ...]:
        """The number that each begins with."""
        return tuple(map(marker, self.words))

    @cached_property
    def numbers(self) -> tuple[tuple[str, int] | None, ...]:
        """The style and value of those that are no more than a number."""
        is_dash = self.looks[:1] == ("nothing",)  # a 一 that was mistyped
        return tuple(map(row_number, ("一", *self.words[1:]) if is_dash else self.words))

    @cached_property
    def above(self) -> tuple[Marker | None, ...]:
        """The last numbered piece up to each; below a number that stands alone there is none."""
        found: list[Marker | None] = []
        for own, number in zip(self.markers, self.numbers, strict=True):
            last = found[-1] if found and not number else None
            found.append(last if own is None or number else own)
        return tuple(found)


@dataclass(frozen=True)
class Likeness:
    """What the pieces earn in columns of some meanings, whose habits are known."""

    seen: Seen
    columns: tuple[str, ...]
    habits: Habits

    def like(self, at: int, column: int) -> float:
        """How much a piece looks like what stands in a column that does not number the rows."""
        worth = points()
        score = self._kinds[column].get(self._look(at, column), 0.0)
        own = self.seen.markers[at]
        if own and own.style in self.habits.styles.values():
            is_usual = self.habits.styles.get(column) == own.style
            score += worth["style"] if is_usual else -worth["style"]
        said = self.habits.said.get(self.seen.words[at])
        if said is not None:
            score += worth["said"] if said == column else -worth["said"] / 2
        return score

    def _look(self, at: int, column: int) -> str:
        """What a piece looks like in a column: 镇 and 社区 are bodies, and are counted too."""
        own = self.seen.looks[at]
        is_counted = own == "measure" and self.columns[column] in UNITS
        return "units" if is_counted and lists_units(self.seen.words[at]) else own

    @cached_property
    def _kinds(self) -> tuple[Mapping[str, float], ...]:
        """How much each look is worth in each column."""
        return tuple(points()["likeness"].get(kind_of(name), {}) for name in self.columns)

    # -- numbers of rows ----------------------------------------------------------------------

    def numbered(self, at: int, last: Numbers) -> float:
        """How well a piece numbers a row behind the numbers of those above."""
        return float(points()["number"][self._number(at, last)])

    def _number(self, at: int, last: Numbers) -> str:
        """What a piece is as the number of a row: the next one, a later one, or none."""
        number = self.seen.numbers[at]
        if number is None:
            return "other"
        style, value = number
        step = value - last.get(style, 0)
        begins = value == 1 and self.seen.looks[at - 1] in {"phrase", "name"}
        if step in {0, 1} or begins:
            return "next"
        is_known = style in last or not last or value == 1
        return "later" if is_known and self._may_be_later(at, value, step) else "other"

    def _may_be_later(self, at: int, value: int, step: int) -> bool:
        """Whether numbers may be left out before one, or begin again: a task stands behind it."""
        follows = self.seen.looks[at + 1] if at + 1 < len(self.seen.looks) else ""
        if follows not in _WORDED or self.seen.numbers[at + 1]:
            return False
        is_near = step > 1 and (step <= _MOST_LEFT_OUT or value == step) and follows != "name"
        is_ended = self.seen.looks[at - 1] in _LAST and (step > 1 or value == 1)
        return is_near or is_ended

    # -- headings across the table ------------------------------------------------------------

    def across(self, at: int) -> float | None:
        """How well a piece does as a heading across the table, if it may be one."""
        is_long = len(self.seen.words[at]) > _LONGEST_SECTION
        if is_long or self._is_bare(at) or self.seen.looks[at] not in _WORDED:
            return None
        own = self.seen.markers[at]
        is_numbered = own is not None and own.style.startswith("chinese")
        return float(points()["across"]["numbered" if is_numbered else "plain"])

    def is_below(self, at: int) -> bool:
        """Whether a piece may be a heading across below the one before it: （一） below 一、."""
        above, own = self.seen.markers[at - 1], self.seen.markers[at]
        return above is not None and own is not None and own.level > above.level

    def _is_bare(self, at: int) -> bool:
        """Whether a piece is no more than a number."""
        own = self.seen.markers[at]
        return own is not None and own.length == len(self.seen.words[at])

    # -- cells of several pieces --------------------------------------------------------------

    def going_on(self, at: int, column: int, last: Numbers) -> float:
        """How well a piece goes on with the cell of the piece before it."""
        name, said = self.columns[column], self.habits.said.get(self.seen.words[at])
        if name == "number" or ("number" in self.columns and self._number(at, last) != "other"):
            return float(-points()["number"]["next"])
        score = min(0.0, self.like(at, column)) / 2
        rule = self._counted(at) or (name in UNITS and self._unit(at, column))
        if not rule and said == column:
            rule = "said_again"
        return score + float(points()["goes_on"][rule or self._worded(at, column)])

    def _counted(self, at: int) -> str:
        own, above = self.seen.markers[at], self.seen.above[at - 1]
        if own is None or above is None or own.style != above.style:
            return ""
        return "next_number" if own.value == above.value + 1 else "other_number"

    def _unit(self, at: int, column: int) -> str:
        """How a name goes on with the units above it: of who leads there is one, of others many."""
        above, word = self.seen.words[at - 1], self.seen.words[at]
        if self.seen.looks[at - 1] != "units":
            return "joined_units" if lists_units(above + word) else ""
        if above.endswith("、"):
            return "open_list"
        if self.seen.looks[at] != "units" or self.habits.said.get(word) == column:
            return ""
        if column in self.habits.long:
            return "usual"
        return "leads" if UNITS & set(self.columns[column + 1 : column + 2]) else "units"

    def _worded(self, at: int, column: int) -> str:
        """How a piece goes on with a cell by their words."""
        above, word = self.seen.words[at - 1], self.seen.words[at]
        over, own = self.seen.looks[at - 1], self.seen.looks[at]
        if self.columns[column] == "person" and own == "name":
            return "usual"
        if own in _ALIEN:
            return "nothing" if own == "nothing" else "alien"
        if _OPEN.search(above) or len(word) == 1 or self._is_bare(at - 1):
            return "open"
        if over in _ALIEN - {"name"}:
            return "alien"
        return self._told(column, over, own) or ("ended" if _ENDED.search(above) else "words")

    def _told(self, column: int, over: str, own: str) -> str:
        """How words go on where the column tells: by its details, or by its long cells."""
        if own == "sentence" != over and self._is_detailed(column):
            return "sentence"
        return "long" if column in self.habits.long else ""

    def _is_detailed(self, column: int) -> bool:
        """Whether a column is of tasks that have their details behind."""
        return self.columns[column] == "task" and "detail" in self.columns[column:]
