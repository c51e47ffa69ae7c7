"""The lines of blocks, and blocks where some lines have become the cells of a table."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, islice, pairwise, takewhile

from kg_build.lex.view import fold, tight
from kg_build.model import Block, BlockKind, Span
from kg_build.structure.numbering import Numbering

__all__ = [
    "FIRST_NUMBER",
    "Cells",
    "Line",
    "Lines",
    "TextTable",
    "folded",
    "joined",
    "lines_of",
    "taken",
    "with_tables",
]

_WORD = re.compile(r"\S+")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
#: of the tables found in lines, beyond those that a reader counts
FIRST_NUMBER = 100_000
_MOST_OF_HEADING = 6  # lines
_EDGE = " \t\u3000|｜"  # what stands around a cell

#: the spans of each cell of a row
Cells = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: its place in the text, and what stands between its spaces.

    Lines that stand together between empty ones may be taken as one: `spans` are each of them.
    """

    span: Span
    pieces: tuple[Span, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table found in lines: the spans of each cell by row and column, and the lines it takes."""

    cells: tuple[Cells, ...]
    taken: frozenset[Span]


@dataclass(frozen=True)
class Lines:
    """The lines of a text, to be asked for their words.

    `outside` are the numbers of the headings above the line that is looked at, in no table.
    """

    text: str
    lines: Sequence[Line]
    outside: Numbering = field(default_factory=Numbering)

    def words(self, span: Span) -> str:
        """The folded words of a span without white space."""
        return fold(tight(self.text[span.start : span.end]))

    def cell(self, at: int) -> tuple[Span, ...]:
        """What a line holds that is one cell, without the space and the bars around it."""
        return tuple(self.trimmed(span) for span in self.lines[at].spans)

    def whole(self, at: int) -> str:
        """The words of a line that is one cell; empty beyond the last line."""
        if at >= len(self.lines):
            return ""
        if at not in self._read:
            self._read[at] = "".join(map(self.words, self.cell(at)))
        return self._read[at]

    @cached_property
    def _read(self) -> dict[int, str]:
        """The words of the lines that have been asked for."""
        return {}

    def parted(self, at: int) -> "Lines":
        """The text from a line on, lines that no empty line parts taken as one."""
        groups, places = self._parted
        rest = takewhile(lambda n: places[n] == places[at], range(at, len(places)))
        first = _one([self.lines[n] for n in islice(rest, _MOST_OF_HEADING)])
        return replace(self, lines=(first, *groups[places[at] + 1 :]))

    @cached_property
    def _parted(self) -> tuple[tuple[Line, ...], tuple[int, ...]]:
        """The lines that no empty line parts taken as one, and in which of them each line is."""
        places: list[int] = []
        ends = [Span(0, 0), *(line.span for line in self.lines)]
        for before, span in pairwise(ends):
            is_parted = _EMPTY_LINE.search(self.text, before.end, span.start) is not None
            places.append(places[-1] + is_parted if places else 0)
        groups = groupby(zip(places, self.lines, strict=True), key=lambda pair: pair[0])
        return tuple(_one([line for _, line in run]) for _, run in groups), tuple(places)

    def trimmed(self, span: Span) -> Span:
        """A span without the space and the bars around it."""
        words = self.text[span.start : span.end].rstrip(_EDGE)
        begin = len(words) - len(words.lstrip(_EDGE))
        return Span(span.start + begin, span.start + len(words))


def _one(lines: Sequence[Line]) -> Line:
    span = Span(lines[0].span.start, lines[-1].span.end)
    pieces = tuple(p for line in lines for p in line.pieces)
    return Line(span, pieces, tuple(s for line in lines for s in line.spans))


_KINDS = {BlockKind.PARAGRAPH, BlockKind.LAYOUT}


def lines_of(
    text: str, blocks: Sequence[Block], kinds: Collection[BlockKind] = _KINDS
) -> tuple[Line, ...]:
    """The lines of all blocks of some kinds.

    A number alone on its line may pass for layout where there are no pages to tell by.
    """
    spans = sorted(
        span
        for block in blocks
        if block.kind in kinds and not (block.page and block.kind is BlockKind.LAYOUT)
        for span in block.spans
    )
    return tuple(
        Line(s, tuple(Span(*m.span()) for m in _WORD.finditer(text, s.start, s.end)), (s,))
        for s in spans
    )


def folded(text: str, span: Span) -> str:
    """The folded text of a span, spaces kept."""
    return fold(text[span.start : span.end])


def with_tables(blocks: Sequence[Block], found: Sequence[TextTable]) -> Iterator[Block]:
    """The blocks with the cells of tables in place of the lines that they take, the first first."""
    owners: dict[Span, int] = {}
    for n, table in enumerate(found):
        owners |= {span: n for span in table.taken if span not in owners}
    placed: set[int] = set()
    for block in blocks:
        for n in dict.fromkeys(owners[s] for s in block.spans if s in owners):
            if n not in placed:
                yield from _cells(found[n], FIRST_NUMBER + n)
                placed.add(n)
        if kept := tuple(s for s in block.spans if s not in owners):
            yield replace(block, spans=kept) if len(kept) < len(block.spans) else block


def _cells(found: TextTable, number: int) -> Iterator[Block]:
    """The cells as blocks: one that stands again in the row below spans both."""
    width = len(found.cells[0])
    for r, row in enumerate(found.cells):
        for c, spans in enumerate(row):
            height = _height(found.cells, r, c)
            if spans and height:
                across = width if len(row) == 1 else 1
                yield Block(BlockKind.CELL, spans, number, r, c, height, across)


def _height(rows: Sequence[Cells], at: int, column: int) -> int:
    """How many rows a cell spans from one on; none where it goes on from the row above."""
    spans = rows[at][column : column + 1]
    if at and rows[at - 1][column : column + 1] == spans:
        return 0
    return len([*takewhile(lambda row: row[column : column + 1] == spans, rows[at:])])


def joined(row: Cells, more: Cells) -> Cells:
    """A row with the cells of one that goes on with it."""
    return tuple(a + b for a, b in zip(row, more, strict=True))


def taken(lines: Collection[Line]) -> frozenset[Span]:
    """The spans of some lines."""
    return frozenset(span for line in lines for span in line.spans)
