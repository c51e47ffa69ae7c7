"""Tables that a text holds as plain lines, made cells: found by their headings."""

from collections.abc import Sequence

from kg_build.model import Block
from kg_build.structure.anchored import anchored_tables
from kg_build.structure.lined import lined_tables
from kg_build.structure.lines import with_table

__all__ = ["with_text_tables"]

_FIRST_NUMBER = 100_000  # beyond the tables that a reader counts


def with_text_tables(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the lines that are tables as cells in rows and columns."""
    found = tuple(blocks)
    tables = (*anchored_tables(text, found), *lined_tables(text, found))
    for number, table in enumerate(tables, _FIRST_NUMBER):
        found = with_table(found, table, number)
    return found
