"""How far a table in lines may reach: what its rows may hold, and what stands behind it."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg_build.families import pattern
from kg_build.structure.column_heads import FEWEST, Headings, heading
from kg_build.structure.columns import UNITS, lists_units
from kg_build.structure.lines import Lines
from kg_build.structure.looks import look, row_number
from kg_build.structure.numbering import Numbering, heading_number

__all__ = ["LONGEST_ROW", "is_of_page", "reach"]

#: lines
LONGEST_ROW = 48
_LONGEST_TABLE = 6_000


def reach(source: Lines, headings: Headings, columns: Sequence[str]) -> Iterator[int]:
    """The lines below the headings that rows may hold, up to what stands behind the table.

    What a page repeats or counts is left out.
    """
    first, at = headings[0][0], headings[-1][-1] + 1
    head = [source.whole(n) for n in range(first, at)]
    own = Numbering()
    last_sign = at
    end = min(len(source.lines), at + _LONGEST_TABLE)
    while at < min(end, last_sign + LONGEST_ROW):
        word = source.whole(at)
        if [source.whole(n) for n in range(at, at + len(head))] == head:
            at += len(head)
        elif is_of_page(word):
            at += 1
        elif _begins_another(source, at) or _is_behind(source, at, columns, own):
            return
        else:
            if row_number(word) if "number" in columns else lists_units(word):
                last_sign = at
            yield at
            at += 1


def is_of_page(word: str) -> bool:
    """Whether a line only says that a table goes on, or counts a page: 续表, — 3 —."""
    return pattern("table", "row", "page").fullmatch(word) is not None


def _begins_another(source: Lines, at: int) -> bool:
    """Whether the headings of another table stand there, or its caption above them: 表2 甲任务."""
    if pattern("table", "row", "caption").fullmatch(source.whole(at)):
        return heading(source, at + 1, 1) is not None
    return all(heading(source, at + n, 1) for n in range(FEWEST))


def _is_behind(source: Lines, at: int, columns: Sequence[str], own: Numbering) -> bool:
    """Whether a line stands behind a table: 附件2, a signature, the next heading of the text."""
    word = source.whole(at)
    is_said = pattern("table", "row", "behind").fullmatch(word) is not None
    return is_said or _is_signature(source, at, columns) or _is_outside(source, at, own)


def _is_outside(source: Lines, at: int, own: Numbering) -> bool:
    """Whether a line goes on with the headings outside the table, and not with its own ones.

    The number of a row right below it makes it one of the table.
    """
    number = heading_number(source.whole(at))
    if number is None:
        return False
    is_next = source.outside.goes_on(number) and not own.goes_on(number)
    if is_next and not any(row_number(source.whole(at + n)) for n in (1, 2)):
        return True
    own.note(number)
    return False


def _is_signature(source: Lines, at: int, columns: Sequence[str]) -> bool:
    """Whether a line is the body that issues the text, its day below, and no cell of a row."""
    is_body = pattern("table", "signature", "body").fullmatch(source.whole(at)) is not None
    is_dated = pattern("table", "signature", "day").fullmatch(source.whole(at + 1)) is not None
    return is_body and is_dated and not _lacks_units(source, at, columns)


def _lacks_units(source: Lines, at: int, columns: Sequence[str]) -> bool:
    """Whether the row above a line may have further units: it ends with its task, or with some."""
    above = look(source.whole(at - 1))
    if above == "sentence" and "number" in columns:
        return row_number(source.whole(at - 2)) is not None
    if above == "sentence":
        return "deadline" in columns
    wanted = sum(name in UNITS for name in columns)
    found = [*takewhile(lambda n: look(source.whole(at - n)) == "units", range(1, wanted + 1))]
    return above != "deadline" and len(found) < wanted
