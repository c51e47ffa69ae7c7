"""Indicator tables in the text layer of a page: rows found by 约束性 or 预期性.

Such a text has a table's rows as lines, a space between the cells. Where a cell takes two
lines, one stands above and one below the line that holds the others. A row whose name
cannot be told apart from its neighbours' has none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.model import Block, BlockKind, Span
from kg_build.structure.columns import meaning
from kg_build.structure.lines import Line, TextTable, folded, lines_of, taken
from kg_build.structure.looks import is_attribute, measures

__all__ = ["anchored_tables"]

_SIGNS = ("约束性", "预期性")
_FEWEST = 3
_SHORT = 5
_NEAR = 6  # lines between two rows, and of headings
_AMOUNTS = frozenset({"year", "value", "baseline", "change", "growth", "goal"})
_NAMES = {"indicator": r"指\s*标", "unit": r"单\s*位", "attribute": r"属\s*性"}
_NUMBER = re.compile(r"[0-9]{1,3}")
_AMOUNT = re.compile(r"[-/—]|[<>≤≥\[〔约]?[0-9][0-9.,]{0,11}%?(?:左右|以上|以下|以内)?[\]〕]?")


@dataclass(slots=True)
class _Row:
    """A row's cells as far as its own line has them, and where that line stands."""

    at: int
    number: tuple[Span, ...]
    name: tuple[Span, ...]
    unit: tuple[Span, ...]
    attribute: Span
    before: list[tuple[Span, ...]]
    after: list[tuple[Span, ...]]


def anchored_tables(text: str, blocks: Sequence[Block]) -> Iterator[TextTable]:
    """The indicator tables in the lines of a text."""
    if not any(sign in text for sign in _SIGNS):
        return
    lines = lines_of(text, blocks, {BlockKind.PARAGRAPH})
    rows = [row for n, line in enumerate(lines) if (row := _row(text, n, line))]
    for group in _groups(rows):
        found = _Reader(text, lines, group).table() if len(group) >= _FEWEST else None
        if found is not None:
            yield found


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in rows:
        if group and row.at - group[-1].at > _NEAR:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _row(text: str, at: int, line: Line) -> _Row | None:
    """A line as a row: number, name, unit, values, attribute, values."""
    words = [folded(text, p) for p in line.pieces]
    mark = next((n for n, w in enumerate(words) if is_attribute(w)), None)
    if mark is None:
        return None
    left = list(line.pieces[:mark])
    number = (left.pop(0),) if left and _NUMBER.fullmatch(words[0]) else ()
    before: list[tuple[Span, ...]] = []
    while left and _AMOUNT.fullmatch(folded(text, left[-1])) and len(left) > 1:
        before.insert(0, (left.pop(),))
    unit = (left.pop(),) if left and _is_unit(folded(text, left[-1]), len(left) > 1) else ()
    name = (Span(left[0].start, left[-1].end),) if left else ()
    after: list[tuple[Span, ...]] = [(p,) for p in line.pieces[mark + 1 :]]
    return _Row(at, number, name, unit, line.pieces[mark], before, after)


def _is_unit(word: str, is_after_name: bool) -> bool:
    """Whether a word is a unit of measurement, or stands where one does and is as short."""
    return bool(measures().fullmatch(word)) or (is_after_name and len(word) <= _SHORT)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    lines: Sequence[Line]
    rows: Sequence[_Row]

    def table(self) -> TextTable | None:
        """The table; None where its headings do not fit its rows."""
        first = self.rows[0].at
        above = self.lines[max(0, first - _NEAR) : first]
        start = next((n for n, line in enumerate(above) if self._is_head(above[n:])), None)
        if start is None:
            return None
        head = above[start:]
        amounts = [p for line in head for p in line.pieces if self._amount(p)]
        is_before = any(row.before for row in self.rows)
        width = len(amounts)
        if not width or any(len(r.before or r.after) > width for r in self.rows):
            return None
        headings = self._headings(head, amounts, is_before=is_before)
        cells = [headings]
        used = list(head)
        for row, extra in self._rows():
            values = (*(row.before or row.after), *[()] * width)[:width]
            beside = ((row.attribute,),)
            tail = (*values, *beside) if is_before else (*beside, *values)
            cells.append((row.number, row.name, row.unit, *tail))
            used += [self.lines[row.at], *extra]
        return TextTable(tuple(cells), taken(used)) if len(cells) > _FEWEST else None

    def _is_head(self, head: Sequence[Line]) -> bool:
        """Whether some lines begin with headings and hold all that a table needs."""
        if not head or not any(c in folded(self.text, head[0].span) for c in "序指标目单"):
            return False
        whole = "".join(folded(self.text, line.span) for line in head)
        return all(re.search(name, whole) for name in _NAMES.values())

    def _amount(self, piece: Span) -> bool:
        return meaning(folded(self.text, piece)) in _AMOUNTS and "目标" not in folded(
            self.text, piece
        )

    def _headings(
        self, head: Sequence[Line], amounts: Sequence[Span], *, is_before: bool
    ) -> tuple[tuple[Span, ...], ...]:
        named = {}
        for name, pattern in _NAMES.items():
            for line in head:
                match = re.compile(pattern).search(self.text, line.span.start, line.span.end)
                if match and name not in named:
                    named[name] = Span(*match.span())
        values = [(a,) for a in amounts]
        beside = [(named["attribute"],)]
        tail = [*values, *beside] if is_before else [*beside, *values]
        return ((), (named["indicator"],), (named["unit"],), *tail)

    # -- cells of two lines -----------------------------------------------------------------

    def _rows(self) -> Iterator[tuple[_Row, tuple[Line, ...]]]:
        """The rows, each with the further lines that its cells take."""
        lacking = [bool(self._missing(row)) for row in self.rows]
        for n, row in enumerate(self.rows):
            above, below = self.lines[row.at - 1], self.lines[row.at + 1 : row.at + 2]
            is_clear = n > 0 and below and self._is_clear(n, lacking)
            is_filled = lacking[n] and is_clear and self._fill(row, above, below[0])
            yield row, (above, below[0]) if is_filled else ()

    def _is_clear(self, n: int, lacking: Sequence[bool]) -> bool:
        """Whether no other row may claim the line above, or the one below."""
        before, after = self.rows[n - 1], self.rows[n + 1] if n + 1 < len(self.rows) else None
        is_above = self.rows[n].at - before.at - 1 == 1 + lacking[n - 1]
        return is_above and (after is None or after.at - self.rows[n].at - 1 == 1 + lacking[n + 1])

    def _missing(self, row: _Row) -> list[str]:
        names = [] if row.name else ["name"]
        units = [] if row.unit else ["unit"]
        width = max(len(r.before or r.after) for r in self.rows)
        values = ["value"] * (width - len(row.before or row.after))
        return names + units + values

    def _fill(self, row: _Row, above: Line, below: Line) -> bool:
        """Puts the pieces of the lines above and below where the row has none."""
        missing = self._missing(row)
        if not len(above.pieces) == len(below.pieces) == len(missing):
            return False
        for name, one, other in zip(missing, above.pieces, below.pieces, strict=True):
            if name == "value":
                (row.before or row.after).append((one, other))
            else:
                setattr(row, name, (one, other))
        return True
