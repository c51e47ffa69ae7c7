"""Tables copied as plain lines: one cell a line, or the cells of a row with gaps between.

Only where the headings leave no doubt: three known ones, or fewer known and a number below them.
Rows are read as far as they fit; a table without any such row is left to be named as an issue.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, takewhile

from kg_build.families import Marker
from kg_build.model import Block, Span
from kg_build.structure.alignment import NUMERAL
from kg_build.structure.barred import barred
from kg_build.structure.columns import are_known, meaning, table_kind
from kg_build.structure.lines import Cells, Line, Lines, TextTable, lines_of, taken
from kg_build.structure.numbering import heading_number
from kg_build.structure.reach import is_of_page
from kg_build.structure.stacked import placed, stacked

__all__ = ["lined_tables"]

_GAPPED = re.compile(r"[^\s]+(?: [^\s]+)*")  # single spaces stand inside a cell
_NUMBERED = re.compile(r"\s*[第(（㈠-㈩一二三四五六七八九十]")
_SENTENCE = re.compile("[,。;:]")
_FEWEST = 3
_LONGEST_HEADING = 12
_LONGEST_LINE = 100  # of headings
_MOST_LINES = 1_200  # of a table
_MOST_EMPTY = 20  # headings without rows, then no more are looked for

Spans = tuple[Span, ...]


def lined_tables(text: str, blocks: Sequence[Block]) -> Iterator[TextTable]:
    """The task tables in the lines of a text."""
    source = Lines(text, lines_of(text, blocks))
    at = empty = 0
    while at < len(source.lines) and empty < _MOST_EMPTY:
        span = source.lines[at].span
        is_short = span.end - span.start <= _LONGEST_LINE
        found = _table(source, at) if is_short else None
        if found is not None:
            yield found
            empty += len(found.cells) == 1
        elif number := _heading_number(source, at):
            source.outside.note(number)
        at += len(found.taken) if found else 1


def _heading_number(source: Lines, at: int) -> Marker | None:
    span = source.lines[at].span
    may_be = _NUMBERED.match(source.text, span.start, span.end)
    return heading_number(source.whole(at)) if may_be else None


def _table(source: Lines, at: int) -> TextTable | None:
    rows = _Rows(source)
    found = barred(source, at) or rows.gapped(at) or rows.tabbed(at)
    return found or stacked(source, at)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Tables with a row a line."""

    source: Lines

    def _cells(self, at: int) -> tuple[Span, ...]:
        if at >= len(self.source.lines):
            return ()
        span = self.source.lines[at].span
        matches = _GAPPED.finditer(self.source.text, span.start, span.end)
        return tuple(Span(*m.span()) for m in matches)

    def gapped(self, at: int) -> TextTable | None:
        """A table whose heading line holds all headings, the cells below it parted by gaps.

        Where single spaces part the headings, they part the cells too.
        """
        head, cells_of = self._cells(at), self._cells
        if len(head) < _FEWEST:
            head, cells_of = self._unspaced(at), self._pieces
        words = [self.source.words(c) for c in head]
        if len(head) < _FEWEST or not are_known(words):
            return None
        ways = (self._whole(at, head, cells_of), self._fitted(at, head, cells_of))
        return max(filter(None, ways), key=lambda table: len(table.taken), default=None)

    def _pieces(self, at: int) -> tuple[Span, ...]:
        return self.source.lines[at].pieces if at < len(self.source.lines) else ()

    def _unspaced(self, at: int) -> tuple[Span, ...]:
        """The pieces of a line between spaces; single characters in a row are one word."""
        found: list[Span] = []
        for is_single, run in groupby(self._pieces(at), key=lambda p: p.end - p.start == 1):
            spans = list(run)
            found += [Span(spans[0].start, spans[-1].end)] if is_single else spans
        return tuple(found)

    def _whole(self, at: int, head: Spans, cells_of: Callable[[int], Spans]) -> TextTable | None:
        """Rows of one line with as many cells as there are headings."""
        is_numbered = meaning(self.source.words(head[0])) == "number"
        rows: list[Cells] = [tuple((c,) for c in head)]
        while len(cells := cells_of(at + len(rows))) == len(head):
            if is_numbered and not NUMERAL.fullmatch(self.source.words(cells[0])):
                break
            rows.append(tuple((c,) for c in cells))
        lines = self.source.lines[at : at + len(rows)]
        return TextTable(tuple(rows), taken(lines)) if len(rows) > 1 else None

    def _fitted(self, at: int, head: Spans, cells_of: Callable[[int], Spans]) -> TextTable | None:
        """Rows that lack cells or take several lines: as many whole lines as can be placed."""
        stop = min(at + _MOST_LINES, len(self.source.lines))
        below = [
            () if is_of_page(self.source.whole(n)) else cells_of(n) for n in range(at + 1, stop)
        ]
        lines = [Line(p, (p,), (p,)) for row in (head, *below) for p in row]
        starts = accumulate(map(len, below), initial=len(head))
        headings = tuple((n,) for n in range(len(head)))
        table = placed(replace(self.source, lines=lines), headings, frozenset(starts))
        if table is None:
            return None
        whole = [*takewhile(table.taken.issuperset, below)]
        return TextTable(table.cells, taken(self.source.lines[at : at + 1 + len(whole)]))

    def tabbed(self, at: int) -> TextTable | None:
        """A table of indicators and their values with a tab between; a heading may go across."""
        headings = [meaning(self.source.words(c)) or "" for c in self._pair(at)]
        if table_kind(headings) != "indicators":
            return None
        stop = at + 1
        while self._pair(stop) or (self._is_across(stop) and self._pair(stop + 1)):
            stop += 1
        lines = self.source.lines[at:stop]
        pairs = [self._pair(n) or (self.source.lines[n].span,) for n in range(at, stop)]
        return TextTable(tuple(tuple((c,) for c in p) for p in pairs), taken(lines))

    def _pair(self, at: int) -> tuple[Span, ...]:
        """The two cells of a line that have a tab between them."""
        cells = self._cells(at)
        is_pair = len(cells) == 2 and "\t" in self.source.text[cells[0].end : cells[1].start]
        return cells if is_pair else ()

    def _is_across(self, at: int) -> bool:
        word = self.source.whole(at)
        return 0 < len(word) <= _LONGEST_HEADING and _SENTENCE.search(word) is None
