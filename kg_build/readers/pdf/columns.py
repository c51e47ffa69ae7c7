"""Columns of text: where a page is set in several, each is read to its foot before the next.

A column shows by its left edge, at which many lines begin that no other crosses, and by running
text on both sides of it. Cells side by side are shorter than that, or stand in a known table.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from kg_build.readers.pdf.cells import Cells
from kg_build.readers.pdf.lines import Line, Paragraph, Run

__all__ = ["Flow", "in_columns"]

_FEWEST = 6  # lines
_NARROWEST = 8  # characters of a column
_NEARLY_ALL = 0.75
_MANY = 0.4
_EDGE = 2.0  # points by which lines of one edge differ
_INDENT = 2.5  # heights by which the first line of a paragraph is set in

Flow = Paragraph | Cells
Span = tuple[float, float]
Row = Sequence[Run]


def in_columns(pages: Sequence[Sequence[Flow]]) -> list[list[Flow]]:
    """The lines and tables of each page, given from top to bottom, in reading order.

    A page with too few lines to show its columns has those of the pages before it.
    """
    shown = [_columns(_rows(page)) for page in pages]
    usual = next((c for c in shown if len(c) > 1), ())
    found: list[list[Flow]] = []
    for page, columns in zip(pages, shown, strict=True):
        usual = columns if len(columns) > 1 else usual
        found.append(_ordered(page, usual) if usual else list(page))
    return found


def _rows(page: Sequence[Flow]) -> list[Row]:
    return [piece.lines[0].runs for piece in page if isinstance(piece, Paragraph)]


# -- where they are -------------------------------------------------------------------------


def _columns(rows: Sequence[Row]) -> tuple[Span, ...]:
    """The sides of each column; one where the page is not set in columns."""
    for edge in _edges(rows):
        left, right = _parted(rows, edge)
        if _is_text(left) and _is_text(right):
            return (_span(left), *_columns(right))
    return (_span(rows),) if rows else ()


def _edges(rows: Sequence[Row]) -> Iterator[float]:
    """Where many lines begin, from left to right."""
    begin = sorted(run.left for runs in rows for run in runs)
    first = 0
    for at, (left, after) in enumerate(pairwise([*begin, float("inf")])):
        if after - left > _EDGE:
            if at + 1 - first >= _FEWEST:
                yield begin[first]
            first = at + 1


def _parted(rows: Sequence[Row], edge: float) -> tuple[list[Row], list[Row]]:
    """What stands left and right of an edge, where lines stand on both sides and none crosses."""
    left, right = list[Row](), list[Row]()
    for is_crossed, stretch in groupby(rows, lambda row: any(_crosses(r, edge) for r in row)):
        parts = [] if is_crossed else [_halves(row, edge) for row in stretch]
        if any(a for a, _ in parts) and any(b for _, b in parts):
            left += [a for a, _ in parts if a]
            right += [b for _, b in parts if b]
    return left, right


def _halves(row: Row, edge: float) -> tuple[Row, Row]:
    at = sum(run.left < edge - 1 for run in row)
    return row[:at], row[at:]


def _crosses(run: Run, edge: float) -> bool:
    return run.left < edge - 1 and run.right > edge + 1


def _span(rows: Sequence[Row]) -> Span:
    return min(row[0].left for row in rows), max(Line(tuple(row), (0, 0)).end for row in rows)


def _is_text(rows: Sequence[Row]) -> bool:
    """Whether lines begin at the left edge of a column and many reach its right one."""
    if len(rows) < _FEWEST:
        return False
    left, right = _span(rows)
    size = median(row[0].size for row in rows)
    begin = sum(row[0].left - left < _INDENT * size for row in rows)
    full = sum(right - row[-1].right < size for row in rows)
    return (
        right - left > _NARROWEST * size
        and begin > _NEARLY_ALL * len(rows)
        and full > _MANY * len(rows)
    )


# -- reading them ---------------------------------------------------------------------------


def _ordered(page: Sequence[Flow], columns: Sequence[Span]) -> list[Flow]:
    found: list[Flow] = []
    for is_across, stretch in groupby(page, lambda piece: _is_across(piece, columns)):
        block = list(stretch)
        found += block if is_across else _one_by_one(block, columns)
    return found


def _is_across(piece: Flow, columns: Sequence[Span]) -> bool:
    """Whether a piece reaches over two columns, or is a heading in the middle of them."""
    spans = _extents(piece)
    if any(a < left[1] and b > right[0] for left, right in pairwise(columns) for a, b in spans):
        return True
    if isinstance(piece, Cells) or len(spans) == 1:
        return False
    size = piece.lines[0].size
    before, after = spans[0][0] - columns[0][0], columns[-1][1] - spans[-1][1]
    begins = any(a - columns[_place(a, b, columns)][0] < size for a, b in spans)
    return before > _INDENT * size and abs(before - after) < size and not begins


def _extents(piece: Flow) -> list[Span]:
    if isinstance(piece, Cells):
        return [(piece.grid.xs[0], piece.grid.xs[-1])]
    return [(run.left, run.right) for run in piece.lines[0].runs]


def _place(left: float, right: float, columns: Sequence[Span]) -> int:
    """Which column something stands in."""
    return max(0, bisect_right([a for a, _ in columns], (left + right) / 2) - 1)


def _one_by_one(block: Sequence[Flow], columns: Sequence[Span]) -> Sequence[Flow]:
    """What stands in each column; the block as it is where only one holds anything."""
    parts: list[list[Flow]] = [[] for _ in columns]
    for piece in block:
        for at, part in _split(piece, columns):
            parts[at].append(part)
    return [piece for part in parts for piece in part] if sum(map(bool, parts)) > 1 else block


def _split(piece: Flow, columns: Sequence[Span]) -> Iterator[tuple[int, Flow]]:
    """The parts of a piece in each column."""
    if isinstance(piece, Cells):
        yield _place(*_extents(piece)[0], columns), piece
        return
    line = piece.lines[0]
    for at, runs in groupby(line.runs, lambda run: _place(run.left, run.right, columns)):
        yield at, Paragraph((replace(line, runs=tuple(runs), margins=columns[at]),))
