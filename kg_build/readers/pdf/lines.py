"""Glyphs to lines of text in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median

from kg_build.readers.pdf.pages import Glyph

__all__ = ["Line", "Run", "in_columns", "lines"]

_SAME_LINE = 0.5  # of a glyph's height between the middles of two glyphs on one line
_BREAK = 1.5  # heights between two runs of a line
_SPACE = 0.7  # heights that stand for a space between ideographs
_NARROW_SPACE = 0.22  # and between letters or figures
_AGAIN = 0.4  # widths: the same character twice at this distance is drawn bold
_FEWEST_COLUMN_LINES = 6
_FULL = 0.8  # of a column's width that running text fills in most lines
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line without a wide gap in it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: one run, or several with wide gaps between; its margins and its page."""

    runs: tuple[Run, ...]
    margins: tuple[float, float]
    page: int = 0

    @property
    def text(self) -> str:
        """The text, a wide gap as two spaces."""
        return "  ".join(r.text for r in self.runs)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.runs[-1].right

    @property
    def top(self) -> float:
        """The top of its highest run."""
        return min(r.top for r in self.runs)

    @property
    def bottom(self) -> float:
        """The bottom of its lowest run."""
        return max(r.bottom for r in self.runs)

    @property
    def size(self) -> float:
        """The height of its text."""
        return max(r.size for r in self.runs)


def lines(glyphs: Iterable[Glyph], page: int, gap: float = _BREAK) -> list[Line]:
    """The lines that glyphs make, from top to bottom, each from left to right.

    A gap of so many heights parts the runs of a line.
    """
    runs = sorted(_runs(glyphs, gap), key=lambda r: r.middle)
    rows: list[list[Run]] = []
    for run in runs:
        if rows and _beside(rows[-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    found = [tuple(_joined(sorted(row, key=lambda r: r.left), gap)) for row in rows]
    margins = (
        min((r[0].left for r in found), default=0.0),
        max((r[-1].right for r in found), default=0.0),
    )
    return [Line(runs, margins, page) for runs in found]


def _beside(row: Sequence[Run], run: Run) -> bool:
    """Whether a run stands on the line of others: its middle between their top and bottom."""
    tallest = max(row, key=lambda r: r.size)
    if run.size > tallest.size:
        return run.top < tallest.middle < run.bottom
    return tallest.top < run.middle < tallest.bottom


def _runs(glyphs: Iterable[Glyph], gap: float) -> list[Run]:
    """Neighbours in the file that are neighbours on the page, as runs."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        if found and _follows(found[-1][-1], glyph, gap):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [run for group in found for run in _run(group)]


def _follows(before: Glyph, glyph: Glyph, widest: float) -> bool:
    height = max(before.bottom - before.top, glyph.bottom - glyph.top)
    shift = abs((before.top + before.bottom) - (glyph.top + glyph.bottom)) / 2
    gap = glyph.left - before.right
    return shift < _SAME_LINE * height and -height < gap < widest * height


def _run(glyphs: Sequence[Glyph]) -> list[Run]:
    """The run of some glyphs; none where they are all spaces."""
    text, last = "", None
    for glyph in glyphs:
        if last and glyph.char == last.char and glyph.left - last.left < _AGAIN * _width(glyph):
            continue
        text += _gap(last, glyph) + glyph.char
        last = glyph
    if not text.strip():
        return []
    seen = [g for g in glyphs if not g.char.isspace()]
    return [
        Run(
            text.strip(),
            min(g.left for g in seen),
            min(g.top for g in seen),
            max(g.right for g in seen),
            max(g.bottom for g in seen),
        )
    ]


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _width(glyph: Glyph) -> float:
    return glyph.right - glyph.left


def _gap(last: Glyph | None, glyph: Glyph) -> str:
    if last is None or last.char.isspace() or glyph.char.isspace():
        return ""
    is_narrow = last.char.isascii() and glyph.char.isascii()
    width = (_NARROW_SPACE if is_narrow else _SPACE) * _height(glyph)
    return " " if glyph.left - last.right > width else ""


def _joined(row: Sequence[Run], gap: float) -> list[Run]:
    """Runs of a line put together where no wide gap parts them; what is drawn twice goes."""
    found: list[Run] = []
    for run in row:
        last = found[-1] if found else None
        if last is None or run.left - last.right >= gap * max(last.size, run.size):
            found.append(run)
        elif run.text != last.text or run.left - last.left >= _AGAIN * run.size / 2:
            found[-1] = _together(last, run)
    return found


def _together(first: Run, second: Run) -> Run:
    gap = " " if second.left - first.right > _SPACE * second.size else ""
    return Run(
        first.text + gap + second.text,
        first.left,
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )


# -- columns --------------------------------------------------------------------------------


def in_columns(page: Sequence[Line]) -> list[Line]:
    """The lines in reading order: where the page is set in two columns, the left one first."""
    found: list[Line] = []
    start = 0
    gutter = _gutter(page)
    while gutter and start < len(page):
        stop = start
        while stop < len(page) and _halves(page[stop], gutter):
            stop += 1
        found += _columns(page[start:stop], gutter) or page[start:stop]
        found += page[stop : stop + 1]
        start = stop + 1
    return found or list(page)


def _gutter(page: Sequence[Line]) -> float:
    """Where a gap stands in the middle of most lines; 0 where there is none."""
    gaps = [
        (before.right, after.left)
        for line in page
        for before, after in zip(line.runs, line.runs[1:], strict=False)
    ]
    if len(gaps) < _FEWEST_COLUMN_LINES:
        return 0.0
    x = median((left + right) / 2 for left, right in gaps)
    parted = sum(left < x < right for left, right in gaps)
    return x if parted >= max(_FEWEST_COLUMN_LINES, len(page) * _MOSTLY / 2) else 0.0


def _halves(line: Line, x: float) -> bool:
    """Whether a line stays on its side of the gutter, or is parted by it."""
    return not any(r.left < x < r.right for r in line.runs)


def _columns(block: Sequence[Line], x: float) -> list[Line]:
    """The lines of two columns one after the other; none where it is no running text."""
    sides = []
    for left, right in ((-inf, x), (x, inf)):
        parts = [tuple(r for r in n.runs if left <= r.left and r.right <= right) for n in block]
        rows = [runs for runs in parts if runs]
        if len(rows) < _FEWEST_COLUMN_LINES:
            return []
        margins = (min(r[0].left for r in rows), max(r[-1].right for r in rows))
        width = margins[1] - margins[0]
        full = sum(r[-1].right - r[0].left >= _FULL * width for r in rows)
        if full < _MOSTLY * len(rows) or width < block[0].size * 8:
            return []
        sides += [Line(runs, margins, block[0].page) for runs in rows]
    return sides
