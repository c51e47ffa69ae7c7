"""Tables flattened to one cell a line: rows and columns found again."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from kg_build.structure.columns import lists_units, meaning
from kg_build.structure.paragraphs import Paragraph
from kg_build.structure.placed import NO_VIEW, Placed

__all__ = ["flattened"]

_MOST_COLUMNS = 16
_GAP = 2
_NUMERAL = re.compile(r"[0-9]{1,3}(?:\.[0-9])?|[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.]?")
_UNITS = frozenset({"lead", "participating", "responsible"})
_NUMBERS = frozenset({"number", "points", "value", "baseline", "year"})

Row = tuple[Placed | None, ...]
#: a score and the columns that give it
_Best = tuple[int, tuple[int, ...]]


def flattened(cells: Sequence[Paragraph]) -> tuple[Row, ...]:
    """The rows of a run of cells; none where no headings begin a table.

    Where empty lines part the rows, a row may lack cells: those are merged with others.
    Otherwise all rows are as long as the row of headings.
    """
    groups = _parted(cells)
    widest = max(len(g) for g in groups)
    head = next((n for n, g in enumerate(groups) if _is_heading(g)), None)
    if head is not None and 1 < widest <= _MOST_COLUMNS and len(groups) > head + 1:
        return _aligned(_mended(groups[head:], widest), widest)
    return _equal(cells)


def _parted(cells: Sequence[Paragraph]) -> list[list[Paragraph]]:
    groups: list[list[Paragraph]] = [[]]
    for cell in cells:
        if cell.after_gap and groups[-1]:
            groups.append([])
        groups[-1].append(cell)
    return groups


def _mended(groups: Sequence[list[Paragraph]], width: int) -> list[list[Paragraph]]:
    """The rows, where an empty line inside a row has cut it in two among rows that are whole."""
    if sum(len(g) == width for g in groups) * 2 < len(groups):
        return list(groups)
    found: list[list[Paragraph]] = []
    for group in groups:
        if found and len(found[-1]) < width and len(found[-1]) + len(group) == width:
            found[-1] = found[-1] + group
        else:
            found.append(group)
    return found


def _is_heading(group: Sequence[Paragraph]) -> bool:
    named = [c.view.text for c in group if len(c.view)]
    known = sum(meaning(text) is not None for text in named)
    return known > 1 and known * 2 >= len(named)


# -- rows of equal length -----------------------------------------------------------------


def _equal(cells: Sequence[Paragraph]) -> tuple[Row, ...]:
    """Rows of as many cells as there are headings; a last row cut short is filled up."""
    texts = [c.view.text for c in cells]
    start = next((n for n, t in enumerate(texts) if meaning(t)), len(texts))
    width = _width(texts[start:])
    if width == 0:
        return ()
    rows = []
    for n, at in enumerate(range(start, len(cells), width)):
        views = [c.view for c in cells[at : at + width]]
        views += [NO_VIEW] * (width - len(views))
        rows.append(tuple(Placed(v, n, c) for c, v in enumerate(views)))
    return tuple(rows)


def _width(texts: Sequence[str]) -> int:
    """How many columns a flattened table has; 0 where no table begins here.

    The known headings are a lower bound; an unknown heading may stand between or behind them.
    Among the widths that are left the one counts for which the number column holds numbers.
    """
    known = [n for n, t in enumerate(texts[:_MOST_COLUMNS]) if meaning(t)]
    steps = takewhile(
        lambda pair: pair[0] - pair[1] <= _GAP, zip(known, [-1, *known], strict=False)
    )
    run = [n for n, _ in steps]
    if len(run) < 2:
        return 0
    least = run[-1] + 1
    number = next((n for n in run if meaning(texts[n]) == "number"), None)
    widths = range(least, min(least + _GAP, len(texts)) + 1)
    return max(widths, key=lambda w: (_fit(texts, w, number), -w), default=0)


def _fit(texts: Sequence[str], width: int, number: int | None) -> float:
    """How well a width fits: the share of rows with a number in its column, or a whole division."""
    if number is None:
        return float(len(texts) % width == 0)
    column = texts[width + number :: width]
    return sum(_NUMERAL.fullmatch(t) is not None for t in column) / max(len(column), 1)


# -- rows that lack merged cells ----------------------------------------------------------


def _aligned(groups: Sequence[Sequence[Paragraph]], width: int) -> tuple[Row, ...]:
    """Each row's cells in the columns that they look like; full rows show what those hold."""
    shapes = _column_shapes(groups, width)
    rows = []
    for n, group in enumerate(groups):
        is_heading = _is_heading(group)
        own = [_heading_shape(c.view.text) if is_heading else _shape(c.view.text) for c in group]
        places = _places(tuple(own), shapes, is_heading)
        row: list[Placed | None] = [None] * width
        for cell, column in zip(group, places, strict=True):
            row[column] = Placed(cell.view, n, column)
        rows.append(tuple(row))
    return tuple(rows)


def _column_shapes(groups: Sequence[Sequence[Paragraph]], width: int) -> tuple[str, ...]:
    full = [g for g in groups[1:] if len(g) == width and not _is_heading(g)]
    head = groups[0] if len(groups[0]) == width else ()
    shapes = []
    for column in range(width):
        seen = Counter(s for g in full if (s := _shape(g[column].view.text)))
        named = _heading_shape(head[column].view.text) if head else ""
        shapes.append(named if named not in {"", "text"} else _most(seen) or named)
    return tuple(shapes)


def _most(seen: Counter[str]) -> str:
    return max(seen, key=lambda shape: seen[shape], default="")


def _shape(text: str) -> str:
    """What a cell looks like: a number, a list of units, text, or nothing."""
    if not text:
        return ""
    if _NUMERAL.fullmatch(text):
        return "number"
    return "unit" if lists_units(text) else "text"


def _heading_shape(text: str) -> str:
    column = meaning(text)
    if column in _UNITS:
        return "unit"
    return "number" if column in _NUMBERS else "text"


@cache
def _places(cells: tuple[str, ...], columns: tuple[str, ...], is_heading: bool) -> tuple[int, ...]:
    """The columns of a row's cells, in order, by the best fit.

    Of equals the ones to the right, for merged cells stand to the left; of headings the ones to
    the left, for they span what is to their right.
    """
    best: list[list[_Best]] = [[(0, ())] * (len(columns) + 1)]
    for left in range(1, len(cells) + 1):  # the last `left` cells
        cell = cells[-left]
        line: list[_Best] = [(0, ())] * (len(columns) + 1)
        for column in range(len(columns) - left, -1, -1):
            score, placed = best[-1][column + 1]
            take = (score + _likeness(cell, columns[column]), (column, *placed))
            skip = line[column + 1] if column < len(columns) - left else None
            is_skipped = skip is not None and skip[0] >= take[0] + is_heading
            line[column] = skip if skip is not None and is_skipped else take
        best.append(line)
    return best[-1][0][1]


def _likeness(cell: str, column: str) -> int:
    if not cell or not column:
        return 0
    if cell == column:
        return 2
    return -2 if "number" in {cell, column} else -1
