"""Tables in plain text whose cells stand between tabs, one row a line."""

from collections.abc import Iterator, Sequence

from kg_build.model import Block, BlockKind, Span

__all__ = ["rows_from", "table_ends"]

_FEWEST_TABS, _FEWEST_ROWS = 2, 2


def table_ends(lines: Sequence[str]) -> dict[int, int]:
    """The first line of each table and the line behind its last: rows have as many tabs each."""
    found: dict[int, int] = {}
    begin = 0
    while begin < len(lines):
        tabs = _tabs(lines[begin])
        end = begin + 1
        while tabs and end < len(lines) and _tabs(lines[end]) == tabs:
            end += 1
        if tabs >= _FEWEST_TABS and end - begin >= _FEWEST_ROWS:
            found[begin] = end
        begin = end
    return found


def _tabs(line: str) -> int:
    return line.rstrip("\r\n").count("\t")


def rows_from(lines: Sequence[str], position: int, table: int) -> Iterator[Block]:
    """The cells of a table whose first line begins at an offset of the text."""
    for row, line in enumerate(lines):
        at = position
        for column, cell in enumerate(line.rstrip("\r\n").split("\t")):
            yield Block(BlockKind.CELL, (Span(at, at + len(cell)),), table, row, column)
            at += len(cell) + 1
        position += len(line)
