"""Pages to a flow of paragraphs, tables and page furniture in reading order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from kg_build.families import marker
from kg_build.readers.pdf.aligned import aligned
from kg_build.readers.pdf.cells import Cells, filled
from kg_build.readers.pdf.columns import Flow, in_columns
from kg_build.readers.pdf.furniture import furniture, is_leader, marked_number
from kg_build.readers.pdf.grids import grids
from kg_build.readers.pdf.lines import Line, Paragraph, Run, lines, room
from kg_build.readers.pdf.pages import Glyph, Page

__all__ = ["flow"]

_INDENT = 1.2  # heights by which a first line is set in
_FIRST_INDENT = 2.5  # and by which it is set in at most; more is the indent of a whole paragraph
_SLACK = 0.8  # heights of room that a broken line may leave
_WIDE_GAP = 1.6  # usual distances between lines
_OTHER_SIZE = 1.15
_FOOT = 0.15  # of a page's height
_LONG = 0.6  # of a page's width: lines so long show the margins
_ENDS = tuple("。;:!?)")

Pitch = tuple[float, float]


def flow(pages: Sequence[Page]) -> list[Flow]:
    """All that the pages hold, in reading order."""
    split: list[tuple[list[Line], list[Cells]]] = []
    for page in pages:
        split.append(_split(page, split[-1][1] if split else ()))
    apart = furniture([(text, p.top, p.bottom) for p, (text, _) in zip(pages, split, strict=True)])
    ordered = in_columns([
        _in_order(_with_margins(page, [n for n in text if id(n) not in apart]), tables)
        for page, (text, tables) in zip(pages, split, strict=True)
    ])
    found: list[Flow] = []
    for page, (text, _), kept in zip(pages, split, ordered, strict=True):
        middle = (page.top + page.bottom) / 2
        outside = [n for n in text if id(n) in apart]
        found += [Paragraph((n,), is_furniture=True) for n in outside if n.top < middle]
        found += kept
        found += [Paragraph((n,), is_furniture=True) for n in outside if n.top >= middle]
        found += [Paragraph((_aside(n, page),), is_furniture=True) for n in page.askew if n.strip()]
    return _paragraphs(found, _pitch(ordered))


def _split(page: Page, before: Sequence[Cells]) -> tuple[list[Line], list[Cells]]:
    """The lines outside tables, and the tables; `before` are those of the page before."""
    above, number = _number_apart(page)
    tables, outside = filled(page, grids(page.rules), above)
    outside += number
    text = lines(outside, page.number)
    last = before[-1].grid if before and before[-1].grid.margins else None
    more = aligned(text, outside, page.rules, last)
    if more:
        unruled, outside = filled(page, more, outside)
        text = lines(outside, page.number)
        tables = sorted([*tables, *unruled], key=lambda t: t.grid.ys[0])
    return text, tables


def _number_apart(page: Page) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs of a page, and of the number at its foot, which lines of a table may reach."""
    foot = page.bottom - _FOOT * (page.bottom - page.top)
    number = marked_number(lines([g for g in page.glyphs if g.top > foot], page.number))
    top = number.top if number else page.bottom
    return [g for g in page.glyphs if g.top < top], [g for g in page.glyphs if g.top >= top]


def _aside(text: str, page: Page) -> Line:
    """What runs across a page, as a line."""
    return Line((Run(text.strip(), page.left, page.top, page.left, page.top),), (0, 0), page.number)


def _with_margins(page: Page, text: Sequence[Line]) -> list[Line]:
    """The lines with the margins between which they stand.

    The left one shows. So does the right one where lines are long; else it is as wide as the left.
    """
    if not text:
        return []
    left, right = min(n.left for n in text), max(n.end for n in text)
    if right - left < _LONG * (page.right - page.left):
        right = max(right, page.right - (left - page.left))
    return [replace(n, margins=(left, right)) for n in text]


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


def _pitch(pages: Sequence[Sequence[Flow]]) -> Pitch:
    """The usual distance from line to line, in points and in heights."""
    lines = [[p.lines[0] for p in page if isinstance(p, Paragraph)] for page in pages]
    steps = [(a, b.top - a.top) for page in lines for a, b in pairwise(page) if b.top > a.top]
    if not steps:
        return 0.0, 0.0
    return median(step for _, step in steps), median(step / a.size for a, step in steps)


def _paragraphs(found: Sequence[Flow], pitch: Pitch) -> list[Flow]:
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


def _is_apart(before: Line, line: Line, pitch: Pitch) -> bool:
    """Whether white space parts two lines of one page; large ones stand further apart."""
    usual = max(pitch[0], pitch[1] * min(before.size, line.size))
    return before.page == line.page and line.top - before.top > _WIDE_GAP * usual


def _is_centred(line: Line) -> bool:
    return abs(line.left - line.margins[0] - (line.margins[1] - line.right)) < line.size / 2


def _goes_on(paragraph: Paragraph, line: Line, pitch: Pitch) -> bool:
    """Whether a line goes on with a paragraph, by where both stand."""
    before = paragraph.lines[-1]
    sizes = sorted((before.size, line.size))
    if sizes[1] > _OTHER_SIZE * sizes[0] or _is_apart(before, line, pitch):
        return False
    if room(before, line) > _SLACK * before.size:
        return False
    starts = marker(line.folded) is not None
    ended = before.folded.endswith(_ENDS)
    indent = line.left - line.margins[0]
    if indent > _INDENT * line.size:
        is_block = abs(indent - (before.left - before.margins[0])) < 1
        is_centred = _is_centred(before) and _is_centred(line)
        may_go_on = indent > _FIRST_INDENT * line.size and not (ended or starts)
        return may_go_on and (is_block or is_centred)
    return not (starts and ended)
