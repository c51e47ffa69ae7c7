"""The place of headings without a number among the numbered ones, and of 任务一 among (一)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg_build.families import Marker, patterns
from kg_build.structure.paragraphs import Kind, Paragraph

__all__ = ["headed", "nested"]

_PLAIN = re.compile(r"[^:;,。!?%()0-9]{3,30}")
_DASHES = re.compile("--?")
_CHAPTER_LEVEL = 40
_ABOVE = 5  # how far a heading without a number stands above the list it opens
_DEEPEST = 3  # headings that may follow one another
_LONGEST_CHAPTER_NAME = 14
_FEWEST = 2
_FAR = 50  # paragraphs of one item
_MAY_NEST = {"named", "chinese_bracketed"}
_ABREAST = 50  # the level of styles either of which may stand above the other
_BELOW = 5  # how far the other then stands below


def headed(pieces: list[Paragraph]) -> list[Paragraph]:
    """The pieces with a marker for headings that have no number, of their dashes at most.

    Such a heading is a short line that opens a numbered list or stands over one that does, or it
    names a chapter in a text whose chapters are not numbered. A single one is a line like others.
    """
    opening = _opening(pieces)
    has_chapters = any(p.marker and p.marker.level <= _CHAPTER_LEVEL for p in pieces)
    levels = _levels(opening) if has_chapters else _chapter_levels(pieces, opening)
    if len(levels) < _FEWEST:
        return pieces
    found = list(pieces)
    order: dict[int, int] = {}
    for n, level in sorted(levels.items()):
        order[level] = order.get(level, 0) + 1
        dashes = _DASHES.match(pieces[n].view.text)
        length = dashes.end() if dashes else 0
        found[n] = replace(pieces[n], marker=Marker("unnumbered", level, order[level], length))
    return found


def _opening(pieces: Sequence[Paragraph]) -> dict[int, tuple[Marker, int]]:
    """The plain lines that open a list: its first number, and how many headings stand between."""
    found: dict[int, tuple[Marker, int]] = {}
    for n in range(len(pieces) - 2, -1, -1):
        number = pieces[n + 1].marker
        if not _is_plain(pieces[n]):
            continue
        if n + 1 in found and found[n + 1][1] < _DEEPEST:
            found[n] = found[n + 1][0], found[n + 1][1] + 1
        elif number and number.level > _CHAPTER_LEVEL and _may_open(pieces, n, number):
            found[n] = number, 0
    return found


def _is_plain(piece: Paragraph) -> bool:
    is_line = piece.kind is Kind.TITLE_LINE and piece.marker is None
    return is_line and _PLAIN.fullmatch(piece.view.text) is not None


def _may_open(pieces: Sequence[Paragraph], n: int, number: Marker) -> bool:
    """Whether a list may begin or go on below a heading: from 1, or with a later number."""
    before = next((p.marker for p in reversed(pieces[max(0, n - _FAR) : n]) if p.marker), None)
    if number.value == 1 or (before is None and pieces[n].view.text.startswith("--")):
        return True
    return before is not None and before.style == number.style and number.value > before.value


def _levels(opening: dict[int, tuple[Marker, int]]) -> dict[int, int]:
    return {n: number.level - _ABOVE - depth for n, (number, depth) in opening.items()}


def _chapter_levels(
    pieces: Sequence[Paragraph], opening: dict[int, tuple[Marker, int]]
) -> dict[int, int]:
    """Levels where no chapter is numbered: lines that name a chapter stand at the top."""
    most = max((depth for _, depth in opening.values()), default=0)
    levels = {n: _CHAPTER_LEVEL + most - depth for n, (_, depth) in opening.items()}
    named = (n for n, p in enumerate(pieces) if _is_plain(p) and _names_chapter(p.view.text))
    return levels | dict.fromkeys(named, _CHAPTER_LEVEL)


def _names_chapter(text: str) -> bool:
    rules = patterns("official_document", "chapter")
    return len(text) <= _LONGEST_CHAPTER_NAME and any(r.regex.search(text) for r in rules)


def nested(pieces: Sequence[Paragraph]) -> list[Paragraph]:
    """The pieces; of 行动一 and (一) in one chapter, those stand below that begin below the other.

    They do where they count from 1 there, or go on from those that do.
    """
    found = list(pieces)
    first, expected = "", 1
    for n, piece in enumerate(pieces):
        number = piece.marker
        if number and number.level < _ABREAST:
            first = ""
        if number is None or number.level != _ABREAST or number.style not in _MAY_NEST:
            continue
        first = first or number.style
        if number.style != first and number.value in {1, expected}:
            found[n] = replace(piece, marker=replace(number, level=_ABREAST + _BELOW))
            expected = number.value + 1
    return found
