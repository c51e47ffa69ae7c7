"""Ruled tables: lines that touch make a grid, and missing lines make merged cells."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg_build.readers.pdf.drawing import Rule

__all__ = ["Grid", "Place", "grids"]

_TOUCH = 5.0  # points: also the two lines of a double one, and of cells with a gap between
_OPEN = 6.0  # points by which lines between columns run on over the last one between rows
_MORE_THAN_SIDES = 3
_MOST_RULES = 3000  # of one page; more are a drawing
_MOST_CELLS = 20_000
_FEWEST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands in its table and how far it reaches."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: `xs` between columns, `ys` between rows; `places[row][column]`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[tuple[Place, ...], ...]
    margins: tuple[tuple[float, float], ...] = ()  # of the columns, where no lines stand there

    def place(self, x: float, y: float) -> Place | None:
        """The cell around a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.places[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def sides(self, place: Place) -> tuple[float, float]:
        """The left and the right side of a cell."""
        if self.margins:
            return self.margins[place.column]
        return self.xs[place.column], self.xs[place.column + place.column_span]


def grids(rules: Sequence[Rule]) -> tuple[Grid, ...]:
    """The tables among the lines of a page, from top to bottom."""
    level = _whole([r for r in rules if r.is_level])
    upright = [_flipped(r) for r in _whole([_flipped(r) for r in rules if not r.is_level])]
    if len(level) + len(upright) > _MOST_RULES:
        return ()
    found = [_grid(*part) for part in _connected(level, upright)]
    return tuple(sorted((g for g in found if g), key=lambda g: g.ys[0]))


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)


def _whole(level: Iterable[Rule]) -> list[Rule]:
    """Level lines with their pieces put together."""
    rows = dict.fromkeys(_clusters(r.top for r in level))
    heights = sorted(rows)
    grouped: dict[float, list[Rule]] = {h: [] for h in heights}
    for rule in level:
        grouped[heights[max(0, bisect_right(heights, rule.top + _TOUCH) - 1)]].append(rule)
    whole: list[Rule] = []
    for height in heights:
        begin = len(whole)
        for rule in sorted(grouped[height]):
            if len(whole) > begin and rule.left <= whole[-1].right + _TOUCH:
                right = max(whole[-1].right, rule.right)
                whole[-1] = Rule(whole[-1].left, height, right, height)
            else:
                whole.append(Rule(rule.left, height, rule.right, height))
    return whole


def _clusters(values: Iterable[float]) -> list[float]:
    """Values that differ, those close together taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return found


def _connected(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright lines in groups that touch one another."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    left_level, left_upright = list(level), list(upright)
    while left_level:
        group: tuple[list[Rule], list[Rule]] = ([left_level.pop()], [])
        todo = list(group[0])
        while todo:
            rule = todo.pop()
            others, side = (left_upright, 1) if rule.is_level else (left_level, 0)
            touching = [o for o in others if _touch(rule, o)]
            others[:] = [o for o in others if not _touch(rule, o)]
            group[side].extend(touching)
            todo += touching
        groups.append(group)
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _TOUCH
        and b.left <= a.right + _TOUCH
        and a.top <= b.bottom + _TOUCH
        and b.top <= a.bottom + _TOUCH
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """The grid that lines make; None where they frame, underline or draw something else.

    Sides may be open: the outermost lines always bound the table.
    """
    if not upright:
        return None
    sides = [min(r.left for r in level), max(r.right for r in level)]
    xs = _clusters([*(r.left for r in upright), *sides])
    inner = _clusters(r.top for r in level)
    ys = [*_run_on(inner, upright, -1), *inner, *_run_on(inner, upright, 1)]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or not _FEWEST_CELLS <= rows * columns <= _MOST_CELLS:
        return None
    places = _places(xs, ys, level, upright)
    if len({p for row in places for p in row}) < _FEWEST_CELLS:
        return None
    return Grid(tuple(xs), tuple(ys), places)


def _run_on(ys: Sequence[float], upright: Sequence[Rule], way: int) -> list[float]:
    """Where an open row ends (`way` 1) or begins (-1): at the edge of a page a line is missing.

    A frame around the whole table that runs on alone makes no row.
    """
    end = way * ys[-1 if way > 0 else 0]
    beyond = [r for r in upright if way * (r.bottom if way > 0 else r.top) > end + _OPEN]
    enough = min(_MORE_THAN_SIDES, len(_clusters(r.left for r in upright)))
    if len(_clusters(r.left for r in beyond)) < enough:
        return []
    return [max(r.bottom for r in beyond) if way > 0 else min(r.top for r in beyond)]


def _places(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[tuple[Place, ...], ...]:
    """The cell at each row and column: neighbours without a line between them are one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = list(range(rows * columns))

    def root(n: int) -> int:
        while owner[n] != n:
            owner[n] = owner[owner[n]]
            n = owner[n]
        return n

    beside, below = _walls(xs, ys, upright), _walls(ys, xs, [_flipped(r) for r in level])
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and (column + 1, row) not in beside:
                owner[root(here + 1)] = root(here)
            if row + 1 < rows and (row + 1, column) not in below:
                owner[root(here + columns)] = root(here)
    members: dict[int, list[tuple[int, int]]] = {}
    for n in range(rows * columns):
        members.setdefault(root(n), []).append(divmod(n, columns))
    extents = {r: _extent(cells) for r, cells in members.items()}
    return tuple(
        tuple(extents[root(row * columns + column)] for column in range(columns))
        for row in range(rows)
    )


def _walls(
    positions: Sequence[float], marks: Sequence[float], upright: Iterable[Rule]
) -> set[tuple[int, int]]:
    """Which lines stand where: (position, interval of `marks` whose middle is covered)."""
    found = set()
    for rule in upright:
        near = min(range(len(positions)), key=lambda n: abs(positions[n] - rule.left))
        for interval in range(len(marks) - 1):
            if rule.top <= (marks[interval] + marks[interval + 1]) / 2 <= rule.bottom:
                found.add((near, interval))
    return found


def _extent(cells: Sequence[tuple[int, int]]) -> Place:
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    return Place(
        min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    )
