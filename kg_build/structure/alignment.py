"""Cells of a row that lacks some, put into the columns that they look like."""

import re
from functools import cache

from kg_build.structure.columns import UNITS, lists_units, meaning

__all__ = ["NUMERAL", "heading_shape", "places", "shape"]

NUMERAL = re.compile(r"[0-9]{1,3}(?:\.[0-9])?|\(?[一二三四五六七八九十]{1,3}\)?[、.]?")
_NUMBERS = frozenset({"number", "points", "value", "baseline", "year"})
#: a score and the columns that give it
_Best = tuple[int, tuple[int, ...]]


def shape(text: str) -> str:
    """What a cell looks like: a number, a list of units, text, or nothing."""
    if not text:
        return ""
    if NUMERAL.fullmatch(text):
        return "number"
    return "unit" if lists_units(text) else "text"


def heading_shape(text: str) -> str:
    """What the cells below a heading look like."""
    column = meaning(text)
    if column in UNITS:
        return "unit"
    return "number" if column in _NUMBERS else "text"


@cache
def places(cells: tuple[str, ...], columns: tuple[str, ...], is_heading: bool) -> tuple[int, ...]:
    """The columns of a row's cells, in order, by the best fit.

    Of equals the ones to the right, for merged cells stand to the left; of headings the ones to
    the left, for they span what is to their right.
    """
    best: list[list[_Best]] = [[(0, ())] * (len(columns) + 1)]
    for left in range(1, len(cells) + 1):  # the last `left` cells
        cell = cells[-left]
        line: list[_Best] = [(0, ())] * (len(columns) + 1)
        for column in range(len(columns) - left, -1, -1):
            score, placed = best[-1][column + 1]
            take = (score + _likeness(cell, columns[column]), (column, *placed))
            skip = line[column + 1] if column < len(columns) - left else None
            is_skipped = skip is not None and skip[0] >= take[0] + is_heading
            line[column] = skip if skip is not None and is_skipped else take
        best.append(line)
    return best[-1][0][1]


def _likeness(cell: str, column: str) -> int:
    if not cell or not column:
        return 0
    if cell == column:
        return 2
    return -2 if "number" in {cell, column} else -1
