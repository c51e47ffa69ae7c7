"""Tables in plain text whose cells stand between tabs, one row a line."""

import re
from collections.abc import Iterator, Sequence

from kg_build.model import Block, BlockKind, Span

__all__ = ["rows_from", "table_ends"]

_FEWEST_TABS, _FEWEST_ROWS = 2, 2
#: a line between two rows that is a heading across the table, not the caption of a further one
_ACROSS = re.compile(r"(?![（(【]?(?:附?[表图]|附件|专栏))[^\s。；;][^\t。；;]{0,58}[^\s。；;]?")


def table_ends(lines: Sequence[str]) -> dict[int, int]:
    """The first line of each table and the line behind its last: rows have as many tabs each.

    A short line without tabs between two rows goes across the table, unless headings follow it.
    """
    found: dict[int, int] = {}
    begin = 0
    while begin < len(lines):
        tabs = _tabs(lines[begin])
        end = begin + 1
        while (
            tabs
            and end < len(lines)
            and (_tabs(lines[end]) == tabs or _goes_across(lines, end, lines[begin]))
        ):
            end += 1
        if tabs >= _FEWEST_TABS and end - begin >= _FEWEST_ROWS:
            found[begin] = end
        begin = end
    return found


def _tabs(line: str) -> int:
    return line.rstrip("\r\n").count("\t")


def _goes_across(lines: Sequence[str], at: int, first: str) -> bool:
    following = lines[at + 1] if at + 1 < len(lines) else ""
    is_headed = following.split("\t")[0].strip() == first.split("\t", maxsplit=1)[0].strip() != ""
    goes_on = _tabs(following) == _tabs(first) and not is_headed
    return goes_on and _ACROSS.fullmatch(lines[at].strip()) is not None


def rows_from(lines: Sequence[str], position: int, table: int) -> Iterator[Block]:
    """The cells of a table whose first line begins at an offset of the text."""
    width = _tabs(lines[0]) + 1
    for row, line in enumerate(lines):
        at = position
        if not _tabs(line):
            span = Span(at, at + len(line.rstrip("\r\n")))
            yield Block(BlockKind.CELL, (span,), table, row, 0, column_span=width)
            position += len(line)
            continue
        for column, cell in enumerate(line.rstrip("\r\n").split("\t")):
            yield Block(BlockKind.CELL, (Span(at, at + len(cell)),), table, row, column)
            at += len(cell) + 1
        position += len(line)
