"""Plain text, as found: decoding, layout marks, lines that layout broke, cells one per line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from kg_build.lex.view import UNSEEN, tight, view_of
from kg_build.model import Block, BlockKind, Parsed, Span
from kg_build.readers.decoding import decode
from kg_build.readers.lines import is_layout, joined
from kg_build.readers.page_numbers import page_numbers
from kg_build.readers.tabbed import rows_from, table_ends

__all__ = ["parse"]

_LONGEST_CELL = 40  # lines of the last cell of all
_CELL = re.compile(f"[{UNSEEN}]*\t")
#: two spaces begin a paragraph; where they stand behind a full stop, a line end is lost
_INDENT = re.compile(r"(?<![\u3000 ])[\u3000 ]{2,}(?=\S)")
_LOST = re.compile(r"[。：；:;][\u3000 ]{2}(?=\S)")
_FEWEST_LOST = 3
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")


def parse(content: bytes, path: Path) -> Parsed:
    """Text and blocks of a plain-text file.

    Raises: UnreadableSource for bytes that are no text.
    """
    text, encoding, issues = decode(content, path)
    return Parsed(text, blocks(text), "text/plain", encoding, issues)


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs, cells and layout lines of a text in reading order."""
    found: list[Block] = []
    lines = [piece for line in text.splitlines(keepends=True) for piece in _paragraphs(line)]
    numbered, tables, last_tab = page_numbers(lines), table_ends(lines), _last_tab(lines)
    position, behind_table, in_cell = 0, 0, False
    for n, line in enumerate(lines):
        begin, position = position, position + len(line)
        if n in tables:
            behind_table = tables[n]
            found.extend(rows_from(lines[n:behind_table], begin, len(found)))
        if n < behind_table:
            continue
        if n in numbered:
            found.append(Block(BlockKind.LAYOUT, (Span(begin, begin + numbered[n]),)))
            begin += numbered[n]
        span = Span(begin, begin + len(line.rstrip("\n")) - numbered.get(n, 0))
        is_cell = _CELL.match(line) is not None
        in_cell = is_cell or (in_cell and bool(tight(line)) and n < last_tab + _LONGEST_CELL)
        if is_cell:
            found.append(Block(BlockKind.CELL, _without_marks(text, span) or (span,)))
        elif in_cell:
            found[-1] = Block(BlockKind.CELL, found[-1].spans + _without_marks(text, span))
        elif tight(line):
            found.append(_line(text, span))
    return joined(text, tuple(found))


def _paragraphs(line: str) -> Iterator[str]:
    """The line, cut where paragraphs begin whose line ends were lost: before their indents."""
    lost = _LOST.findall(line)
    if len(lost) < _FEWEST_LOST or not any(end[0] == "。" for end in lost):
        yield line
        return
    cuts = [m.start() for m in _INDENT.finditer(line, 1)]
    yield from (line[a:b] for a, b in pairwise([0, *cuts, len(line)]))


def _last_tab(lines: Sequence[str]) -> int:
    """The last line that begins a cell: what follows it at length is no cell any more."""
    return max((n for n, line in enumerate(lines) if _CELL.match(line)), default=-1)


def _line(text: str, span: Span) -> Block:
    spans = _without_marks(text, span)
    says_nothing = not spans or is_layout(view_of(text, spans).text)
    return Block(BlockKind.LAYOUT if says_nothing else BlockKind.PARAGRAPH, spans or (span,))


def _without_marks(text: str, span: Span) -> tuple[Span, ...]:
    """The span without word-processor bookmarks."""
    pieces: list[Span] = []
    start = span.start
    for mark in _BOOKMARK.finditer(text, span.start, span.end):
        pieces.append(Span(start, mark.start()))
        start = mark.end()
    pieces.append(Span(start, span.end))
    return tuple(p for p in pieces if tight(text[p.start : p.end]))
