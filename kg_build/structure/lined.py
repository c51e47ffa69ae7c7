"""Tables copied as plain lines: one cell a line, or the cells of a row with gaps between.

Only where the headings leave no doubt: at least three that are known, nothing else beside them.
Rows are read as far as they fit; a table without any such row is left to be named as an issue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg_build.model import Block, Span
from kg_build.structure.alignment import NUMERAL
from kg_build.structure.barred import barred
from kg_build.structure.columns import are_tasks, meaning, table_kind
from kg_build.structure.lines import Cells, Lines, TextTable, lines_of, taken
from kg_build.structure.looks import letter, row_form
from kg_build.structure.stacked import stacked

__all__ = ["lined_tables"]

_GAPPED = re.compile(r"[^\s]+(?: [^\s]+)*")  # single spaces stand inside a cell
_HINT = re.compile(
    r"(?:责任|牵头|配合|实施|负责|主办)\s?(?:单位|部门)|完成时[限间]"
    r"|指标[^\n\t]{0,8}\t|-[: ]{0,2}\|"
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
            head = self._unspaced(at)
        headings = tuple(self.source.words(c) for c in head)
        if not are_tasks(headings):
            return None
        columns = tuple(meaning(h) or "" for h in headings)
        rows: list[Cells] = [tuple((c,) for c in head)]
        while row := self._row(at + len(rows), columns, len(rows)):
            rows.append(row)
        return TextTable(tuple(rows), taken(self.source.lines[at : at + len(rows)]))

    def _unspaced(self, at: int) -> tuple[Span, ...]:
        """The pieces of a line between spaces; single characters in a row are one word."""
        pieces = self.source.lines[at].pieces
        found: list[Span] = []
        for is_single, run in groupby(pieces, key=lambda p: p.end - p.start == 1):
            spans = list(run)
            found += [Span(spans[0].start, spans[-1].end)] if is_single else spans
        return tuple(found)

    def _row(self, at: int, columns: tuple[str, ...], number: int) -> Cells:
        """The cells of a row; where single spaces part them, by their looks behind its number."""
        cells = self._cells(at)
        if len(cells) == 1:
            cells = self.source.lines[at].pieces
        words = [self.source.words(c) for c in cells]
        is_numbered = columns[0] == "number"
        if len(cells) == len(columns) and (not is_numbered or NUMERAL.fullmatch(words[0])):
            return tuple((c,) for c in cells)
        if not is_numbered or words[:1] != [str(number)]:
            return ()
        letters = "".join(letter(w, "") for w in words[1:])
        found = row_form(columns).fullmatch(letters.replace("t", "x").replace("x", "t", 1))
        if found is None:
            return ()
        behind = (cells[1:][slice(*found.span(n))] for n in range(1, len(columns)))
        return (cells[:1], *behind)

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
