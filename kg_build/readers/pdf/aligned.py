"""Tables without lines between columns: words that stand below one another make their grid.

Nothing but its headings tells such a table from lists and signatures: a block of lines is one where
white space parts it into three columns or more and its first row holds headings of columns.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg_build.families import patterns
from kg_build.lex.view import fold
from kg_build.readers.pdf.drawing import Rule
from kg_build.readers.pdf.grids import Grid, Place
from kg_build.readers.pdf.lines import Line, Run, lines
from kg_build.readers.pdf.merged import areas, groups, sparse
from kg_build.readers.pdf.pages import Glyph

__all__ = ["aligned"]

_WORD_GAP = 0.15  # heights between words
_CORRIDOR = 2.0  # points of white between two columns
_FEWEST = 3  # rows, and columns
_SAME_COLUMN = 3.0
_HEAD_LINES = 3  # of a page: a running head may stand above the rest of a table
_FAR = 3.0  # heights: what stands so far below is no row
_OTHER_SIZE = 1.3
_CLOSE = 1.15  # distances of lines in one cell
_APART = 0.1  # of the lines: so many stand further apart where space parts the rows
_NEARLY_ALL = 0.8
_HARDLY_ANY = 20  # one of so many
_OVERLAP = 0.1  # heights
_LONGEST_HEADING = 20

_NOTHING = Run("", 0, 0, 0, 0)

Span = tuple[float, float]
Cells = dict[int, Run]  # the words of a line in each of its columns
Places = tuple[tuple[Place, ...], ...]


def aligned(
    found: Sequence[Line],
    glyphs: Iterable[Glyph],
    rules: Sequence[Rule],
    before: Grid | None = None,
) -> list[Grid]:
    """The tables among the lines of a page that are not in a ruled one.

    At the head of the page the last one of the page before may go on without its headings.
    """
    heads = [n for n in found if _names_column(n)]
    if not heads and not (before and found):
        return []
    top = (found if before else heads)[0].top - found[0].size
    words = lines([g for g in glyphs if g.top >= top], found[0].page, _WORD_GAP)
    grids: list[Grid] = []
    for at, line in enumerate(words):
        if grids and line.top < grids[-1].ys[-1]:
            continue
        grid = None
        if _names_column(line):
            grid = _grid(words[at - _reach(words, at) :], rules)
        if not grid and before and not grids and at < _HEAD_LINES:
            grid = _grid(words[at:], rules, before)
        grids += [grid] if grid else []
    return grids


def _reach(words: Sequence[Line], at: int) -> int:
    """How many lines above one are so close that they begin a heading that stands beside it."""
    above = next((n for n in range(at, 0, -1) if words[n - 1].bottom <= words[n].top), 0)
    return at - above


def _names_column(line: Line) -> bool:
    return any(_is_heading(r.text) for r in line.runs)


def _is_heading(text: str) -> bool:
    folded = fold("".join(text.split()))
    return len(folded) <= _LONGEST_HEADING and any(
        rule.regex.fullmatch(folded) for rule in patterns("table", "column")
    )


def _grid(below: Sequence[Line], rules: Sequence[Rule], before: Grid | None = None) -> Grid | None:
    """The table whose first line is the first of some lines; None where there is none.

    It has headings, or the columns of the one before.
    """
    block = _block(below)
    columns = _columns(block, block if before else block[1:])
    if len(columns) < _FEWEST:
        return None
    filled = [_filled(line, columns) for line in block]
    while len(filled[-1]) < 2 and len(filled) > 1 and not _is_close(filled):
        del block[-1], filled[-1]
    rows, merged = _merged_rows(block, filled, rules, is_headed=not before)
    if before:
        is_table = len(rows) > 1 and _begin_alike(columns, before.margins)
    else:
        is_table = len(rows) >= _FEWEST and _is_headed(rows[0], columns)
    if not is_table:
        return None
    xs = [columns[0][0] - 1, *((a[1] + b[0]) / 2 for a, b in pairwise(columns))]
    xs.append(columns[-1][1] + block[0].size / 2)
    margins = tuple((span[0], x) for span, x in zip(columns, xs[1:], strict=True))
    places = _places(len(rows), len(columns), merged)
    return Grid(tuple(xs), _edges(block, rows), places, margins=margins)


def _edges(block: Sequence[Line], rows: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """Where each row begins, and where the last one ends."""
    inner = ((_foot(a) + b[0].top) / 2 for a, b in pairwise(rows))
    return (block[0].top - 1, *inner, _foot(block) + 1)


def _places(rows: int, columns: int, merged: Mapping[int, Sequence[range]]) -> Places:
    found = [[Place(row, column, 1, 1) for column in range(columns)] for row in range(rows)]
    for column, spans in merged.items():
        for span in spans:
            for row in span:
                found[row][column] = Place(span.start, column, len(span), 1)
    return tuple(map(tuple, found))


def _begin_alike(columns: Sequence[Span], others: Sequence[Span]) -> bool:
    return len(columns) == len(others) and all(
        abs(a[0] - b[0]) < _SAME_COLUMN for a, b in zip(columns, others, strict=True)
    )


def _is_headed(row: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether a row holds two headings at least, and as many as other words."""
    runs = [r for line in row for r in line.runs]
    texts = ["".join(r.text for r in runs if a <= r.left <= b) for a, b in columns]
    known = sum(map(_is_heading, texts))
    return known > 1 and known * 2 >= sum(map(bool, texts))


