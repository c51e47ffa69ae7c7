"""Task tables copied as plain lines: one cell a line, or the cells of a row with gaps between.

Only where the headings leave no doubt: at least three that are known, nothing else beside them.
Rows are read as far as they fit; a table without any such row is left to be named as an issue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.families import marker
from kg_build.lex.view import fold, tight
from kg_build.model import Block, Span
from kg_build.structure.alignment import columns_of
from kg_build.structure.columns import UNITS, lists_units, meaning, table_kind
from kg_build.structure.lines import Line, TextTable, lines_of, taken

__all__ = ["lined_tables"]

_GAPPED = re.compile(r"[^\s]+(?: [^\s]+)*")  # single spaces stand inside a cell
_HINT = re.compile(
    r"(?:责任|牵头|配合|实施|负责|主办)\s?(?:单位|部门)|完成时[限间]|指标[^\n\t]{0,8}\t"
)
_SENTENCE = re.compile("[,。;:]")
_FEWEST = 3
_LONGEST_HEADING = 12
_LONGEST_LINE = 100  # of headings

Cells = tuple[tuple[Span, ...], ...]


def lined_tables(text: str, blocks: Sequence[Block]) -> Iterator[TextTable]:
    """The task tables in the lines of a text."""
    if not _HINT.search(text):
        return
    reader = _Reader(text, lines_of(text, blocks))
    at = 0
    while at < len(reader.lines):
        span = reader.lines[at].span
        is_short = span.end - span.start <= _LONGEST_LINE
        found = reader.table(at) if is_short else None
        if found is not None:
            yield TextTable(found.cells, found.taken)
        at += len(found.taken) if found else 1


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    lines: Sequence[Line]

    def _words(self, span: Span) -> str:
        return fold(tight(self.text[span.start : span.end]))

    def _whole(self, at: int) -> str:
        """A line without white space; empty beyond the last line."""
        return self._words(self.lines[at].span) if at < len(self.lines) else ""

    def _cells(self, at: int) -> tuple[Span, ...]:
        if at >= len(self.lines):
            return ()
        span = self.lines[at].span
        matches = _GAPPED.finditer(self.text, span.start, span.end)
        return tuple(Span(*m.span()) for m in matches)

    def _is_table(self, headings: Sequence[str]) -> bool:
        ids = [meaning(h) for h in headings]
        known = [i for i in ids if i]
        return len(known) == len(ids) >= _FEWEST and table_kind(known) == "tasks"

    def table(self, at: int) -> TextTable | None:
        """The table whose headings begin at a line."""
        return self.gapped(at) or self.tabbed(at) or self.stacked(at)

    # -- the cells of a row in one line -----------------------------------------------------

    def gapped(self, at: int) -> TextTable | None:
        """A table whose heading line holds all headings, and each row as many cells."""
        head = self._cells(at)
        if len(head) < _FEWEST:
            head = self.lines[at].pieces
        if len(head) < _FEWEST or not self._is_table([self._words(c) for c in head]):
            return None
        rows = [tuple((c,) for c in head)]
        stop = at + 1
        while len(cells := self._row(stop, len(head))) == len(head):
            rows.append(tuple((c,) for c in cells))
            stop += 1
        return TextTable(tuple(rows), taken(self.lines[at:stop]))

    def _row(self, at: int, width: int) -> tuple[Span, ...]:
        cells = self._cells(at)
        is_spaced = len(cells) == 1 and at < len(self.lines)
        return self.lines[at].pieces if is_spaced and width > 1 else cells

    def tabbed(self, at: int) -> TextTable | None:
        """A table of indicators and their values with a tab between; a heading may go across."""
        headings = [meaning(self._words(c)) or "" for c in self._pair(at)]
        if table_kind(headings) != "indicators":
            return None
        stop = at + 1
        while self._pair(stop) or (self._is_across(stop) and self._pair(stop + 1)):
            stop += 1
        lines = self.lines[at:stop]
        pairs = [self._pair(n) or (self.lines[n].span,) for n in range(at, stop)]
        return TextTable(tuple(tuple((c,) for c in p) for p in pairs), taken(lines))

    def _pair(self, at: int) -> tuple[Span, ...]:
        """The two cells of a line that have a tab between them."""
        cells = self._cells(at)
        is_pair = len(cells) == 2 and "\t" in self.text[cells[0].end : cells[1].start]
        return cells if is_pair else ()

    def _is_across(self, at: int) -> bool:
        word = self._whole(at)
        return 0 < len(word) <= _LONGEST_HEADING and _SENTENCE.search(word) is None

    # -- one cell a line --------------------------------------------------------------------

    def stacked(self, at: int) -> TextTable | None:
        """A table whose headings stand one below the other, and so the cells of each row."""
        headings: list[str] = []
        while meaning(word := self._whole(at + len(headings))) and len(word) <= _LONGEST_HEADING:
            headings.append(word)
        if not self._is_table(headings):
            return None
        start = at + len(headings)
        rows: list[Cells] = [tuple((line.span,) for line in self.lines[at:start])]
        is_numbered = meaning(headings[0]) == "number"
        found = self._numbered(start, headings) if is_numbered else self._equal(start, headings)
        for begin, end in found:
            rows.append(self._placed(begin, end, headings))
            start = end
        return TextTable(tuple(rows), taken(self.lines[at:start]))

    def _numbered(self, start: int, headings: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Rows that begin with the next number, as long as none has too many cells."""
        number = 1
        while self._whole(start) == str(number):
            number += 1
            ends = range(start + 2, start + len(headings) + 1)
            end = next((e for e in ends if self._whole(e) == str(number)), None)
            end = end or self._last(start, headings)
            if end is None:
                return
            yield start, end
            start = end

    def _last(self, start: int, headings: Sequence[str]) -> int | None:
        """Where the last row ends: as long as the headings, its units where they should be."""
        end = start + len(headings)
        units = [n for n, h in enumerate(headings) if meaning(h) in UNITS]
        fits = all(lists_units(self._whole(start + n)) for n in units)
        return end if end <= len(self.lines) and fits else None

    def _equal(self, start: int, headings: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Rows as long as the headings, while units stand where they should."""
        units = [n for n, h in enumerate(headings) if meaning(h) in UNITS]
        end = start + len(headings)
        while units and end <= len(self.lines):
            words = [self._whole(n) for n in range(start, end)]
            if not all(lists_units(words[n]) for n in units) or marker(words[0]):
                return
            yield start, end
            start, end = end, end + len(headings)

    def _placed(self, begin: int, end: int, headings: Sequence[str]) -> Cells:
        row: list[tuple[Span, ...]] = [()] * len(headings)
        texts = [self._whole(n) for n in range(begin, end)]
        for n, column in enumerate(columns_of(texts, headings)):
            row[column] = (self.lines[begin + n].span,)
        return tuple(row)
