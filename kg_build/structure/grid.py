"""Cells in their places: grids as readers give them, and flattened tables made grids again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg_build.lex.view import View
from kg_build.structure.flattened import flattened
from kg_build.structure.lines import FIRST_NUMBER
from kg_build.structure.paragraphs import Kind, Paragraph
from kg_build.structure.placed import NO_VIEW, Placed

__all__ = ["Grid", "grids"]

_MOST_COLUMNS = 40
_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """The cell that covers each place, all rows equally long; merged cells stand in each place.

    None stands where a flattened table has no cell: the one above or to the left covers it.
    `caption` is the line before the table; None also where nothing parts it from a table above.
    `is_given` where the reader knew the rows and columns of the cells, `is_found` where they were
    found in lines.
    """

    rows: tuple[tuple[Placed | None, ...], ...]
    caption: View | None
    is_given: bool = True
    is_found: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])


def grids(paragraphs: Sequence[Paragraph]) -> Iterator[Grid]:
    """The tables among some paragraphs: runs of cells of one table."""
    caption: View | None = None
    for (is_cell, table), run in groupby(paragraphs, _run):
        cells = list(run)
        if not is_cell:
            caption = cells[-1].view if len(cells[-1].view) <= _LONGEST_CAPTION else NO_VIEW
            continue
        is_given = table >= 0
        rows = _given(cells) if is_given else flattened(cells) or _in_a_row(cells)
        yield Grid(rows, caption, is_given, is_found=table >= FIRST_NUMBER)
        caption = None


def _run(paragraph: Paragraph) -> tuple[bool, int]:
    is_cell = paragraph.kind is Kind.CELL
    return is_cell, paragraph.block.table if is_cell else 0


def _in_a_row(cells: Sequence[Paragraph]) -> tuple[tuple[Placed | None, ...], ...]:
    """Cells of which no rows are known."""
    return (tuple(Placed(c.view, 0, n) for n, c in enumerate(cells[:_MOST_COLUMNS])),)


def _given(cells: Sequence[Paragraph]) -> tuple[tuple[Placed | None, ...], ...]:
    """The places of cells whose reader knows them; spans beyond the last row are cut."""
    height = max(c.block.row for c in cells) + 1
    width = min(_MOST_COLUMNS, max(c.block.column + c.block.column_span for c in cells))
    rows = [[Placed(NO_VIEW, r, c) for c in range(width)] for r in range(height)]
    for cell in cells:
        block = cell.block
        placed = Placed(cell.view, block.row, block.column)
        for row in rows[block.row : block.row + block.row_span]:
            stop = min(width, block.column + block.column_span)
            row[block.column : stop] = [placed] * (stop - block.column)
    return tuple(tuple(row) for row in rows)