# -- columns --------------------------------------------------------------------------------


def _block(below: Sequence[Line]) -> list[Line]:
    """The lines down to the first that stands far away, is set larger or crosses the columns."""
    block = [below[0]]
    cover = _spans(below[0])
    for line in below[1:]:
        apart = line.top - _foot(block)
        sizes = sorted((line.size, block[0].size))
        wider = _merged([*cover, *_spans(line)])
        if apart > _FAR * block[0].size or sizes[1] > _OTHER_SIZE * sizes[0]:
            break
        if len(wider) < _FEWEST or _crosses(line, block, cover):
            break
        cover = wider
        block.append(line)
    return block


def _crosses(line: Line, block: Sequence[Line], cover: Sequence[Span]) -> bool:
    """Whether a line closes a gap with words on both sides of it in two rows below the headings."""
    parted = [
        (a[1], b[0])
        for a, b in pairwise(cover)
        if min(sum(_touches(n, side) for n in block[1:]) for side in (a, b)) > 1
    ]
    spans = _spans(line)
    return any(left <= a and b <= right for a, b in parted for left, right in spans)


def _touches(line: Line, span: Span) -> bool:
    return any(a < span[1] and span[0] < b for a, b in _spans(line))


def _spans(line: Line) -> list[Span]:
    return [(r.left, r.right) for r in line.runs]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans with those put together that no corridor parts."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < _CORRIDOR:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _columns(block: Sequence[Line], body: Sequence[Line]) -> list[Span]:
    """Where the columns are; what hardly a line below the headings fills belongs to others."""
    found: list[Span] = []
    for span in _merged(s for line in block for s in _spans(line)):
        if found and sum(_touches(line, span) for line in body) < 2:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
    return found


def _filled(line: Line, columns: Sequence[Span]) -> Cells:
    found: Cells = {}
    for n, (left, right) in enumerate(columns):
        runs = [r for r in line.runs if r.left < right and left < r.right]
        if runs:
            foot = max(r.bottom for r in runs)
            text = "".join(r.text for r in runs)
            found[n] = Run(text, runs[0].left, runs[0].top, runs[-1].right, foot)
    return found


# -- rows -----------------------------------------------------------------------------------


def _merged_rows(
    block: Sequence[Line], filled: Sequence[Cells], rules: Sequence[Rule], *, is_headed: bool
) -> tuple[list[list[Line]], dict[int, list[range]]]:
    """The lines of each row, and the rows that merged cells of the first columns stand beside."""
    near = _CLOSE * _closest(_steps(filled))
    hidden = set(sparse(filled, near))
    rows = _rows(*_without(hidden, block, filled), rules)
    ys, tops = _edges(block, rows), [row[0].top for row in rows]
    merged = {}
    for column in hidden:
        found = areas(groups(filled, column, near), ys, tops, is_headed=is_headed)
        if found is None:
            return _rows(block, filled, rules), {}
        merged[column] = found
    return rows, merged


