"""Tables: what each cell means by its column, and what each row is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg_build.families import marker, pattern
from kg_build.lex.view import View
from kg_build.model import Span
from kg_build.structure.columns import (
    TASKS,
    Column,
    columns,
    heading_rows,
    lists_units,
    meaning,
    table_kind,
    with_spans,
)
from kg_build.structure.grid import Grid, grids
from kg_build.structure.notes import is_note
from kg_build.structure.paragraphs import Paragraph
from kg_build.structure.placed import NO_VIEW, Placed

__all__ = ["Cell", "Row", "Table", "tables"]

#: numbers of rows, the widest first
_LEVELS = (
    re.compile("[一二三四五六七八九十]{1,3}[、.]?|-"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?"),
    re.compile("[0-9]{1,3}"),
)
_INDEX = re.compile(r"[0-9]{1,2}|[甲乙丙丁A-H]")
_BESIDE = frozenset({"number", "points", "remark"})
_FEWEST = 2  # rows and columns of what is a table and no layout


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and the meaning of its column; `year` is stated by the column's heading.

    `is_first` is false where a merged cell goes on from the row above.
    """

    column: str
    view: View
    year: int | None
    is_first: bool
    heading: View = NO_VIEW


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells that hold something; a row that is a heading has only its `section`."""

    cells: tuple[Cell, ...]
    section: View | None = None

    def first(self, *names: str) -> Cell | None:
        """The first cell of one of some columns, in the order of the names."""
        return next((c for name in names for c in self.cells if c.column == name), None)

    def all(self, *names: str) -> tuple[Cell, ...]:
        """The cells of some columns in the order of the row."""
        return tuple(c for c in self.cells if c.column in names)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings. `kind` is empty where the headings are not understood.

    `totals` are rows that sum up (合计). `is_given` where the reader knew rows and columns; else
    they are concluded from the text. `is_found` where they were found in lines.
    """

    kind: str
    headings: tuple[Column, ...]
    rows: tuple[Row, ...]
    span: Span
    caption: View | None = None
    is_given: bool = True
    totals: tuple[Row, ...] = ()
    is_found: bool = False


def tables(paragraphs: Sequence[Paragraph]) -> tuple[Table, ...]:
    """The tables among the paragraphs of a text.

    One without headings that follows another of the same width goes on with it.
    """
    found: list[Table] = []
    for given in grids(paragraphs):
        grid = replace(given, rows=tuple(map(tuple, with_spans(given.rows))))
        span = _span(grid)
        if span is None:
            continue
        headed = heading_rows(grid.rows)
        before = found[-1] if found else None
        if headed is not None:
            found.append(_table(grid, *headed, span))
        elif before and grid.caption is None and len(before.headings) == grid.width:
            more = _rows(grid.rows, before.headings, ())
            sums = (*before.totals, *_totals(grid.rows, before.headings))
            found[-1] = replace(before, rows=before.rows + tuple(more), totals=sums)
        else:
            found.append(_unread(grid, span))
    return tuple(found)


def _span(grid: Grid) -> Span | None:
    spans = [c.view.span() for row in grid.rows for c in row if c and c.text]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _unread(grid: Grid, span: Span) -> Table:
    headings = [Column("", None, c.view if c else NO_VIEW) for c in grid.rows[0]]
    return Table("", tuple(headings), (), span, grid.caption, grid.is_given)


def _table(grid: Grid, start: int, stop: int, span: Span) -> Table:
    caption = grid.caption
    if start:  # a title inside the table
        caption = next((c.view for c in grid.rows[start - 1] if c and c.text), caption)
    named = columns(grid.rows[start:stop], caption)
    named = _by_content(named, grid.rows[stop:])
    kind = table_kind([c.id for c in named])
    heads = tuple(_texts(row) for row in grid.rows[start:stop])
    rows = tuple(_rows(grid.rows[stop:], named, heads)) if kind else ()
    totals = tuple(_totals(grid.rows[stop:], named)) if kind else ()
    return Table(kind, named, rows, span, caption, grid.is_given, totals, grid.is_found)


def _by_content(
    named: Sequence[Column], rows: Sequence[Sequence[Placed | None]]
) -> tuple[Column, ...]:
    """Of columns below one heading, the one that lists units: the units are the rows' key."""
    found = list(named)
    for at in range(len(named) - 1, -1, -1):
        below = [n for n, c in enumerate(named) if c.heading == named[at].heading]
        is_new = all(found[n].id == named[at].id for n in below)
        if len(below) > 1 and is_new and named[at].id in TASKS and _lists_units(rows, at):
            found[at] = replace(named[at], id="responsible")
    return tuple(found)


def _lists_units(rows: Sequence[Sequence[Placed | None]], at: int) -> bool:
    texts = [c.text for row in rows if (c := row[at]) and c.text]
    return sum(map(lists_units, texts)) * 2 > len(texts)


