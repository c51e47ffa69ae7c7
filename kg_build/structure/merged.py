"""Rows with one cell a line that no number begins: chapter, item and task, then who does it.

Chapters (一、) and items (1.) stand once before all the rows that are merged with them. A row ends
with its units; one without an item of its own goes on with the item above.
"""

from collections.abc import Sequence

from kg_build.families import marker
from kg_build.model import Span
from kg_build.structure.columns import UNITS
from kg_build.structure.lines import Cells, Lines, joined
from kg_build.structure.looks import letter

__all__ = ["merged_rows"]

_LONGEST_ROW = 24  # lines
_LONGEST_REST = 12  # of a heading that goes on in the next line
_STYLES = ("chinese", "arabic")

Rows = list[tuple[Cells, int]]
Cell = tuple[Span, ...]


def merged_rows(source: Lines, columns: Sequence[str], start: int) -> Rows:
    """The rows from a line on, each with where it ends; none where the columns are others."""
    texts = next((n for n, name in enumerate(columns) if name in UNITS), 0)
    styles = _STYLES[len(_STYLES) + 1 - texts :]
    are_others = texts - 1 not in {1, len(_STYLES)} or set(columns[texts:]) - UNITS
    found: Rows = []
    while not are_others and (row := _row(source, start, len(columns) - texts, styles)):
        (*chapter, item), cells, start = row
        found += [((view,), start) for view in chapter if view]
        whole = (*[()] * len(chapter), item, *cells)
        if item:
            found.append((whole, start))
        elif found and len(found[-1][0]) > 1:
            found[-1] = joined(found[-1][0], whole), start
        else:
            return []
    return found


def _row(
    source: Lines, start: int, units: int, styles: Sequence[str]
) -> tuple[Cells, Cells, int] | None:
    """A row's chapter and item, if it has them, its other cells, and where it ends."""
    ends = range(start + 1, min(len(source.lines), start + _LONGEST_ROW))
    found = ((end, cells) for end in ends if (cells := _units(source, end, units)))
    end, cells = next(found, (start, None))
    named = _headed(source, start, end, styles)
    if named is None or cells is None:
        return None
    headings, begin = named
    return headings, (_cell(source, begin, end), *cells[0]), cells[1]


def _cell(source: Lines, begin: int, end: int) -> Cell:
    return tuple(span for n in range(begin, end) for span in source.cell(n))


def _headed(source: Lines, start: int, end: int, styles: Sequence[str]) -> tuple[Cells, int] | None:
    """The chapter and item that the lines of a row begin with, and where its task begins."""
    cells: list[Cell] = []
    for style in styles:
        own = start
        found = marker(source.whole(start)) if start < end else None
        if found and found.style == style:
            start += 1
            rest = source.whole(start)
            if start + 1 < end and len(rest) <= _LONGEST_REST and marker(rest) is None:
                start += 1
        cells.append(_cell(source, own, start))
    return (tuple(cells), start) if start < end else None


def _units(source: Lines, at: int, count: int) -> tuple[Cells, int] | None:
    """The cells of units, each of one line and those that go on behind 、."""
    cells: list[Cell] = []
    for _ in range(count):
        if not _is_unit(source, at):
            return None
        begin = at
        at += 1
        while _is_unit(source, at) and letter(source.whole(at), source.whole(at - 1)) == "v":
            at += 1
        cells.append(_cell(source, begin, at))
    return tuple(cells), at


def _is_unit(source: Lines, at: int) -> bool:
    return at < len(source.lines) and letter(source.whole(at), "") == "u"
