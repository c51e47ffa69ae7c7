"""Tables with one cell a line: the headings one below the other, and so each row's cells.

Where empty lines part the headings, they part the cells too, and a cell may have more lines.
"""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, takewhile

from kg_build.families import marker, pattern
from kg_build.model import Span
from kg_build.structure.columns import (
    TASKS,
    UNITS,
    are_known,
    lists_units,
    meaning,
    table_kind,
)
from kg_build.structure.fit import fit
from kg_build.structure.habits import ACROSS, Placing
from kg_build.structure.lines import Cells, Lines, TextTable, taken
from kg_build.structure.looks import look, row_number
from kg_build.structure.numbering import Numbering, heading_number

__all__ = ["is_of_page", "placed", "stacked"]

_IN_BRACKETS = re.compile(r"\([^()]{1,24}\)$")
_MOST_COLUMNS = 16
_MOST_PIECES = 3  # of a heading
_FEWEST = 3  # headings that leave no doubt
_LONGEST_HEADING = 12
_LONGEST_ROW = 48  # lines
_LONGEST_TABLE = 6_000
_FIRST_ROWS = 3  # headings may stand above the first task
_GOING_ON = frozenset({"number", "domain", *TASKS})

#: the lines of each heading
Headings = tuple[tuple[int, ...], ...]
Cell = tuple[Span, ...]


def stacked(source: Lines, at: int) -> TextTable | None:
    """The table whose headings begin at a line."""
    if not any(_heading(source, at, size) for size in range(1, _MOST_PIECES + 1)):
        return None
    return _table(source.parted(at), 0) or _table(source, at)


def _table(source: Lines, at: int) -> TextTable | None:
    """The table that fits best, of all ways to read its headings; none stands there twice.

    Two lines that are known alone are one heading only where others have several lines too.
    """
    ways = [*_headings(source, at, is_wide=False)]
    if any(_repeated(source, way) or max(map(len, way)) > 1 for way in ways):
        ways += _headings(source, at, is_wide=True)
    found = [
        (-_repeated(source, way), *table)
        for way in dict.fromkeys(ways)
        if (table := _placed(source, way))
    ]
    return max(found, key=lambda scored: scored[:2])[2] if found else None


def _repeated(source: Lines, headings: Headings) -> int:
    return len(headings) - len({_words(source, lines) for lines in headings})


# -- headings -----------------------------------------------------------------------------------


def _headings(source: Lines, at: int, *, is_wide: bool) -> Iterator[Headings]:
    """Those before the first row's number, some of which may be unknown; or those all known."""
    sizes = range(_MOST_PIECES, 0, -1) if is_wide else range(1, _MOST_PIECES + 1)
    found: list[tuple[int, ...]] = []
    while len(found) < _MOST_COLUMNS:
        known = next((h for size in sizes if (h := _heading(source, at, size))), None)
        if known is None and (not found or not _may_be_heading(source, at)):
            break
        found.append(known or (at,))
        at = found[-1][-1] + 1
    names = [meaning(_words(source, lines)) for lines in found]
    count = sum(name is not None for name in names)
    if names[:1] == ["number"] and _begins(source, at) and count * 2 > len(names):
        yield tuple(found)
    known_ones = len([*takewhile(lambda name: name is not None, names)])
    if known_ones >= _FEWEST:
        yield tuple(found[:known_ones])


def _begins(source: Lines, at: int) -> bool:
    """Whether the first row's number stands there, or below a heading across the table."""
    above = source.whole(at)
    is_first = row_number(above) is not None
    return is_first or (marker(above) is not None and source.whole(at + 1) == "1")


def _heading(source: Lines, at: int, size: int) -> tuple[int, ...] | None:
    """So many lines, if they are a known heading."""
    lines = tuple(range(at, at + size))
    word = _words(source, lines)
    is_known = not _is_long(word) and meaning(word) is not None
    return lines if is_known and all(_may_be_heading(source, n) for n in lines) else None


def _may_be_heading(source: Lines, at: int) -> bool:
    word = source.whole(at)
    is_number = row_number(word) is not None or marker(word) is not None
    return len(word) > 0 and not (is_number or _is_long(word) or look(word) == "nothing")


def _is_long(word: str) -> bool:
    """Whether a line is too long for a heading, a bracket behind it left out."""
    return len(_IN_BRACKETS.sub("", word)) > _LONGEST_HEADING


