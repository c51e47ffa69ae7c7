"""Tables copied as plain lines: one cell a line, or the cells of a row with gaps between.

Only where the headings leave no doubt: at least three that are known, nothing else beside them.
Rows are read as far as they fit; a table without any such row is left to be named as an issue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.model import Block, Span
from kg_build.structure.barred import barred
from kg_build.structure.columns import are_tasks, meaning, table_kind
from kg_build.structure.lines import Lines, TextTable, lines_of, taken
from kg_build.structure.stacked import stacked

__all__ = ["lined_tables"]

_GAPPED = re.compile(r"[^\s]+(?: [^\s]+)*")  # single spaces stand inside a cell
_HINT = re.compile(
    r"(?:责任|牵头|配合|实施|负责|主办)\s?(?:单位|部门)|完成时[限间]|指标[^\n\t]{0,8}\t|-[: ]{0,2}\|"
)
_SENTENCE = re.compile("[,。;:]")
_FEWEST = 3
_LONGEST_HEADING = 12
_LONGEST_LINE = 100  # of headings


def lined_tables(text: str, blocks: Sequence[Block]) -> Iterator[TextTable]:
    """The task tables in the lines of a text."""
    if not _HINT.search(text):
        return
    source = Lines(text, lines_of(text, blocks))
    at = 0
    while at < len(source.lines):
        span = source.lines[at].span
        is_short = span.end - span.start <= _LONGEST_LINE
        found = _table(source, at) if is_short else None
        if found is not None:
            yield found
        at += len(found.taken) if found else 1


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
        """A table whose heading line holds all headings, and each row as many cells."""
        head = self._cells(at)
        if len(head) < _FEWEST:
            head = self.source.lines[at].pieces
        if len(head) < _FEWEST or not are_tasks([self.source.words(c) for c in head]):
            return None
        rows = [tuple((c,) for c in head)]
        stop = at + 1
        while len(cells := self._row(stop, len(head))) == len(head):
            rows.append(tuple((c,) for c in cells))
            stop += 1
        return TextTable(tuple(rows), taken(self.source.lines[at:stop]))

    def _row(self, at: int, width: int) -> tuple[Span, ...]:
        cells = self._cells(at)
        is_spaced = len(cells) == 1 and at < len(self.source.lines)
        return self.source.lines[at].pieces if is_spaced and width > 1 else cells

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
