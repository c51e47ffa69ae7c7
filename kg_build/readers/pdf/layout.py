"""Pages to a flow of paragraphs, tables and page furniture in reading order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from kg_build.families import marker, table
from kg_build.lex.view import fold
from kg_build.readers.pdf.aligned import aligned
from kg_build.readers.pdf.furniture import furniture, is_leader
from kg_build.readers.pdf.grids import Grid, Place, grids
from kg_build.readers.pdf.lines import Line, Run, in_columns, lines
from kg_build.readers.pdf.pages import Glyph, Page

__all__ = ["Cells", "Flow", "Paragraph", "flow", "goes_on_in_cell"]

_INDENT = 1.2  # heights by which a first line is set in
_SLACK = 0.8  # heights of room that a broken line may leave
_CELL_SLACK = 0.3
_HARDLY_ANY = 10  # one of so many
_WIDE_CELL_GAP = 1.25  # of the distance of lines of one paragraph
_LEVELS = tuple("省市县区州盟旗镇乡团")
_MOST_PADDING = 8.0  # points
_FIRST_WORD = re.compile(r"[(“‘《〈【〔\[]*(?:[!-'*-~]+|.)[,。、;:!?)”’》〉】〕\]%]*")
_NARROW = 0.5
_WIDE = 0.9  # fonts are a little higher than an ideograph is wide
_WIDE_GAP = 1.6  # usual distances between lines
_OTHER_SIZE = 1.15
_LONG = 0.6  # of a page's width: lines so long show the margins
_ENDS = tuple("。;:!?)")
_HANGING = frozenset("，。、；：！？")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one paragraph. Furniture is a paragraph that nobody reads."""

    lines: tuple[Line, ...]
    is_furniture: bool = False
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table on one page: the paragraphs of each cell, row by row."""

    page: int
    grid: Grid
    cells: tuple[tuple[Place, tuple[Paragraph, ...]], ...]


Flow = Paragraph | Cells


def flow(pages: Sequence[Page]) -> list[Flow]:
    """All that the pages hold, in reading order."""
    split: list[tuple[list[Line], list[Cells]]] = []
    for page in pages:
        split.append(_split(page, split[-1][1] if split else ()))
    apart = furniture([(text, p.top, p.bottom) for p, (text, _) in zip(pages, split, strict=True)])
    framed = [
        _with_margins(page, [n for n in text if id(n) not in apart])
        for page, (text, _) in zip(pages, split, strict=True)
    ]
    found: list[Flow] = []
    for page, (text, tables), kept in zip(pages, split, framed, strict=True):
        middle = (page.top + page.bottom) / 2
        outside = [n for n in text if id(n) in apart]
        found += [Paragraph((n,), is_furniture=True) for n in outside if n.top < middle]
        found += _in_order(kept, tables)
        found += [Paragraph((n,), is_furniture=True) for n in outside if n.top >= middle]
        found += [Paragraph((_aside(n, page),), is_furniture=True) for n in page.askew if n.strip()]
    return _paragraphs(found, _pitch(framed))


def _split(page: Page, before: Sequence[Cells]) -> tuple[list[Line], list[Cells]]:
    """The lines outside tables, and the tables; `before` are those of the page before."""
    tables, outside = _tables(page, grids(page.rules), page.glyphs)
    text = lines(outside, page.number)
    last = before[-1].grid if before and before[-1].grid.margins else None
    more = aligned(text, outside, page.rules, last)
    if more:
        unruled, outside = _tables(page, more, outside)
        text = lines(outside, page.number)
        tables = sorted([*tables, *unruled], key=lambda t: t.grid.ys[0])
    return text, tables


def _tables(
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
            or _is_listed(whole[-1], line)
        ):
            whole.append(Paragraph((line,)))
        else:
            whole[-1] = Paragraph((*whole[-1].lines, line))
    return tuple(whole)


def goes_on_in_cell(before: Line, line: Line) -> bool:
    """Whether a line of a cell has no room for the first word of the next."""
    return _room(before, line, in_cell=True) < _CELL_SLACK * line.size


def _is_listed(before: Paragraph, line: Line) -> bool:
    """Whether a unit is named whole before a line that begins with the level of another."""
    said = "".join(map(_folded, before.lines))
    return _folded(line).startswith(_LEVELS) and bool(_unit().fullmatch(said))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"[一-鿿]{{1,15}}{table('roles')['unit']['department']}")


def _aside(text: str, page: Page) -> Line:
    """What runs across a page, as a line."""
    return Line((Run(text.strip(), page.left, page.top, page.left, page.top),), (0, 0), page.number)


def _with_margins(page: Page, text: Sequence[Line]) -> list[Line]:
    """The lines in reading order, with the margins between which they stand.

    The left one shows. So does the right one where lines are long; else it is as wide as the left.
    """
    if not text:
        return []
    left, right = min(n.left for n in text), max(map(_end, text))
    if right - left < _LONG * (page.right - page.left):
        right = max(right, page.right - (left - page.left))
    return in_columns([replace(n, margins=(left, right)) for n in text])


def _end(line: Line) -> float:
    """Where the words of a line end: a mark behind them may hang over the margin."""
    return line.right - line.size * (line.text[-1] in _HANGING)


def _in_order(kept: Sequence[Line], tables: Sequence[Cells]) -> list[Flow]:
    """Lines with the tables between them, each table before the first line below its top."""
    found: list[Flow] = []
    left = list(tables)
    for line in kept:
        while left and left[0].grid.ys[0] < line.top:
            found.append(left.pop(0))
        found.append(Paragraph((line,)))
    return [*found, *left]


# -- paragraphs -----------------------------------------------------------------------------


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from line to line."""
    steps = [b.top - a.top for page in pages for a, b in pairwise(page) if b.top > a.top]
    return median(steps) if steps else 0.0


