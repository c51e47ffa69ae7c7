"""Tables, given as cells or flattened to one cell a line: columns understood by their headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.structure.paragraphs import Paragraph

__all__ = ["Cell", "Table", "tables"]

_MOST_COLUMNS = 16
_GAP = 2
_NUMERAL = re.compile(r"[0-9]{1,3}|[一二三四五六七八九十]{1,3}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and the meaning of its column; `year` is stated by the column's heading."""

    column: str
    view: View
    year: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the heading row, each with all its cells.

    `rest` are the cells of a last row that is cut short.
    """

    headings: tuple[View, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rest: tuple[View, ...] = ()


def tables(cells: Sequence[Paragraph]) -> tuple[Table, ...]:
    """The tables in a run of cells: a row of headings, then rows of as many cells."""
    views = [c.view for c in cells]
    start = next((n for n, v in enumerate(views) if _meaning(v)), len(views))
    width = _width(views[start:])
    if width == 0:
        return ()
    headings = tuple(views[start : start + width])
    meanings = [(m.id if (m := _meaning(h)) else "", _year(h)) for h in headings]
    rows = [views[at : at + width] for at in range(start + width, len(views), width)]
    repeated = [h.text for h in headings]  # the heading stands again on a new page
    full = [r for r in rows if len(r) == width and [v.text for v in r] != repeated]
    rest = tuple(v for v in rows[-1] if len(v)) if rows and len(rows[-1]) < width else ()
    found = [
        tuple(Cell(name, v, year) for v, (name, year) in zip(row, meanings, strict=True))
        for row in full
    ]
    return (Table(headings, tuple(found), rest),)


def _width(views: Sequence[View]) -> int:
    """How many columns a flattened table has; 0 where no table begins here.

    The known headings are a lower bound; an unknown heading may stand between or behind them.
    Among the widths that are left the one counts for which the number column holds numbers.
    """
    known = [n for n, v in enumerate(views[:_MOST_COLUMNS]) if _meaning(v)]
    run = [n for n, before in zip(known, [-1, *known], strict=False) if n - before <= _GAP]
    if len(run) < 2:
        return 0
    least = run[-1] + 1
    number = next((n for n in run if _is(views[n], "number")), None)
    widths = range(least, min(least + _GAP, len(views)) + 1)
    return max(widths, key=lambda w: (_fit(views, w, number), -w), default=0)


def _fit(views: Sequence[View], width: int, number: int | None) -> float:
    """How well a width fits: the share of rows with a number in its column, or a whole division."""
    if number is None:
        return float(len(views) % width == 0)
    column = [v.text for v in views[width + number :: width]]
    return sum(_NUMERAL.fullmatch(t) is not None for t in column) / max(len(column), 1)


def _is(view: View, column: str) -> bool:
    rule = _meaning(view)
    return rule is not None and rule.id == column


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