def _words(source: Lines, lines: Sequence[int]) -> str:
    return "".join(map(source.whole, lines))


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
    names = [_words(source, lines) for lines in headings]
    if not are_known([name for name in names if meaning(name)]):
        return None
    columns = _columns(names, source, headings)
    lines = list(_reach(source, headings, columns))
    begins = [starts is None or n in starts for n in lines]
    score, places = fit([source.whole(n) for n in lines], columns, begins)
    rows = tuple(_rows(source, lines, places, columns))
    head = tuple(tuple(s for n in own for s in source.cell(n)) for own in headings)
    last = lines[len(places) - 1] if places else headings[-1][-1]
    if not _names_units(rows, columns):
        score, rows, last = 0.0, (), headings[-1][-1]
    is_clear = bool(rows) or len(names) >= _FEWEST
    table = TextTable((head, *rows), taken(source.lines[headings[0][0] : last + 1]))
    return (score, table) if is_clear else None


def _columns(names: Sequence[str], source: Lines, headings: Headings) -> list[str]:
    """What each column is for: goals of indicators are values, numbers lost in copying are none."""
    found = [meaning(name) or "" for name in names]
    at = headings[-1][-1] + 1
    has_numbers = any(row_number(source.whole(n)) for n in range(at, at + _LONGEST_ROW))
    other = {} if has_numbers else {"number": ""}
    other |= {"goal": "value"} if table_kind(found) == "indicators" else {}
    return [other.get(name, name) for name in found]


def _names_units(rows: Sequence[Cells], columns: Sequence[str]) -> bool:
    """Whether one of the first rows has units, if the table has a column of them."""
    first = [row for row in rows if len(row) > 1][:_FIRST_ROWS]
    units = [n for n, name in enumerate(columns) if name in UNITS]
    return any(row[n] for row in first for n in units) or (bool(first) and not units)


def _reach(source: Lines, headings: Headings, columns: Sequence[str]) -> Iterator[int]:
    """The lines below the headings that rows may hold, up to what stands behind the table.

    What a page repeats or counts is left out.
    """
    first, at = headings[0][0], headings[-1][-1] + 1
    head = [source.whole(n) for n in range(first, at)]
    own = Numbering()
    last_sign = at
    end = min(len(source.lines), at + _LONGEST_TABLE)
    while at < min(end, last_sign + _LONGEST_ROW):
        word = source.whole(at)
        if [source.whole(n) for n in range(at, at + len(head))] == head:
            at += len(head)
        elif is_of_page(word):
            at += 1
        elif _begins_another(source, at) or _is_behind(source, at, columns, own):
            return
        else:
            if row_number(word) if "number" in columns else lists_units(word):
                last_sign = at
            yield at
            at += 1


def is_of_page(word: str) -> bool:
    """Whether a line only says that a table goes on, or counts a page: 续表, — 3 —."""
    return pattern("table", "row", "page").fullmatch(word) is not None


def _begins_another(source: Lines, at: int) -> bool:
    """Whether the headings of another table stand there, or its caption above them: 表2 甲任务."""
    if pattern("table", "row", "caption").fullmatch(source.whole(at)):
        return _heading(source, at + 1, 1) is not None
    return all(_heading(source, at + n, 1) for n in range(_FEWEST))


def _is_behind(source: Lines, at: int, columns: Sequence[str], own: Numbering) -> bool:
    """Whether a line stands behind a table: 附件2, a signature, the next heading of the text."""
    word = source.whole(at)
    is_said = pattern("table", "row", "behind").fullmatch(word) is not None
    return is_said or _is_signature(source, at, columns) or _is_outside(source, at, own)


def _is_outside(source: Lines, at: int, own: Numbering) -> bool:
    """Whether a line goes on with the headings outside the table, and not with its own ones.

    The number of a row right below it makes it one of the table.
    """
    number = heading_number(source.whole(at))
    if number is None:
        return False
    is_next = source.outside.goes_on(number) and not own.goes_on(number)
    if is_next and not any(row_number(source.whole(at + n)) for n in (1, 2)):
        return True
    own.note(number)
    return False


def _is_signature(source: Lines, at: int, columns: Sequence[str]) -> bool:
    """Whether a line is the body that issues the text, its day below, and no cell of a row."""
    is_body = pattern("table", "signature", "body").fullmatch(source.whole(at)) is not None
    is_dated = pattern("table", "signature", "day").fullmatch(source.whole(at + 1)) is not None
    return is_body and is_dated and not _lacks_units(source, at, columns)


def _lacks_units(source: Lines, at: int, columns: Sequence[str]) -> bool:
    """Whether the row above a line may have further units: it ends with its task, or with some."""
    above = look(source.whole(at - 1))
    if above == "sentence" and "number" in columns:
        return row_number(source.whole(at - 2)) is not None
    if above == "sentence":
        return "deadline" in columns
    wanted = sum(name in UNITS for name in columns)
    found = [*takewhile(lambda n: look(source.whole(at - n)) == "units", range(1, wanted + 1))]
    return above != "deadline" and len(found) < wanted


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
