"""The headings of a table's columns in lines: one below the other, some of several lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg_build.families import marker
from kg_build.structure.columns import TASKS, meaning
from kg_build.structure.lines import Lines
from kg_build.structure.looks import look, row_number

__all__ = [
    "FEWEST",
    "Headings",
    "are_clear",
    "begin",
    "heading",
    "readings",
    "repeated",
    "words_of",
]

#: headings that leave no doubt
FEWEST = 3
_IN_BRACKETS = re.compile(r"\([^()]{1,24}\)$")
_MOST_COLUMNS = 16
_MOST_PIECES = 3  # of a heading
_LONGEST_HEADING = 12
_FEWEST_CLEAR = 2
#: what may as well head the chapters of a text: 工作目标, 重点任务, 实施步骤
_OF_CHAPTERS = frozenset({"domain", "goal", "progress", "result", "indicator", *TASKS})

#: the lines of each heading
Headings = tuple[tuple[int, ...], ...]


def begin(source: Lines, at: int) -> bool:
    """Whether a known heading begins at a line."""
    return any(heading(source, at, size) for size in range(1, _MOST_PIECES + 1))


def readings(source: Lines, at: int) -> tuple[Headings, ...]:
    """All ways to read the headings that begin at a line.

    Two lines that are known alone are one heading only where others have several lines too.
    """
    ways = [*_found(source, at, is_wide=False)]
    if any(repeated(source, way) or max(map(len, way)) > 1 for way in ways):
        ways += _found(source, at, is_wide=True)
    return tuple(dict.fromkeys(ways))


def are_clear(names: Sequence[str]) -> bool:
    """Whether headings are beyond doubt those of a table, without a look at its rows."""
    only_here = [known for name in names if (known := meaning(name)) not in _OF_CHAPTERS and known]
    return len(names) >= FEWEST and len(only_here) >= _FEWEST_CLEAR


def repeated(source: Lines, headings: Headings) -> int:
    """How many headings say what another one says."""
    return len(headings) - len({words_of(source, lines) for lines in headings})


def words_of(source: Lines, lines: Sequence[int]) -> str:
    """What a heading of some lines says."""
    return "".join(map(source.whole, lines))


def _found(source: Lines, at: int, *, is_wide: bool) -> Iterator[Headings]:
    """Those before the first row's number, some of which may be unknown; or those all known."""
    sizes = range(_MOST_PIECES, 0, -1) if is_wide else range(1, _MOST_PIECES + 1)
    found: list[tuple[int, ...]] = []
    while len(found) < _MOST_COLUMNS:
        known = next((h for size in sizes if (h := heading(source, at, size))), None)
        if known is None and (not found or not _may_be_heading(source, at)):
            break
        found.append(known or (at,))
        at = found[-1][-1] + 1
    names = [meaning(words_of(source, lines)) for lines in found]
    count = sum(name is not None for name in names)
    if names[:1] == ["number"] and _begins(source, at) and count * 2 > len(names):
        yield tuple(found)
    known_ones = len([*takewhile(lambda name: name is not None, names)])
    if known_ones >= FEWEST:
        yield tuple(found[:known_ones])


def _begins(source: Lines, at: int) -> bool:
    """Whether the first row's number stands there, or below a heading across the table."""
    above = source.whole(at)
    is_first = row_number(above) is not None
    return is_first or (marker(above) is not None and source.whole(at + 1) == "1")


def heading(source: Lines, at: int, size: int) -> tuple[int, ...] | None:
    """So many lines, if they are a known heading."""
    lines = tuple(range(at, at + size))
    word = words_of(source, lines)
    is_known = not _is_long(word) and meaning(word) is not None
    return lines if is_known and all(_may_be_heading(source, n) for n in lines) else None


def _may_be_heading(source: Lines, at: int) -> bool:
    word = source.whole(at)
    is_number = row_number(word) is not None or marker(word) is not None
    return len(word) > 0 and not (is_number or _is_long(word) or look(word) == "nothing")


def _is_long(word: str) -> bool:
    """Whether a line is too long for a heading, a bracket behind it left out."""
    return len(_IN_BRACKETS.sub("", word)) > _LONGEST_HEADING
