"""Tables with bars between their cells, a row a line: of Markdown, and of text extractors.

Markdown begins each row with a bar and keeps empty cells in their places; extractors leave out
merged cells, so that what is left looks like the columns that it belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg_build.families import marker
from kg_build.model import Span
from kg_build.structure.alignment import heading_shape, places, shape
from kg_build.structure.columns import are_known, meaning, says_when
from kg_build.structure.lines import Cells, Lines, TextTable, joined, taken

__all__ = ["barred"]

_BAR = re.compile("[|｜]")
_RULE = re.compile(r"[|｜]?(?::?-{2,}:?[|｜]?)+")
_LEAST = 2  # columns


def barred(source: Lines, at: int) -> TextTable | None:
    """The table whose headings stand between bars in a line."""
    head = _filled(_pieces(source, at))
    rule = source.words(source.lines[at + 1].span) if at + 1 < len(source.lines) else ""
    is_ruled = _RULE.fullmatch(rule) is not None
    headings = tuple(source.words(c) for c in head)
    if len(head) < _LEAST or not (is_ruled or are_known(headings)):
        return None
    return _Bars(source, headings).table(at, head, at + 1 + is_ruled)


def _pieces(source: Lines, at: int) -> tuple[Span, ...]:
    """What stands between the bars of a line; nothing where it has none."""
    span = source.lines[at].span if at < len(source.lines) else Span(0, 0)
    bars = [m.start() for m in _BAR.finditer(source.text, span.start, span.end)]
    cuts = [span.start - 1, *bars, span.end] if bars else []
    found = [source.trimmed(Span(a + 1, b)) for a, b in pairwise(cuts)]
    begin = bool(found) and _is_empty(found[0])
    end = len(found) - (bool(found) and _is_empty(found[-1]))
    return tuple(found[begin:end])


def _is_empty(span: Span) -> bool:
    return span.start >= span.end


def _filled(cells: tuple[Span, ...]) -> tuple[Span, ...]:
    """The cells without the empty ones at the end."""
    count = max((n for n, c in enumerate(cells, 1) if not _is_empty(c)), default=0)
    return cells[:count]


@dataclass(frozen=True, slots=True)
class _Bars:
    source: Lines
    headings: tuple[str, ...]

    def table(self, at: int, head: tuple[Span, ...], start: int) -> TextTable:
        rows: list[Cells] = [tuple((c,) for c in head)]
        stop = start
        for row in self._rows(start):
            stop += 1
            if len(rows) > 1 and not row[0] and self._is_numbered(rows[-1]):
                rows[-1] = joined(rows[-1], row)
            else:
                rows.append(row)
        return TextTable(tuple(rows), taken(self.source.lines[at:stop]))

    def _is_numbered(self, row: Cells) -> bool:
        """Whether a row is an item, to which what has no number below it belongs."""
        word = self.source.words(row[0][0]) if row[0] else ""
        return word.isdecimal() or marker(word) is not None

    def _rows(self, at: int) -> Iterator[Cells]:
        while (cells := _pieces(self.source, at)) and self._fits(cells):
            yield self._row(at, cells)
            at += 1

    def _fits(self, cells: tuple[Span, ...]) -> bool:
        return len(_filled(cells)) <= len(self.headings)

    def _row(self, at: int, cells: tuple[Span, ...]) -> Cells:
        row: list[tuple[Span, ...]] = [()] * len(self.headings)
        kept = _filled(cells)
        is_placed = _BAR.match(self.source.text, self.source.lines[at].span.start)
        columns = tuple(range(len(kept))) if is_placed else self._columns(kept)
        for column, cell in zip(columns, kept, strict=True):
            row[column] = () if _is_empty(cell) else (cell,)
        return tuple(row)

    def _columns(self, cells: tuple[Span, ...]) -> tuple[int, ...]:
        """The columns of a row's cells by their looks; those merged with others are left out."""
        looks = tuple(_look(self.source.words(c)) for c in cells)
        return places(looks, tuple(map(_heading_look, self.headings)), False)


def _look(text: str) -> str:
    return "date" if says_when(text) else shape(text)


def _heading_look(text: str) -> str:
    return "date" if meaning(text) == "deadline" else heading_shape(text)