def _texts(row: Sequence[Placed | None]) -> tuple[str, ...]:
    return tuple(c.text if c else "" for c in row)


# -- rows -----------------------------------------------------------------------------------


def _rows(
    rows: Sequence[Sequence[Placed | None]],
    named: Sequence[Column],
    heads: Sequence[tuple[str, ...]],
) -> Iterator[Row]:
    """The rows that say something, each with the merged cells that reach into it.

    Headings repeated on a new page, totals and rows that only count the columns say nothing.
    """
    above: list[Placed | None] = [None] * len(named)
    deepest = _deepest(rows, named)
    for row in rows:
        if _texts(row) in heads or _counts_columns(row) or _is_note(row):
            continue
        section = _section(row, named, deepest)
        is_total = _is_total(row, named)
        if section is not None or is_total:
            if section is not None and not is_total:
                yield Row((), section)
            says_more = not is_total and _says_more(row, above, named)
            above = [None] * len(named)
            if not says_more:
                continue
        filled = [own or over for own, over in zip(row, above, strict=True)]
        cells = tuple(_cells(filled, above, named))
        if cells:
            yield Row(cells)
        above = filled


def _totals(rows: Sequence[Sequence[Placed | None]], named: Sequence[Column]) -> Iterator[Row]:
    nothing = [None] * len(named)
    for row in rows:
        if _is_total(row, named):
            yield Row(tuple(_cells(row, nothing, named)))


def _cells(
    row: Sequence[Placed | None], above: Sequence[Placed | None], named: Sequence[Column]
) -> Iterator[Cell]:
    last: Placed | None = None
    for placed, over, column in zip(row, above, named, strict=True):
        if placed and placed is not last and len(placed.view):
            name = column.id
            if name == "responsible" and not lists_units(placed.text):
                name = _key_or_task(column)
            yield Cell(name, placed.view, column.year, placed is not over, column.heading)
        last = placed


def _key_or_task(column: Column) -> str:
    """The meaning of a cell that lists no units: a task where the heading speaks of tasks."""
    headed = meaning(column.heading.text)
    return headed if headed in TASKS else column.id


def _counts_columns(row: Sequence[Placed | None]) -> bool:
    """`1 2 3 4`, as statistical tables have below their headings."""
    texts = [t for t in _texts(row) if t]
    return len(texts) > _FEWEST and all(_INDEX.fullmatch(t) for t in texts)


def _is_note(row: Sequence[Placed | None]) -> bool:
    first = next((c.text for c in row if c and c.text), "")
    return is_note(first)


def _is_total(row: Sequence[Placed | None], named: Sequence[Column]) -> bool:
    texts = [(column.id, c.text) for c, column in zip(row, named, strict=True) if c and c.text]
    first = next((t for name, t in texts if name != "number"), "")
    leading = {first, texts[0][1]} if texts else set()
    rules = [pattern("table", "row", name) for name in ("total", "points")]
    return any(rule.fullmatch(text) for rule in rules for text in leading)


def _section(row: Sequence[Placed | None], named: Sequence[Column], deepest: int) -> View | None:
    """The heading that a row consists of: one cell across, or a Chinese number with its title."""
    ids = {c: column.id for c, column in zip(row, named, strict=True) if c and c.text}
    worded = [c for c, name in ids.items() if name not in _BESIDE]
    if len(ids) == 1:
        only = next(iter(ids))
        number = marker(only.text)
        across = sum(c is only for c in row)
        if across * 2 > len(row) > 1 or (number and number.style.startswith("chinese")):
            return _titled(only.view)
    numbers = [c.text for c, name in ids.items() if name == "number"]
    is_wide = bool(numbers) and 0 < _level(numbers[0]) < deepest
    return worded[0].view if is_wide and worded else None


def _says_more(
    row: Sequence[Placed | None], above: Sequence[Placed | None], named: Sequence[Column]
) -> bool:
    """Whether a row that names a domain holds a task as well, and not that of the row above."""
    own = {
        c.text: over.text if over else ""
        for c, over, column in zip(row, above, named, strict=True)
        if c and c.text and column.id not in _BESIDE
    }
    return len(own) > _FEWEST and any(text != over for text, over in [*own.items()][1:])


def _titled(view: View) -> View | None:
    """A heading without its number; None where nothing is left or it is a sum."""
    number = marker(view.text)
    title = view[number.length :] if number else view
    if not len(title) or pattern("table", "row", "total").match(title.text):
        return None
    return title


def _deepest(rows: Sequence[Sequence[Placed | None]], named: Sequence[Column]) -> int:
    """The lowest level of the rows' numbers: 一 stands above (一), and that above 1."""
    at = [n for n, column in enumerate(named) if column.id == "number"]
    return max((_level(c.text) for row in rows for n in at if (c := row[n])), default=0)


def _level(number: str) -> int:
    """The level of a number that stands alone, from the widest; 0 for none."""
    return next((n for n, form in enumerate(_LEVELS, 1) if form.fullmatch(number)), 0)
