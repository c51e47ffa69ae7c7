"""Tables with one cell a line: the headings one below the other, and so each row's cells.

Where empty lines part the headings, they part the cells too, and a cell may have more lines.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from kg_build.model import Span
from kg_build.structure.column_heads import (
    Headings,
    are_clear,
    begin,
    readings,
    repeated,
    words_of,
)
from kg_build.structure.columns import TASKS, UNITS, are_known, meaning, table_kind
from kg_build.structure.fit import fit
from kg_build.structure.habits import ACROSS, Placing
from kg_build.structure.lines import Cells, Lines, TextTable, taken
from kg_build.structure.looks import row_number
from kg_build.structure.reach import LONGEST_ROW, reach

__all__ = ["placed", "stacked"]

_FIRST_ROWS = 3  # headings may stand above the first task
_GOING_ON = frozenset({"number", "domain", *TASKS})

Cell = tuple[Span, ...]


def stacked(source: Lines, at: int) -> TextTable | None:
    """The table whose headings begin at a line."""
    return _table(source.parted(at), 0) or _table(source, at) if begin(source, at) else None


def _table(source: Lines, at: int) -> TextTable | None:
    """The table that fits best, of all ways to read its headings; none stands there twice."""
    found = [
        (-repeated(source, way), *table)
        for way in readings(source, at)
        if (table := _placed(source, way))
    ]
    return max(found, key=lambda scored: scored[:2])[2] if found else None


# -- rows ---------------------------------------------------------------------------------------


def placed(
    source: Lines, headings: Headings, starts: Container[int] | None = None
) -> TextTable | None:
    """The table below some headings, as far as its pieces can be placed into their columns.

    One without rows is left as its headings, if these are beyond doubt. `starts` are the lines
    that may begin a row, any if none are named.
    """
    found = _placed(source, headings, starts)
    return found[1] if found else None


def _placed(
    source: Lines, headings: Headings, starts: Container[int] | None = None
) -> tuple[float, TextTable] | None:
    names = [words_of(source, lines) for lines in headings]
    if not are_known([name for name in names if meaning(name)]):
        return None
    columns = _columns(names, source, headings)
    lines = list(reach(source, headings, columns))
    begins = [starts is None or n in starts for n in lines]
    score, places = fit([source.whole(n) for n in lines], columns, begins)
    rows = tuple(_rows(source, lines, places, columns))
    head = tuple(tuple(s for n in own for s in source.cell(n)) for own in headings)
    last = lines[len(places) - 1] if places else headings[-1][-1]
    is_clear = are_clear(names)
    if not _names_units(rows, columns, is_clear=is_clear):
        score, rows, last = 0.0, (), headings[-1][-1]
    table = TextTable((head, *rows), taken(source.lines[headings[0][0] : last + 1]))
    return (score, table) if rows or is_clear else None


def _columns(names: Sequence[str], source: Lines, headings: Headings) -> list[str]:
    """What each column is for: goals of indicators are values, numbers lost in copying are none."""
    found = [meaning(name) or "" for name in names]
    at = headings[-1][-1] + 1
    has_numbers = any(row_number(source.whole(n)) for n in range(at, at + LONGEST_ROW))
    other = {} if has_numbers else {"number": ""}
    other |= {"goal": "value"} if table_kind(found) == "indicators" else {}
    return [other.get(name, name) for name in found]


def _names_units(rows: Sequence[Cells], columns: Sequence[str], *, is_clear: bool) -> bool:
    """Whether one of the first rows has units, if the table has a column of them.

    Where it has none its rows have numbers, or the headings are beyond doubt.
    """
    first = [row for row in rows if len(row) > 1][:_FIRST_ROWS]
    units = [n for n, name in enumerate(columns) if name in UNITS]
    if not units:
        return bool(first) and (is_clear or "number" in columns)
    return any(row[n] for row in first for n in units)


def _rows(
    source: Lines, lines: Sequence[int], places: Sequence[Placing], columns: Sequence[str]
) -> Iterator[Cells]:
    """The cells of each row; a heading across the table is a row of one cell."""
    above: Cells = ()
    pairs = zip(lines, places, strict=False)
    for _, run in groupby(pairs, key=lambda pair: pair[1].row):
        row: list[tuple[Span, ...]] = [()] * len(columns)
        column = ACROSS
        for n, (_, column) in run:
            row[max(column, 0)] += source.cell(n)
        if column == ACROSS:
            above = ()
            yield (row[0],)
        else:
            above = _with_merged(row, () if _is_heading(source, row, columns) else above, columns)
            yield above


def _is_heading(source: Lines, row: Sequence[Cell], columns: Sequence[str]) -> bool:
    """Whether a row is no more than a Chinese number and a title."""
    numbers = [cell for cell, name in zip(row, columns, strict=True) if cell and name == "number"]
    written = "".join(map(source.words, numbers[0])) if numbers else "1"
    return sum(map(bool, row)) == 2 and not written.isdecimal()


def _with_merged(row: Sequence[Cell], above: Cells, columns: Sequence[str]) -> Cells:
    """A row with the cells of the one above that go on into it.

    They are those to the left of its own, and the units where it names none.
    """
    own = [n for n, cell in enumerate(row) if cell and columns[n] != "number"]
    if not above or not own:
        return tuple(row)
    has_units = any(columns[n] in UNITS for n in own)
    open_ones = {n for n, name in enumerate(columns) if name in UNITS and not has_units}
    open_ones |= {n for n, name in enumerate(columns) if name in _GOING_ON and n < own[0]}
    return tuple(
        over if n in open_ones and not cell else cell
        for n, (cell, over) in enumerate(zip(row, above, strict=True))
    )