def _without(
    hidden: Container[int], block: Sequence[Line], filled: Sequence[Cells]
) -> tuple[list[Line], list[Cells]]:
    """The lines without the words of some columns."""
    kept = [{c: run for c, run in cells.items() if c not in hidden} for cells in filled]
    lines = [replace(n, runs=tuple(k.values())) for n, k in zip(block, kept, strict=True) if k]
    return lines, [cells for cells in kept if cells]


def _rows(
    block: Sequence[Line], filled: Sequence[Cells], rules: Sequence[Rule]
) -> list[list[Line]]:
    """The lines of each row: between rules where rows have them, else by distance."""
    parts = [r.top for r in rules if r.is_level and block[0].bottom <= r.top <= block[-1].top]
    begins = _by_rules(block, parts) if len(set(map(round, parts))) > 1 else None
    if begins is None:
        begins = _by_numbers(block, filled) or _by_distance(block, filled)
    rows: list[list[Line]] = []
    for line, is_new in zip(block, begins, strict=True):
        if is_new:
            rows.append([])
        rows[-1].append(line)
    return rows


def _by_rules(block: Sequence[Line], parts: Sequence[float]) -> list[bool]:
    middles = [(n.top + n.bottom) / 2 for n in block]
    return [True, *(any(a <= y < b for y in parts) for a, b in pairwise(middles))]


def _by_numbers(block: Sequence[Line], filled: Sequence[Cells]) -> list[bool] | None:
    """Whether each line begins a row: with a number, where nearly all rows are full beside it.

    Space above other lines shows that the number stands in the middle of its row.
    """
    whole = len(set().union(*filled))
    steps = _steps(filled)
    far = _CLOSE * _closest(steps)
    for column in range(2):
        numbered = [cells.get(column, _NOTHING).text.isdigit() for cells in filled]
        first = numbered.index(True) if any(numbered) else len(block)
        rest = zip(filled[first:], steps[first:], numbered[first:], strict=True)
        others = any((column in cells or s > far) and not is_it for cells, s, is_it in rest)
        full = [len(c) > whole - 2 for c, is_it in zip(filled, numbered, strict=True) if is_it]
        if not others and len(full) > _FEWEST - 2 and sum(full) >= _NEARLY_ALL * len(full):
            apart = [step > far for step in steps[:first]]  # the rest of a row of the page before
            return [True, *apart[1:], *numbered[max(first, 1) :]]
    return None


def _by_distance(block: Sequence[Line], filled: Sequence[Cells]) -> list[bool]:
    """Whether each line begins a row.

    Where space parts the rows, lines as close as those of one cell are in one row. Else a row
    begins with each line that has words in the first column or in half of the columns.
    """
    steps = _steps(filled)
    closest = _closest(steps)
    is_spaced = sum(s > _CLOSE * closest for s in steps[1:]) >= _APART * len(steps)
    whole = len(set().union(*filled))
    begins = [True]
    foot, has_first = block[0].bottom, 0 in filled[0]
    for line, cells, step in list(zip(block, filled, steps, strict=True))[1:]:
        if line.top < foot - _OVERLAP * line.size:
            is_new = False
        elif is_spaced:
            is_new = step > _CLOSE * closest or (len(cells) == whole and has_first)
        else:
            is_new = 0 in cells or len(cells) * 2 >= whole
        begins.append(is_new)
        foot = line.bottom if is_new else max(foot, line.bottom)
        has_first = 0 in cells or (has_first and not is_new)
    return begins


def _steps(filled: Sequence[Cells]) -> list[float]:
    """How far the words of each line stand below those before them in one of their columns."""
    last = dict(filled[0])
    steps = [0.0]
    for cells in filled[1:]:
        below = (run.bottom - last[c].bottom for c, run in cells.items() if c in last)
        steps.append(min(below, default=0.0))
        last |= cells
    return steps


def _is_close(filled: Sequence[Cells]) -> bool:
    """Whether the last line is as close to the one before as lines of one cell."""
    steps = _steps(filled)
    return steps[-1] <= _CLOSE * _closest(steps)


def _closest(steps: Sequence[float]) -> float:
    """The distance of the lines of one cell, if some cell has several; figures may stand lower."""
    found = sorted(s for s in steps if s)
    return found[len(found) // _HARDLY_ANY] if found else 0.0


def _foot(row: Sequence[Line]) -> float:
    return max(n.bottom for n in row)
