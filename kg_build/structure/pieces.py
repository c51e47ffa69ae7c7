"""Paragraphs to the pieces that an outline is made of.

Items that run on inside a paragraph are cut apart, numbers inside a box are its own, headings
without a number get a place among those that have one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg_build.families import Marker, marker, patterns
from kg_build.structure.paragraphs import Kind, Paragraph, is_title

__all__ = ["opened", "pieces_of"]

_RUN_IN_AFTER = "。;):"
_RUN_IN = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、]"
)
_LONGEST_MARKER = 12
_DEEPEST_RUN_IN = 60
_LONG_PARAGRAPH = 400
_FEW_PARAGRAPHS = 3  # a text on one line or two holds its items inside them
_TEXT = {Kind.TEXT, Kind.TITLE_LINE}

_BOX = re.compile(r"[(\[【]?专栏[0-9一二三四五六七八九十]{0,3}")
_PLAIN_HEADING = re.compile(r"[^:;,。!?%()0-9]{3,30}")
_CHAPTER_LEVEL = 40
_ABOVE = 5  # how far a heading without a number stands above the list it opens
_LONGEST_CHAPTER_NAME = 14
_FEWEST_HEADINGS = 2


def opened(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs; where a text has only a line or two, its title and items cut apart."""
    if sum(p.kind in _TEXT for p in paragraphs) > _FEW_PARAGRAPHS:
        return tuple(paragraphs)
    return tuple(piece for p in paragraphs for piece in (_titled(p) if p.kind in _TEXT else (p,)))


def _titled(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The pieces of a text on one line; what stands before its first item may be the title."""
    first, *rest = _run_in_items(paragraph)
    title, stop, body = first.view.text.partition("。")
    if first.marker or not is_title(title, anywhere=bool(body)):
        yield first
    else:
        at = len(title)
        yield replace(first, view=first.view[:at], kind=Kind.TITLE_LINE)
        if body:
            yield replace(first, view=first.view[at + len(stop) :], kind=Kind.TEXT)
    yield from rest


def pieces_of(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The pieces of running text, those that begin a section with their marker."""
    text = [p for p in paragraphs if p.kind in _TEXT]
    longest = _LONG_PARAGRAPH if len(text) > _FEW_PARAGRAPHS else 0
    cut = [piece for p in text for piece in _pieces(p, longest)]
    return _headed(list(_boxed(cut)))


# -- items that run on --------------------------------------------------------------------


def _pieces(paragraph: Paragraph, longest: int) -> Iterator[Paragraph]:
    """The paragraph, cut before numbered items that run on inside a very long one."""
    if len(paragraph.view) < longest:
        yield paragraph
    else:
        yield from _run_in_items(paragraph)


def _run_in_items(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The pieces of a paragraph that holds whole numbered items one after the other.

    An item begins with the next number of its style, or with 1 below a new higher item: after
    the end of a sentence or white space, or anywhere for a bracketed Chinese number, which
    headings run into.
    """
    cuts = [(0, paragraph.marker), *_run_in_cuts(paragraph)]
    for n, (start, number) in enumerate(cuts):
        stop = cuts[n + 1][0] if n + 1 < len(cuts) else len(paragraph.view)
        kind = paragraph.kind if n == 0 else Kind.TEXT
        yield replace(paragraph, view=paragraph.view[start:stop], kind=kind, marker=number)


def _run_in_cuts(paragraph: Paragraph) -> Iterator[tuple[int, Marker]]:
    text, at = paragraph.view.text, paragraph.view.at
    last: dict[str, int] = {}
    if paragraph.marker:
        last[paragraph.marker.style] = paragraph.marker.value
    for match in _RUN_IN.finditer(text, 1):
        begin = match.start()
        found = marker(text[begin : begin + _LONGEST_MARKER])
        if found is None or found.level > _DEEPEST_RUN_IN:
            continue
        is_apart = text[begin - 1] in _RUN_IN_AFTER or at[begin] > at[begin - 1] + 1
        if not (is_apart or found.style == "chinese_bracketed"):
            continue
        if found.value in {1, last.get(found.style, 0) + 1}:
            last[found.style] = found.value
            yield begin, found


# -- boxes --------------------------------------------------------------------------------


def _boxed(pieces: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The pieces with the numbers inside a box (专栏) taken as plain text.

    A box ends where the numbering around it goes on.
    """
    around: dict[str, Marker] = {}
    inside: dict[str, int] | None = None
    for piece in pieces:
        number = piece.marker
        if _BOX.match(piece.view.text):
            inside = {}
        elif number and inside is not None:
            has_begun = number.style in inside or not _goes_on(around, number)
            if number.value == inside.get(number.style, 0) + 1 and has_begun:
                inside[number.style] = number.value
                yield replace(piece, marker=None)
                continue
            inside = None
        if number:
            around = {s: m for s, m in around.items() if m.level < number.level}
            around[number.style] = number
        yield piece


def _goes_on(around: dict[str, Marker], number: Marker) -> bool:
    last = around.get(number.style)
    return last is not None and number.value == last.value + 1


# -- headings without a number ------------------------------------------------------------


def _headed(pieces: list[Paragraph]) -> list[Paragraph]:
    """The pieces with a marker of no length for headings that have no number.

    Such a heading is a short line that opens a numbered list, or names a chapter in a text whose
    chapters are not numbered. A single one is a line like any other.
    """
    has_chapters = any(p.marker and p.marker.level <= _CHAPTER_LEVEL for p in pieces)
    levels = {
        n: level
        for n, p in enumerate(pieces)
        if _is_plain(p) and (level := _heading_level(pieces, n, has_chapters=has_chapters))
    }
    counts = Counter(levels.values())
    order: Counter[int] = Counter()
    found = list(pieces)
    for n, level in levels.items():
        if counts[level] >= _FEWEST_HEADINGS:
            order[level] += 1
            found[n] = replace(pieces[n], marker=Marker("unnumbered", level, order[level], 0))
    return found


def _is_plain(piece: Paragraph) -> bool:
    is_line = piece.kind is Kind.TITLE_LINE and piece.marker is None
    return is_line and _PLAIN_HEADING.fullmatch(piece.view.text) is not None


def _heading_level(pieces: Sequence[Paragraph], n: int, *, has_chapters: bool) -> int | None:
    text = pieces[n].view.text
    if not has_chapters and len(text) <= _LONGEST_CHAPTER_NAME and _names_chapter(text):
        return _CHAPTER_LEVEL
    number = pieces[n + 1].marker if n + 1 < len(pieces) else None
    if number is None or number.level <= _CHAPTER_LEVEL:
        return None
    before = next((p.marker for p in reversed(pieces[:n]) if p.marker), None)
    runs_on = before and before.style == number.style and number.value == before.value + 1
    if number.value != 1 and not runs_on:
        return None
    return number.level - _ABOVE if has_chapters else _CHAPTER_LEVEL


def _names_chapter(text: str) -> bool:
    rules = patterns("official_document", "chapter")
    return any(rule.regex.search(text) for rule in rules)
