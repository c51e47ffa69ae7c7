"""Tables, given as cells or flattened to one cell a line: columns understood by their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.structure.paragraphs import Paragraph

__all__ = ["Cell", "Table", "tables"]

_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and the meaning of its column; `year` is stated by the column's heading."""

    column: str
    view: View
    year: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the heading row, each with all its cells."""

    headings: tuple[View, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(cells: Sequence[Paragraph]) -> tuple[Table, ...]:
    """The tables in a run of cells: a row of known headings, then rows of as many cells."""
    start, width = _heading_row(cells)
    if width == 0:
        return ()
    headings = [c.view for c in cells[start : start + width]]
    meanings = [(m.id if (m := _meaning(h)) else "", _year(h)) for h in headings]
    rows = []
    for at in range(start + width, len(cells) - width + 1, width):
        row = [c.view for c in cells[at : at + width]]
        if [v.text for v in row] == [h.text for h in headings]:
            continue  # the heading repeated on a new page
        rows.append(
            tuple(Cell(name, v, year) for v, (name, year) in zip(row, meanings, strict=True))
        )
    return (Table(tuple(headings), tuple(rows)),)


def _heading_row(cells: Sequence[Paragraph]) -> tuple[int, int]:
    """Where the heading row begins and how many columns it has; (0, 0) where there is none."""
    start = 0
    while start < len(cells) and _meaning(cells[start].view) is None:
        start += 1
    width = 0
    while start + width < len(cells) and width < _MOST_COLUMNS:
        if _meaning(cells[start + width].view) is None:
            break
        width += 1
    return (start, width) if width > 1 else (0, 0)


def _meaning(heading: View) -> Pattern | None:
    """The column rule that a heading cell meets."""
    for rule in patterns("table", "column"):
        if rule.regex.fullmatch(heading.text):
            return rule
    return None


_YEAR = re.compile(r"(?:至|到|截至)?(20[0-9]{2})年")


def _year(heading: View) -> int | None:
    match = _YEAR.search(heading.text)
    return int(match[1]) if match else None
