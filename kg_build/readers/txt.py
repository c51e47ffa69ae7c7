"""Plain text, as found: decoding, layout marks, lines that layout broke, cells one per line."""

import re
from pathlib import Path

from charset_normalizer import from_bytes

from kg_build.errors import UnreadableSource
from kg_build.lex.view import view_of
from kg_build.model import Block, BlockKind, Parsed, Span
from kg_build.readers.lines import joined
from kg_build.readers.page_numbers import page_numbers

__all__ = ["decode", "parse"]

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
#: page numbers between dashes, rules, a number alone on its line, a line of a table of contents
_LAYOUT = re.compile(
    r"[-_=*.·]{4,}|-*第?[0-9]{1,4}页?-*|-+[0-9]{1,4}-+|.*(?:[.·]{6,}|…{2,})[0-9]{1,4}"
)
_TEXT_CONTROLS = "\t\n\r\f\v\x1c\x1d\x1e\x85"
_SAMPLE = 65536
_LONGEST_LAYOUT = 300


def parse(content: bytes, path: Path) -> Parsed:
    """Text and blocks of a plain-text file.

    Raises: UnreadableSource for bytes that are no text.
    """
    text, encoding = decode(content, path)
    return Parsed(text, blocks(text), "text/plain", encoding)


def decode(content: bytes, path: Path) -> tuple[str, str]:
    """The text of the bytes, newlines as line feeds, and the encoding that it was in.

    UTF-8 and UTF-16 (with its mark) are certain; what is not UTF-8 is tried as GB18030 and
    kept if it reads as Chinese, then left to detection.
    Raises: UnreadableSource for bytes that are no text.
    """
    text, encoding = _decoded(content, path)
    if (
        sum(ord(c) < 32 and c not in _TEXT_CONTROLS for c in text[:_SAMPLE])
        > len(text[:_SAMPLE]) / 100
    ):
        raise _not_text(path)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(content: bytes, path: Path) -> tuple[str, str]:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace"), "utf-16"
    if b"\0" in content[:_SAMPLE]:
        raise _not_text(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _reads_as_chinese(text):
            return text, encoding.removesuffix("-sig")
    best = from_bytes(content[:_SAMPLE]).best()
    if best is None:
        raise _not_text(path)
    return content.decode(best.encoding, "replace"), best.encoding


def _reads_as_chinese(text: str) -> bool:
    """Whether common function words of Chinese occur, as they do in any plan."""
    letters = [c for c in text[:_SAMPLE] if ord(c) > 127]
    return (
        bool(letters)
        and sum(c in "的和、，。展建设工作一在为" for c in letters) > len(letters) / 50
    )


def _not_text(path: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 不是文本（可能是二进制文件或编码损坏）；请另存为 UTF-8 文本 / "
        "not text (binary, or damaged encoding); save it as UTF-8 text"
    )


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
    is_short = span.end - span.start <= _LONGEST_LAYOUT
    is_layout = not spans or (is_short and _LAYOUT.fullmatch(view_of(text, spans).text))
    return Block(BlockKind.LAYOUT if is_layout else BlockKind.PARAGRAPH, spans or (span,))


def _without_marks(text: str, span: Span) -> tuple[Span, ...]:
    """The span without word-processor bookmarks."""
    pieces: list[Span] = []
    start = span.start
    for mark in _BOOKMARK.finditer(text, span.start, span.end):
        pieces.append(Span(start, mark.start()))
        start = mark.end()
    pieces.append(Span(start, span.end))
    return tuple(p for p in pieces if text[p.start : p.end].strip())
