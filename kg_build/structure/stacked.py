"""Task tables with one cell a line, the headings one below the other, and so each row's cells.

A row begins with its number. Where a cell takes several lines, or is left out because it is
merged with the one above, what the lines look like says which columns they belong to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg_build.families import marker
from kg_build.model import Span
from kg_build.structure.alignment import columns_of
from kg_build.structure.columns import UNITS, are_tasks, lists_units, meaning
from kg_build.structure.lines import Cells, Lines, TextTable, taken
from kg_build.structure.looks import letter, row_form
from kg_build.structure.merged import merged_rows

__all__ = ["stacked"]

_PLAIN = re.compile("[^0-9,。;:、]{4,30}")
_IN_BRACKETS = re.compile(r"\([^()]{1,24}\)$")
_MOST_COLUMNS = 16
_LONGEST_HEADING = 12
_LONGEST_SECTION = 30
_LONGEST_ROW = 24  # lines
_LONGEST_NUMBER = 3


def stacked(source: Lines, at: int) -> TextTable | None:
    """The table whose headings begin at a line.

    Where empty lines part the headings, they part the cells too, and a cell may have more lines.
    """
    if meaning(source.whole(at)) is None:
        return None
    if headings := _parted_headings(source.parted(at, _MOST_COLUMNS)):
        return _Stack(source.parted(at), headings).table(0)
    headings = _headings(source, at)
    return _Stack(source, headings).table(at) if headings else None


def _is_long(word: str) -> bool:
    """Whether a line is too long for a heading, a bracket behind it left out."""
    return len(_IN_BRACKETS.sub("", word)) > _LONGEST_HEADING


def _parted_headings(source: Lines) -> tuple[str, ...]:
    """The headings before the first number, some of which may be unknown."""
    words = [source.whole(n) for n in range(_MOST_COLUMNS)]
    count = next((n for n, w in enumerate(words) if w == "1" or _is_long(w)), 0)
    known = [w for w in words[:count] if meaning(w)]
    is_numbered = meaning(words[0]) == "number" and words[count] == "1"
    is_known = is_numbered and len(known) * 2 > count and are_tasks(known)
    return tuple(words[:count]) if is_known else ()


def _headings(source: Lines, at: int) -> tuple[str, ...]:
    found: list[str] = []
    for n in range(at, at + _MOST_COLUMNS):
        word = source.whole(n)
        if _is_long(word) or meaning(word) is None:
            break
        found.append(word)
    return tuple(found) if are_tasks(found) else ()


@dataclass(frozen=True, slots=True)
class _Stack:
    source: Lines
    headings: tuple[str, ...]

    def table(self, at: int) -> TextTable:
        start = at + len(self.headings)
        rows: list[Cells] = [tuple(self.source.cell(n) for n in range(at, start))]
        for row, end in self._rows(start):
            rows.append(row)
            start = end
        return TextTable(tuple(rows), taken(self.source.lines[at:start]))

    def _rows(self, start: int) -> Iterator[tuple[Cells, int]]:
        """The rows as far as they fit, each with where it ends."""
        if meaning(self.headings[0]) == "number":
            yield from self._numbered(start)
        else:
            yield from merged_rows(self.source, self._columns, start) or self._equal(start)

    # -- rows that begin with the next number -----------------------------------------------

    def _numbered(self, start: int) -> Iterator[tuple[Cells, int]]:
        number, longest = 0, len(self.headings)
        while start < len(self.source.lines):
            found: tuple[Cells, int] | None = None
            if self._is_heading(start):
                start += len(self.headings)
                continue
            if self._is_section(start, number):
                number = number if self._follows(start + 1, number) else 0
                found = (self.source.cell(start),), start + 1
            elif self._follows(start, number):
                number = int(self.source.whole(start))
                end = self._end(start, number)
                found = self._row(start, end) if end else self._last(start, longest)
            if found is None:
                return
            longest = max(longest, found[1] - start)
            start = found[1]
            yield found

    def _follows(self, at: int, number: int) -> bool:
        """Whether a line is the number behind another; any may be the first."""
        word = self.source.whole(at)
        if number:
            return word == str(number + 1)
        return word.isdecimal() and len(word) <= _LONGEST_NUMBER

    def _is_section(self, at: int, number: int) -> bool:
        """Whether a heading goes across the table before the next number, or before a first."""
        word = self.source.whole(at)
        found = marker(word) if len(word) <= _LONGEST_SECTION else None
        is_heading = found is not None and found.style.startswith("chinese")
        is_heading = is_heading or (not number and _PLAIN.fullmatch(word) is not None)
        return is_heading and (self._follows(at + 1, number) or self.source.whole(at + 1) == "1")

    def _end(self, start: int, number: int) -> int | None:
        """Where the next row begins, or the heading above it."""
        ends = range(start + 2, start + _LONGEST_ROW)
        return next((e for e in ends if self._begins(e, number)), None)

    def _begins(self, at: int, number: int) -> bool:
        return self._follows(at, number) or self._is_section(at, number) or self._is_heading(at)

    def _is_heading(self, at: int) -> bool:
        """Whether the headings stand again, as on a new page."""
        words = (self.source.whole(n) for n in range(at, at + len(self.headings)))
        return all(map(str.__eq__, words, self.headings))

    def _row(self, start: int, end: int) -> tuple[Cells, int] | None:
        """A row whose end is known: by its looks, as short as the headings, or looks in turn."""
        letters = self._letters(range(start + 1, end))
        columns = self._columns
        if found := row_form(columns).fullmatch(letters):
            return self._cells(start, [found]), end
        if end - start <= len(columns):
            return self._placed(start, end), end
        cycles = list(row_form(columns).finditer(letters)) if "u" in letters else []
        is_whole = sum(len(c[0]) for c in cycles) == len(letters)
        return (self._cells(start, cycles), end) if is_whole else None

    def _last(self, start: int, longest: int) -> tuple[Cells, int] | None:
        """The last row, no longer than the longest: its end is not known but by its looks."""
        end = min(start + longest, len(self.source.lines))
        letters = self._letters(range(start + 1, end))
        found = row_form(self._columns, is_last=True).match(letters)
        if found and self._is_whole(letters, found.end()):
            return self._cells(start, [found]), start + 1 + found.end()
        end = start + len(self.headings)
        return (self._placed(start, end), end) if self._fits(start, end) else None

    def _is_whole(self, letters: str, end: int) -> bool:
        """Whether the last row ends there: what follows it may be text, or who signs."""
        signed = "u" if self._columns[-1] in UNITS else ""
        is_clear = end == len(letters) or letters[end] in f"tx{signed}"
        return is_clear and ("u" in letters[:end] or end == len(letters))

    # -- what the lines of a row look like --------------------------------------------------

    @property
    def _columns(self) -> tuple[str, ...]:
        return tuple(meaning(h) or "" for h in self.headings)

    def _letters(self, lines: range) -> str:
        """A letter for each line: unit, deadline, text, or text that goes on from an open line."""
        words = [self.source.whole(n) for n in lines]
        above = ["", *words]
        return "".join(letter(w, over) for w, over in zip(words, above, strict=False))

    def _cells(self, start: int, found: Sequence[re.Match[str]]) -> Cells:
        """The cells of a row: its number, and the lines of each column."""
        row: list[tuple[Span, ...]] = [self.source.cell(start)]
        for column in range(1, len(self.headings)):
            lines = [start + 1 + n for match in found for n in range(*match.span(column))]
            row.append(tuple(span for n in lines for span in self.source.cell(n)))
        return tuple(row)

    # -- rows with a cell for each heading --------------------------------------------------

    def _equal(self, start: int) -> Iterator[tuple[Cells, int]]:
        """Rows as long as the headings, while units stand where they should."""
        end = start + len(self.headings)
        while UNITS & set(self._columns) and self._fits(start, end):
            if marker(self.source.whole(start)):
                return
            yield self._placed(start, end), end
            start, end = end, end + len(self.headings)

    def _fits(self, start: int, end: int) -> bool:
        if end > len(self.source.lines):
            return False
        looks = {n: lists_units(self.source.whole(start + n)) for n in range(end - start)}
        units = [n for n, name in enumerate(self._columns) if name in UNITS]
        dates = [n for n, name in enumerate(self._columns) if name == "deadline"]
        return all(looks[n] for n in units) and not any(looks[n] for n in dates)

    def _placed(self, start: int, end: int) -> Cells:
        row: list[tuple[Span, ...]] = [()] * len(self.headings)
        texts = [self.source.whole(n) for n in range(start, end)]
        for n, column in enumerate(columns_of(texts, self.headings)):
            row[column] = self.source.cell(start + n)
        return tuple(row)
