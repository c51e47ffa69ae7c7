"""Tables in plain text whose cells stand between tabs, one row a line or, wrapped, several."""

import re
from collections.abc import Iterator, Sequence

from kg_build.model import Block, BlockKind, Span

__all__ = ["rows_from", "table_ends"]

_FEWEST_TABS, _FEWEST_ROWS = 2, 2
#: a line between two rows that is a heading across the table, not the caption of a further one
_ACROSS = re.compile(r"(?![（(【]?(?:附?[表图]|附件|专栏))[^\s。；;][^\t。；;]{0,58}[^\s。；;]?")
_NUMBERS = re.compile(r"\s*(?:序\s*号|编\s*号)\s*\t")
_NUMBER = re.compile(r"\s*[0-9]{1,3}\s*\t")
_HEADING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[)）、]|第[一二三四五六七八九十]+章)")
_CHAPTER = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}章)[^，。；：、]{2,30}"
)
_SENTENCE = re.compile(r"。\s*$")
_TOLD = re.compile(r"[。；，、]\s*$")
_OPEN = re.compile(r"[、，,和及]\s*$")
_LONGEST_ROW = 40  # lines
_MOST_LOST = 2  # tabs


def table_ends(lines: Sequence[str]) -> dict[int, int]:
    """The first line of each table and the line behind its last: rows have as many tabs each.

    A short line without tabs between two rows goes across the table, unless headings follow it.
    Below 序号 each number begins a row, which may take several lines.
    """
    found: dict[int, int] = {}
    begin = 0
    while begin < len(lines):
        end = max(_equal_end(lines, begin), _numbered_end(lines, begin))
        if _tabs(lines[begin]) >= _FEWEST_TABS and end - begin >= _FEWEST_ROWS:
            found[begin] = end
        begin = end
    return found


def _equal_end(lines: Sequence[str], begin: int) -> int:
    """The end of the lines that have as many tabs as the first."""
    tabs, end = _tabs(lines[begin]), begin + 1
    while (
        tabs
        and end < len(lines)
        and (_tabs(lines[end]) == tabs or _goes_across(lines, end, lines[begin]))
    ):
        end += 1
    return end


def _tabs(line: str) -> int:
    return line.rstrip("\r\n").count("\t")


def _goes_across(lines: Sequence[str], at: int, first: str) -> bool:
    following = lines[at + 1] if at + 1 < len(lines) else ""
    is_headed = following.split("\t")[0].strip() == first.split("\t", maxsplit=1)[0].strip() != ""
    goes_on = _tabs(following) == _tabs(first) and not is_headed
    return goes_on and _ACROSS.fullmatch(lines[at].strip()) is not None


# -- rows of several lines ------------------------------------------------------------------


def _numbered_end(lines: Sequence[str], begin: int) -> int:
    """The end of the rows that begin with a number each; they hold as many tabs as the headings."""
    end = begin + 1
    if not _NUMBERS.match(lines[begin]):
        return end
    tabs = _tabs(lines[begin])
    while end < len(lines):
        row = end + (_is_number(lines, end + 1) and _is_across(lines[end]))
        stop = _row_end(lines, row, tabs)
        if stop is None:
            break
        end = stop
    return end


def _is_number(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and _NUMBER.match(lines[at]) is not None


def _is_across(line: str) -> bool:
    return not _tabs(line) and _ACROSS.fullmatch(line.strip()) is not None


def _row_end(lines: Sequence[str], at: int, tabs: int) -> int | None:
    """The end of the row that begins with the number of a line; None where none does.

    Copying may have lost the tabs before empty cells at its end.
    """
    if not _is_number(lines, at):
        return None
    count, end = 0, at
    while end < len(lines) and count < tabs and not (end > at and _is_number(lines, end)):
        count += _tabs(lines[end])
        end += 1
    has_lost = _FEWEST_TABS <= _tabs(lines[at]) < tabs <= _tabs(lines[at]) + _MOST_LOST
    if has_lost and (count != tabs or any(_is_behind(n, lines[at]) for n in lines[at + 1 : end])):
        return at + 1
    return _last_cell_end(lines, end) if count == tabs and end - at <= _LONGEST_ROW else None


def _is_behind(line: str, first: str) -> bool:
    """Whether a line stands behind a table, not in the midst of the row that a line begins.

    Sentences go on with a cell of sentences, also those that are numbered.
    """
    if _tabs(line):
        return False
    is_prose = _HEADING.match(line) or _SENTENCE.search(line)
    return bool(_CHAPTER.fullmatch(line.strip()) or (is_prose and not _TOLD.search(first)))


def _last_cell_end(lines: Sequence[str], end: int) -> int:
    """Where a last cell ends that goes on up to the next number, or to headings above that.

    A line that ends open (、) goes on in any case.
    """
    while 0 < end < len(lines) and _OPEN.search(lines[end - 1]) and not _tabs(lines[end]):
        end += 1
    stop = end
    while stop < len(lines) and not _tabs(lines[stop]) and stop < end + _LONGEST_ROW:
        stop += 1
    if not _is_number(lines, stop):
        return end
    headings = (n for n in range(end, stop) if _HEADING.match(lines[n]))
    return next(headings, stop - (stop > end and _is_across(lines[stop - 1])))


def rows_from(lines: Sequence[str], position: int, table: int) -> Iterator[Block]:
    """The cells of a table whose first line begins at an offset of the text."""
    tabs, at, row = _tabs(lines[0]), 0, 0
    while at < len(lines):
        end = (_row_end(lines, at, tabs) or at + 1) if _tabs(lines[at]) else at + 1
        across = 1 if _tabs(lines[at]) else tabs + 1
        for column, spans in enumerate(_cells(lines[at:end], position)):
            yield Block(BlockKind.CELL, spans, table, row, column, 1, across)
        position += sum(map(len, lines[at:end]))
        at, row = end, row + 1


def _cells(lines: Sequence[str], position: int) -> Iterator[tuple[Span, ...]]:
    """The pieces of each cell of a row."""
    cell: list[Span] = []
    for line in lines:
        begin = position
        for n, piece in enumerate(line.rstrip("\r\n").split("\t")):
            if n:
                yield tuple(cell)
                cell = []
            cell.append(Span(begin, begin + len(piece)))
            begin += len(piece) + 1
        position += len(line)
    yield tuple(cell)