def _paragraphs(found: Sequence[Flow], pitch: float) -> list[Flow]:
    """Lines of one paragraph put together, also over the foot of a page."""
    whole: list[Flow] = []
    open_at = -1  # the paragraph that may still go on
    for piece in found:
        before = whole[open_at] if open_at >= 0 else None
        if isinstance(piece, Cells):
            open_at = -1
            whole.append(piece)
        elif piece.is_furniture or is_leader(piece.lines[0]):
            whole.append(replace(piece, is_furniture=True))
        elif isinstance(before, Paragraph) and _goes_on(before, piece.lines[0], pitch):
            whole[open_at] = replace(before, lines=before.lines + piece.lines)
        else:
            open_at = len(whole)
            gap = isinstance(before, Paragraph) and _is_apart(
                before.lines[-1], piece.lines[0], pitch
            )
            whole.append(replace(piece, after_gap=gap))
    return whole


def _is_apart(before: Line, line: Line, pitch: float) -> bool:
    """Whether white space parts two lines of one page."""
    return before.page == line.page and line.top - before.top > _WIDE_GAP * pitch


def _room(before: Line, line: Line, *, in_cell: bool = False) -> float:
    """The room at the end of a line beyond what the first word of the next would have taken.

    An ideograph is a word, with the marks after it that may not begin a line.
    """
    left, right = before.margins
    free = right - left - (before.right - before.left) if in_cell else right - before.right
    word = _FIRST_WORD.match(_folded(line))
    return free - line.size * (_width(word[0]) if word else 0)


def _width(text: str) -> float:
    """The width of some text in heights of its line."""
    return sum(_NARROW if c.isascii() and c.isalnum() else _WIDE for c in text)


def _goes_on(paragraph: Paragraph, line: Line, pitch: float) -> bool:
    """Whether a line goes on with a paragraph, by where both stand."""
    before = paragraph.lines[-1]
    sizes = sorted((before.size, line.size))
    if sizes[1] > _OTHER_SIZE * sizes[0] or _is_apart(before, line, pitch):
        return False
    if _room(before, line) > _SLACK * before.size:
        return False
    starts = marker(_folded(line)) is not None
    ended = _folded(before).endswith(_ENDS)
    if line.left - line.margins[0] > _INDENT * line.size:
        is_block = abs(line.left - line.margins[0] - (before.left - before.margins[0])) < 1
        return is_block and not (ended or starts)
    return not (starts and ended)


def _folded(line: Line) -> str:
    return fold("".join(line.text.split()))
