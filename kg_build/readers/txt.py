"""Plain text, as found: decoding, layout marks, lines that layout broke, cells one per line."""

import re
from pathlib import Path

from kg_build.lex.view import view_of
from kg_build.model import Block, BlockKind, Parsed, Span
from kg_build.readers.decoding import decode
from kg_build.readers.lines import is_layout, joined
from kg_build.readers.page_numbers import page_numbers

__all__ = ["parse"]

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
    position = 0
    in_cell = False
    lines = text.splitlines(keepends=True)
    numbered = page_numbers(lines)
    for n, line in enumerate(lines):
        begin, position = position, position + len(line)
        if n in numbered:
            found.append(Block(BlockKind.LAYOUT, (Span(begin, begin + numbered[n]),)))
            begin += numbered[n]
        span = Span(begin, begin + len(line.rstrip("\n")) - numbered.get(n, 0))
        if not line.strip():
            in_cell = in_cell and line.startswith("\t")
            if line.startswith("\t"):
                found.append(Block(BlockKind.CELL, (span,)))
            continue
        if line.startswith("\t"):
            spans = _without_marks(text, span) or (Span(span.end, span.end),)
            found.append(Block(BlockKind.CELL, spans))
            in_cell = True
        elif in_cell:
            found[-1] = Block(BlockKind.CELL, found[-1].spans + _without_marks(text, span))
        else:
            found.append(_line(text, span))
    return joined(text, tuple(found))


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
    return tuple(p for p in pieces if text[p.start : p.end].strip())
