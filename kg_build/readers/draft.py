"""A text in the making, for readers of formats that hold marked-up text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg_build.lex.view import view_of
from kg_build.model import Block, BlockKind, Issue, Parsed, Span
from kg_build.readers.lines import is_layout, joined

__all__ = ["Draft", "Entry", "is_data"]

_LONG_CELL = 600  # letters of a cell that holds a text of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """A table cell to be written: its lines and its place, from 0."""

    lines: tuple[str, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def is_data(entries: Sequence[Entry]) -> bool:
    """Whether cells stand side by side in several rows, none of them a whole text.

    Else the table only arranges what is a text: a frame, a box, columns of a page.
    """
    filled = [e for e in entries if e.lines]
    rows = [e.row for e in filled]
    if len({e.column for e in filled}) < 2 or len(set(rows)) < 2 or len(rows) == len(set(rows)):
        return False
    sizes = [sum(map(len, e.lines)) for e in filled]
    return max(sizes) < _LONG_CELL or max(sizes) * 2 < sum(sizes)


class Draft:
    """What is written becomes the text, and each piece of it a block."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._groups: list[list[Block]] = []  # lines that may be parts of one paragraph
        self._tables = 0

    def gap(self) -> None:
        """An empty line."""
        self._write("", "\n")

    def paragraph(self, lines: Sequence[str], kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """The lines of one paragraph, or of several that only line breaks part."""
        self._groups.append([Block(kind, (self._write(line, "\n"),)) for line in lines])

    def field(self, label: str, value: str) -> None:
        """A field of the page's own metadata on a line of its own."""
        self._groups.append([
            Block(BlockKind.METADATA, (self._write(f"{label}：", ""), self._write(value, "\n")))
        ])

    def table(self, entries: Sequence[Entry]) -> None:
        """A table's cells, one row a line, parted by tabs."""
        for _, row in groupby(entries, key=lambda e: e.row):
            for entry in row:
                self._groups.append([self._cell(entry)])
                self._write("", "\t")
            self._write("", "\n")
        self._tables += 1

    def _cell(self, entry: Entry) -> Block:
        lines = entry.lines or ("",)
        spans = [self._write(line, "\n") for line in lines[:-1]]
        spans.append(self._write(lines[-1], ""))
        return Block(
            BlockKind.CELL,
            tuple(spans),
            self._tables,
            entry.row,
            entry.column,
            entry.row_span,
            entry.column_span,
        )

    def _write(self, text: str, end: str) -> Span:
        span = Span(self._length, self._length + len(text))
        self._pieces.append(text + end)
        self._length += len(text) + len(end)
        return span

    def parsed(self, media_type: str, encoding: str = "", issues: Sequence[Issue] = ()) -> Parsed:
        """The text, with lines that layout broke joined into paragraphs."""
        text = "".join(self._pieces)
        blocks = [b for group in self._groups for b in _joined(text, group)]
        return Parsed(text, tuple(blocks), media_type, encoding, tuple(issues))


def _joined(text: str, group: list[Block]) -> Sequence[Block]:
    sorted_out = [_layout(text, block) for block in group]
    return joined(text, tuple(sorted_out)) if len(group) > 1 else sorted_out


def _layout(text: str, block: Block) -> Block:
    if block.kind is BlockKind.PARAGRAPH and is_layout(view_of(text, block.spans).text):
        return replace(block, kind=BlockKind.LAYOUT)
    return block
