"""Tables that a text holds as plain lines, made cells; paragraphs that only look like cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kg_build.families import marker
from kg_build.lex.view import fold, tight
from kg_build.model import Block, BlockKind
from kg_build.structure.anchored import anchored_tables
from kg_build.structure.columns import meaning
from kg_build.structure.lined import lined_tables
from kg_build.structure.lines import TextTable, with_tables

__all__ = ["with_text_tables"]

_PROSE = re.compile(r"[。;:)]$|[,。;].{10}")
_FEWEST = 3  # cells: two lines with a tab each are a signature


def with_text_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the lines that are tables as cells in rows and columns."""
    found = tuple(_without_indents(text, blocks))
    return tuple(with_tables(found, _tables(text, found)))


def _tables(text: str, blocks: Sequence[Block]) -> Sequence[TextTable]:
    """The tables found by their rows, and those found by their headings that share no line."""
    anchored = tuple(anchored_tables(text, blocks))
    used = frozenset(span for one in anchored for span in one.taken)
    return (*anchored, *(t for t in lined_tables(text, blocks) if used.isdisjoint(t.taken)))


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
    return len(words) < _FEWEST or sum(_is_sentence(w) for w in words) * 2 > len(words)


def _is_sentence(words: str) -> bool:
    number = marker(words)
    return bool(_PROSE.search(words)) or (number is not None and number.length < len(words))


def _words(text: str, cell: Block) -> str:
    return fold(tight("".join(text[s.start : s.end] for s in cell.spans)))
