"""What the cells of a flattened table's columns have in common, as a first look has placed them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg_build.families import marker

__all__ = ["ACROSS", "Habits", "Placing", "habits"]

#: the column of a row that goes across the table
ACROSS = -1
_SEVERAL = 2
_MANY = re.compile("[各、]|相关|有关")


class Placing(NamedTuple):
    """Where a piece stands: its row and column, which is ACROSS for a heading across the table."""

    row: int
    column: int


Cells = Mapping[Placing, Sequence[str]]


@dataclass(frozen=True)
class Habits:
    """What is usual in each column.

    `styles` of their numbering, `long` where cells have several pieces, `filled` the share of rows
    that have a cell there; `said` the column of what several cells say in the same words.
    """

    styles: Mapping[int, str] = field(default_factory=dict)
    long: frozenset[int] = frozenset()
    filled: Mapping[int, float] = field(default_factory=dict)
    said: Mapping[str, int] = field(default_factory=dict)


def habits(words: Sequence[str], width: int, found: Sequence[Placing]) -> Habits:
    """The habits of so many columns, by where the pieces stand."""
    cells: dict[Placing, list[str]] = {}
    for word, place in zip(words, found, strict=False):
        cells.setdefault(place, []).append(word)
    rows = {place.row for place in cells if place.column != ACROSS}
    below = [[lines for p, lines in cells.items() if p.column == n] for n in range(width)]
    return Habits(
        styles={n: style for n, own in enumerate(below) if (style := _style(own))},
        long=frozenset(n for n, own in enumerate(below) if own and _are_long(own)),
        filled={n: len(own) / max(len(rows), 1) for n, own in enumerate(below)},
        said=dict(_said(cells)),
    )


def _style(cells: Sequence[Sequence[str]]) -> str:
    """The style of number that most cells begin with."""
    marks = Counter(m.style if (m := marker(lines[0])) else "" for lines in cells)
    style, times = marks.most_common(1)[0] if marks else ("", 0)
    return style if times >= _SEVERAL and times * 2 > len(cells) else ""


def _are_long(cells: Sequence[Sequence[str]]) -> bool:
    return sum(len(lines) > 1 for lines in cells) * 2 >= len(cells)


def _said(cells: Cells) -> Iterator[tuple[str, int]]:
    """Lists and bodies in general that several cells of one column name, and hardly any other."""
    columns: dict[str, list[int]] = {}
    for place, lines in cells.items():
        columns.setdefault(lines[0], []).append(place.column)
    for word, found in columns.items():
        column, times = Counter(found).most_common(1)[0]
        if _MANY.search(word) and times >= _SEVERAL and times * 3 >= len(found) * 2:
            yield word, column
