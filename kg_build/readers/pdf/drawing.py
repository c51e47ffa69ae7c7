"""What is drawn on a page: straight lines, however a program draws them, and pictures.

A line may be a stroke, a thin filled rectangle, a row of dashes or of dots.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

__all__ = ["Rule", "drawn"]

_MOST_OBJECTS = 100_000  # of one page: a map or a chart has more, and no table
_MOST_SEGMENTS = 5000  # of one path: a dashed line across a page has a thousand
_DEEPEST_FORM = 4
_THIN = 4.5  # points: a filled rectangle thinner than this is a line
_LONGEST_DASH = 9.0
_SHORTEST_CHAIN = 12.0
_STRAIGHT = 1.0
_DASH = 4.5  # between two dashes

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_UNTURNED: Matrix = (1, 0, 0, 1, 0, 0)


class Rule(NamedTuple):
    """A straight line, upright or level: from (left, top) to (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


def drawn(page: Any, area: float) -> tuple[list[Rule], float]:
    """The straight lines of a page, and the share of its area under its largest picture."""
    pieces: list[Rule] = []
    pictured = 0.0
    for thing, kind, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            pieces += _pieces(thing, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = max(pictured, _area(thing, matrix) / max(area, 1.0))
    return _whole(pieces), min(pictured, 1.0)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Paths and pictures, also those inside forms, each with the matrix of its form."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        return
    left = [_MOST_OBJECTS]
    for index in range(count):
        thing = pdfium.FPDFPage_GetObject(page.raw, index)
        yield from _within(thing, _UNTURNED, _DEEPEST_FORM, left)


def _within(
    thing: Any, matrix: Matrix, depth: int, left: list[int]
) -> Iterator[tuple[Any, int, Matrix]]:
    left[0] -= 1
    if left[0] < 0:
        return
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield thing, kind, matrix
    elif depth:
        inner = _product(_matrix(thing), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _within(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth - 1, left)


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return _UNTURNED
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    return (*_moved(then, a, b, 0), *_moved(then, c, d, 0), *_moved(then, e, f, 1))


def _moved(matrix: Matrix, x: float, y: float, shift: int = 1) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e * shift, b * x + d * y + f * shift)


def _area(thing: Any, matrix: Matrix) -> float:
    a, b, c, d, _, _ = _product(_matrix(thing), matrix)
    return abs(a * d - b * c)


# -- lines ----------------------------------------------------------------------------------


def _pieces(path: Any, matrix: Matrix) -> Iterator[Rule]:
    """The lines of a path: its strokes, and rectangles so thin that they stand for a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    dot = _bounds(path, matrix)
    if max(dot.right - dot.left, dot.bottom - dot.top) < _THIN:  # a page may have thousands
        yield dot
        return
    for points in _subpaths(path, _product(_matrix(path), matrix)):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, low, high = min(xs), max(xs), min(ys), max(ys)
        if min(right - left, high - low) < _THIN:
            yield _thin(left, low, right, high)
        elif stroke.value:
            yield from _edges(points)


def _bounds(path: Any, matrix: Matrix) -> Rule:
    """The box around a path."""
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, left, low, right, high)
    (a, b), (c, d) = _moved(matrix, left.value, low.value), _moved(matrix, right.value, high.value)
    return Rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _thin(left: float, low: float, right: float, high: float) -> Rule:
    """The middle line of a thin rectangle; one that is small both ways, a dot, stays as it is."""
    if max(right - left, high - low) < _THIN:
        return Rule(left, low, right, high)
    if right - left < high - low:
        return Rule((left + right) / 2, low, (left + right) / 2, high)
    return Rule(left, (low + high) / 2, right, (low + high) / 2)


def _edges(points: Sequence[Point]) -> Iterator[Rule]:
    for (a, b), (c, d) in pairwise(points):
        if abs(a - c) < _STRAIGHT or abs(b - d) < _STRAIGHT:
            yield Rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _subpaths(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each straight subpath; one with curves is no line of a table."""
    count = pdfium.FPDFPath_CountSegments(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(count if count <= _MOST_SEGMENTS else 0):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not pdfium.FPDFPathSegment_GetPoint(
            segment, x, y
        ):
            points = []
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(_moved(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _whole(pieces: Iterable[Rule]) -> list[Rule]:
    """Dashes and dots put together to lines; dots that make none are left out."""
    whole, level, upright = list[Rule](), list[Rule](), list[Rule]()
    for piece in pieces:
        width, height = piece.right - piece.left, piece.bottom - piece.top
        if max(width, height) >= _LONGEST_DASH:
            whole.append(piece)
            continue
        if width >= _THIN or height < _THIN:
            level.append(piece)
        if height >= _THIN or width < _THIN:
            upright.append(_flipped(piece))
    return [*whole, *_chains(level), *map(_flipped, _chains(upright))]


def _chains(level: Iterable[Rule]) -> Iterator[Rule]:
    """Level lines of dashes at one height."""
    rows = defaultdict[int, list[Rule]](list)
    for piece in level:
        rows[round(piece.top + piece.bottom)].append(piece)
    for row in rows.values():
        row.sort()
        left, _, right, _ = row[0]
        at = (row[0].top + row[0].bottom) / 2
        for piece in (*row[1:], Rule(float("inf"), at, float("inf"), at)):
            if piece.left - right <= _DASH:
                right = max(right, piece.right)
                continue
            if right - left >= _SHORTEST_CHAIN:
                yield Rule(left, at, right, at)
            left, right = piece.left, piece.right


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)
