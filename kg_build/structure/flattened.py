"""Tables flattened to one cell a line: rows and columns found again."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from kg_build.structure.alignment import NUMERAL, heading_shape, places, shape
from kg_build.structure.columns import meaning
from kg_build.structure.paragraphs import Paragraph
from kg_build.structure.placed import NO_VIEW, Placed

__all__ = ["flattened"]

_MOST_COLUMNS = 16
_GAP = 2

Row = tuple[Placed | None, ...]


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
    return sum(NUMERAL.fullmatch(t) is not None for t in column) / max(len(column), 1)


# -- rows that lack merged cells ----------------------------------------------------------


def _aligned(groups: Sequence[Sequence[Paragraph]], width: int) -> tuple[Row, ...]:
    """Each row's cells in the columns that they look like; full rows show what those hold."""
    shapes = _column_shapes(groups, width)
    rows = []
    for n, group in enumerate(groups):
        is_heading = _is_heading(group)
        own = [heading_shape(c.view.text) if is_heading else shape(c.view.text) for c in group]
        columns = places(tuple(own), shapes, is_heading)
        row: list[Placed | None] = [None] * width
        for cell, column in zip(group, columns, strict=True):
            row[column] = Placed(cell.view, n, column)
        rows.append(tuple(row))
    return tuple(rows)


def _column_shapes(groups: Sequence[Sequence[Paragraph]], width: int) -> tuple[str, ...]:
    full = [g for g in groups[1:] if len(g) == width and not _is_heading(g)]
    head = groups[0] if len(groups[0]) == width else ()
    shapes = []
    for column in range(width):
        seen = Counter(s for g in full if (s := shape(g[column].view.text)))
        named = heading_shape(head[column].view.text) if head else ""
        shapes.append(named if named not in {"", "text"} else _most(seen) or named)
    return tuple(shapes)


def _most(seen: Counter[str]) -> str:
    return max(seen, key=lambda shape: seen[shape], default="")
