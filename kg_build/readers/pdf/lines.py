"""Glyphs to lines of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg_build.lex.view import fold
from kg_build.readers.pdf.pages import Glyph

__all__ = ["Line", "Paragraph", "Run", "lines", "room"]

_SAME_LINE = 0.5  # of a glyph's height between the middles of two glyphs on one line
_SAME_SIZE = 0.2
_WIDE_SPACE = 1.5  # heights that stand for two spaces
_SPACE = 0.7  # heights that stand for a space between ideographs, and part two runs
_NARROW_SPACE = 0.22  # and between letters or figures
_AGAIN = 0.4  # widths: the same character twice at this distance is drawn bold
_HANGING = frozenset("，。、；：！？")
_TALLEST = 1.1  # ems
_FIRST_WORD = re.compile(r"[(“‘《〈【〔\[]*(?:[!-'*-~]+|.)[,。、;:!?)”’》〉】〕\]%]*")
_NARROW = 0.5
_WIDE = 0.9  # fonts are a little higher than an ideograph is wide


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line without a gap in it; `em` is the width of its widest ideograph."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float = 0.0

    @property
    def size(self) -> float:
        """Its height; some fonts claim more than their ideographs take."""
        height = self.bottom - self.top
        return min(height, _TALLEST * self.em) if self.em else height

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: one run, or several with gaps between; its margins and its page."""

    runs: tuple[Run, ...]
    margins: tuple[float, float]
    page: int = 0

    @property
    def text(self) -> str:
        """The text, a gap as a space, a wide one as two."""
        text = self.runs[0].text
        for before, run in pairwise(self.runs):
            is_wide = run.left - before.right >= _WIDE_SPACE * max(before.size, run.size)
            text += ("  " if is_wide else " ") + run.text
        return text

    @property
    def folded(self) -> str:
        """The text without white space, its forms folded."""
        return fold("".join(self.text.split()))

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.runs[-1].right

    @property
    def end(self) -> float:
        """Where its words end: a mark behind them may hang over the margin."""
        return self.right - self.size * (self.text[-1] in _HANGING)

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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one paragraph. Furniture is a paragraph that nobody reads."""

    lines: tuple[Line, ...]
    is_furniture: bool = False
    after_gap: bool = False


def room(before: Line, line: Line, *, in_cell: bool = False) -> float:
    """The room at the end of a line beyond what the first word of the next would have taken.

    An ideograph is a word, with the marks after it that may not begin a line.
    """
    left, right = before.margins
    free = right - left - (before.right - before.left) if in_cell else right - before.right
    word = _FIRST_WORD.match(line.folded)
    return free - line.size * (_breadth(word[0]) if word else 0)


def _breadth(text: str) -> float:
    """The width of some text in heights of its line."""
    return sum(_NARROW if c.isascii() and c.isalnum() else _WIDE for c in text)


def lines(glyphs: Iterable[Glyph], page: int, gap: float = _SPACE) -> list[Line]:
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
    """Whether a run stands on the line of others: its middle between their top and bottom.

    Beside a large line two small ones may stand, one below the other.
    """
    if any(run.middle > r.bottom and abs(run.size - r.size) < _SAME_SIZE * r.size for r in row):
        return False
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
            max((_width(g) for g in seen if g.char >= "⺀"), default=0.0),
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
        if last is None or run.left - last.right >= gap * min(last.size, run.size):
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
        max(first.em, second.em),
    )
