"""Tables that a text holds as plain lines, made cells; paragraphs that only look like cells."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kg_build.families import Marker, marker
from kg_build.lex.view import fold, tight
from kg_build.model import Block, BlockKind, Span
from kg_build.structure.anchored import anchored_tables
from kg_build.structure.columns import meaning
from kg_build.structure.lined import lined_tables
from kg_build.structure.lines import TextTable, folded, with_tables

__all__ = ["with_text_tables"]

_PROSE = re.compile(r"[。;:)]$|[,。;].{10}")
_SENTENCE = re.compile("[,。;:]")
_LEVEL_OF_ITEMS = 40  # 篇、章、节 stand above it
_LONGEST_HEADING = 60
_BEGINS_CHAPTER = re.compile("[ \u3000]*第")


def with_text_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the lines that are tables as cells in rows and columns."""
    found = tuple(_without_indents(text, blocks))
    tables = _tables(text, found)
    taken = frozenset(span for one in tables for span in one.taken)
    if any(_chapter(text, span) for span in taken):
        tables = [t for run in _chapters(text, found, taken) for t in _tables(text, run)]
    return tuple(with_tables(found, tables))


def _tables(text: str, blocks: Sequence[Block]) -> Sequence[TextTable]:
    """The tables found by their rows, and those found by their headings that share no line."""
    anchored = tuple(anchored_tables(text, blocks))
    used = frozenset(span for one in anchored for span in one.taken)
    return (*anchored, *(t for t in lined_tables(text, blocks) if used.isdisjoint(t.taken)))


def _chapters(
    text: str, blocks: Sequence[Block], taken: Collection[Span]
) -> Iterator[Sequence[Block]]:
    """The blocks, cut before each 第三章 that goes on from those outside tables: none spans it."""
    run: list[Block] = []
    last: dict[str, int] = {}
    for block in blocks:
        head = _chapter(text, block.spans[0])
        is_next = head is not None and head.value > last.get(head.style, head.value)
        if is_next:
            yield run
            run = []
        if head and (is_next or block.spans[0] not in taken):
            last[head.style] = head.value
        run.append(block)
    yield run


def _chapter(text: str, span: Span) -> Marker | None:
    """The number of a line that heads a chapter (第三章主要任务), if it is one."""
    is_long = span.end - span.start > _LONGEST_HEADING
    if is_long or not _BEGINS_CHAPTER.match(text, span.start, span.end):
        return None
    words = tight(folded(text, span))
    found = marker(words)
    is_headed = found is not None and found.length < len(words) and not _SENTENCE.search(words)
    return found if found and is_headed and found.level < _LEVEL_OF_ITEMS else None


def _without_indents(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Paragraphs that begin with a tab are no cells: prose without two headings of columns."""
    for is_cell, run in groupby(blocks, lambda b: b.kind is BlockKind.CELL and b.table < 0):
        cells = list(run)
        if is_cell and _is_prose(text, cells):
            cells = [replace(c, kind=BlockKind.PARAGRAPH) for c in cells if _words(text, c)]
        yield from cells


def _is_prose(text: str, cells: Sequence[Block]) -> bool:
    words = [w for c in cells if (w := _words(text, c))]
    if sum(meaning(w) is not None for w in words) > 1:
        return False
    return sum(_is_sentence(w) for w in words) * 2 > len(words)


def _is_sentence(words: str) -> bool:
    number = marker(words)
    return bool(_PROSE.search(words)) or (number is not None and number.length < len(words))


def _words(text: str, cell: Block) -> str:
    return fold(tight("".join(text[s.start : s.end] for s in cell.spans)))
