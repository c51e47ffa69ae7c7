"""Tables on a page: which glyphs stand in which cell, and the paragraphs that they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg_build.families import table
from kg_build.readers.pdf.grids import Grid, Place
from kg_build.readers.pdf.lines import Line, Paragraph, lines, room
from kg_build.readers.pdf.pages import Glyph, Page

__all__ = ["Cells", "filled", "goes_on_in_cell"]

_CELL_SLACK = 0.3
_HARDLY_ANY = 10  # one of so many
_WIDE_CELL_GAP = 1.25  # of the distance of lines of one paragraph
_LEVELS = tuple("省市县区州盟旗镇乡团")
_BRANCHES = {"分局", "支队", "办公室"}  # of a unit where nothing but its level stands before
_MOST_LINES = 8  # of the name of a unit
_MOST_PADDING = 8.0  # points


@dataclass(frozen=True, slots=True)
class Cells:
    """A table on one page: the paragraphs of each cell, row by row."""

    page: int
    grid: Grid
    cells: tuple[tuple[Place, tuple[Paragraph, ...]], ...]


def filled(
    page: Page, found: Sequence[Grid], glyphs: Iterable[Glyph]
) -> tuple[list[Cells], list[Glyph]]:
    """Tables with the glyphs inside them, and the glyphs outside."""
    inside: list[dict[Place, list[Glyph]]] = [{} for _ in found]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for grid, cells in zip(found, inside, strict=True):
            place = grid.place(x, y)
            if place:
                cells.setdefault(place, []).append(glyph)
                break
        else:
            outside.append(glyph)
    tables = [
        Cells(page.number, grid, tuple(_cells(grid, cells, page.number)))
        for grid, cells in zip(found, inside, strict=True)
        if len(cells) > 1
    ]
    return tables, outside


def _cells(
    grid: Grid, glyphs: dict[Place, list[Glyph]], page: int
) -> Iterator[tuple[Place, tuple[Paragraph, ...]]]:
    """The paragraphs of each cell; its margins are its sides and the padding of the table."""
    rows = {place: lines(found, page) for place, found in glyphs.items()}
    offsets = (n.left - grid.sides(place)[0] for place, found in rows.items() for n in found)
    padding = max(0.0, min(_MOST_PADDING, *offsets))
    pitch = _closest(rows.values())
    for place in dict.fromkeys(p for row in grid.places for p in row):
        left, right = grid.sides(place)
        margins = (left + padding, right - padding)
        yield place, _in_cell([replace(n, margins=margins) for n in rows.get(place, ())], pitch)


def _closest(cells: Iterable[Sequence[Line]]) -> float:
    """The distance of lines of one paragraph, in heights: hardly any stand closer in a table."""
    steps = sorted(_step(a, b) for found in cells for a, b in pairwise(found))
    return steps[len(steps) // _HARDLY_ANY] if steps else 0.0


def _step(before: Line, line: Line) -> float:
    """The distance of two lines in heights."""
    return (line.bottom - before.bottom) / max(before.size, line.size)


def _in_cell(found: Sequence[Line], pitch: float) -> tuple[Paragraph, ...]:
    """A line of a cell goes on with the one before if it would not have had room on it.

    It does not where a gap parts them, or where each begins the name of a unit.
    """
    whole: list[Paragraph] = []
    for line in found:
        before = whole[-1].lines[-1] if whole else None
        if (
            before is None
            or _step(before, line) > _WIDE_CELL_GAP * pitch
            or not goes_on_in_cell(before, line)
        ):
            whole.append(Paragraph((line,)))
        else:
            whole[-1] = Paragraph((*whole[-1].lines, line))
    return tuple(part for paragraph in whole for part in _names(paragraph.lines))


def _names(found: Sequence[Line]) -> Iterator[Paragraph]:
    """The lines parted where a unit is named whole before a line with the level of another."""
    begin = 0
    for at in range(1, len(found)):
        if (
            found[at].folded.startswith(_LEVELS)
            and _is_unit(found[begin:at])
            and any(_is_unit(found[at : at + n]) for n in range(1, _MOST_LINES + 1))
        ):
            yield Paragraph(tuple(found[begin:at]))
            begin = at
    yield Paragraph(tuple(found[begin:]))


def goes_on_in_cell(before: Line, line: Line) -> bool:
    """Whether a line of a cell has no room for the first word of the next."""
    return room(before, line, in_cell=True) < _CELL_SLACK * line.size


def _is_unit(found: Sequence[Line]) -> bool:
    """Whether lines are the name of a unit, one that names more than the level of a branch."""
    if len(found) > _MOST_LINES:
        return False
    said = "".join(n.folded for n in found)
    return bool(_unit().fullmatch(said)) and said[1:] not in _BRANCHES


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{1,15}}{table('roles')['unit']['department']}")
