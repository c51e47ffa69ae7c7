"""Paragraphs to the pieces that an outline is made of.

Items that run on inside a paragraph are cut apart, numbers inside a box are its own, headings
without a number get a place among those that have one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg_build.families import Marker, marker, pattern
from kg_build.structure.headings import headed, nested
from kg_build.structure.notes import is_note
from kg_build.structure.numbering import ITEM_LEVEL
from kg_build.structure.paragraphs import Kind, Paragraph, is_title

__all__ = ["opened", "pieces_of"]

_RUN_IN_AFTER = "。;):"
_RUN_IN = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、]"
)
_LONGEST_MARKER = 12
_DEEPEST_RUN_IN = 60
_MOST_LEFT_OUT = 6  # numbers that an abridged text may skip
_LONG_PARAGRAPH = 400
_FEW_PARAGRAPHS = 3  # a text on one line or two holds its items inside them
_TEXT = {Kind.TEXT, Kind.TITLE_LINE}

_DEEPEST = 70  # points told off with ① or in words are no items that a box may stand beside
_BOX = re.compile(r"[(\[【]?专栏[0-9一二三四五六七八九十]{0,3}")


def opened(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs; where a text has only a line or two, its title and items cut apart."""
    if sum(p.kind in _TEXT for p in paragraphs) > _FEW_PARAGRAPHS:
        return tuple(paragraphs)
    return tuple(piece for p in paragraphs for piece in (_titled(p) if p.kind in _TEXT else (p,)))


def _titled(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The pieces of a text on one line; what stands before its first item may be the title."""
    first, *rest = _run_in_items(paragraph)
    title, stop, body = first.view.text.partition("。")
    if first.marker or ":" in title or not is_title(title, anywhere=bool(body)):
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
    following = _numbers_after(text)
    cut = [
        piece
        for p, after in zip(text, following, strict=True)
        for piece in _pieces(p, after, longest)
    ]
    return headed(nested(_boxed(cut)))


def _numbers_after(text: Sequence[Paragraph]) -> list[Marker | None]:
    """For each paragraph the number of the next that has one."""
    found: list[Marker | None] = []
    after: Marker | None = None
    for paragraph in reversed(text):
        found.append(after)
        after = paragraph.marker or after
    return found[::-1]


# -- items that run on --------------------------------------------------------------------


def _pieces(paragraph: Paragraph, after: Marker | None, longest: int) -> Iterator[Paragraph]:
    """The paragraph, cut before numbered items that run on inside a very long one.

    So is one from whose last item the number `after` it goes on: (二)发展工业。1.做强石化。
    """
    if len(paragraph.view) >= longest or _is_open(paragraph, after):
        yield from _run_in_items(paragraph)
    else:
        yield paragraph


def _is_open(paragraph: Paragraph, after: Marker | None) -> bool:
    """Whether a list that begins inside a paragraph goes on with a number after it."""
    own = paragraph.marker.style if paragraph.marker else ""
    if after is None or after.value == 1 or own == after.style:
        return False
    *_, last = (None, *(found for _, found in _run_in_cuts(paragraph)))
    return last is not None and (last.style, last.value + 1) == (after.style, after.value)


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
    text = paragraph.view.text
    if is_note(text):
        return
    last: dict[str, int] = {}
    last_cut = 0
    if paragraph.marker:
        last[paragraph.marker.style] = paragraph.marker.value
    for match in _RUN_IN.finditer(text, 1):
        begin = match.start()
        found = marker(text[begin : begin + _LONGEST_MARKER])
        if found is None or found.level > _DEEPEST_RUN_IN:
            continue
        is_apart = text[begin - 1] in _RUN_IN_AFTER or paragraph.view.gap(begin)
        if not (is_apart or found.style == "chinese_bracketed"):
            continue
        before = last.get(found.style, 0)
        is_late = 0 < before < found.value <= before + _MOST_LEFT_OUT
        goes_on = is_late and (text[begin - 1] in "。;)" or "。" not in text[last_cut:begin])
        if found.value in {1, before + 1} or goes_on:
            last[found.style], last_cut = found.value, begin
            yield begin, found


# -- boxes --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Box:
    """A box: where its heading stands, the level of the items around it, its numbered pieces."""

    at: int
    level: int
    last: dict[str, int] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)


def _boxed(pieces: Sequence[Paragraph]) -> list[Paragraph]:
    """The pieces with the numbers inside a box (专栏) taken as its own.

    A box of projects is a part of its own beside the items around it; in another the numbers are
    plain text. A box ends where the numbering around it goes on.
    """
    found = list(pieces)
    for box in [*_boxes(pieces)]:  # only then each has its items
        level = min((m.level for n in box.items if (m := pieces[n].marker)), default=0)
        has_tasks = level and box.level and _is_of_projects(pieces[box.at].view.text)
        if has_tasks:
            length = _box_number(pieces[box.at].view.text)
            found[box.at] = replace(pieces[box.at], marker=Marker("boxed", box.level, 0, length))
        deeper = max(0, box.level + 1 - level)
        for n in box.items:
            own = pieces[n].marker
            below = replace(own, level=own.level + deeper) if own and has_tasks else None
            found[n] = replace(pieces[n], marker=below)
    return found


def _boxes(pieces: Sequence[Paragraph]) -> Iterator[_Box]:
    around: dict[str, Marker] = {}
    box: _Box | None = None
    for n, piece in enumerate(pieces):
        number = piece.marker
        if _BOX.match(piece.view.text):
            box = _Box(n, max((m.level for m in around.values() if m.level <= _DEEPEST), default=0))
            yield box
        elif number and box is not None:
            # 一、 and (一) after a box in the preface number the plan
            is_first = not around and number.level < ITEM_LEVEL
            has_begun = number.style in box.last or not (is_first or _goes_on(around, number))
            if number.value == box.last.get(number.style, 0) + 1 and has_begun:
                box.last[number.style] = number.value
                box.items.append(n)
                continue
            box = None
        if number:
            around = {s: m for s, m in around.items() if m.level < number.level}
            around[number.style] = number


def _is_of_projects(text: str) -> bool:
    return bool(pattern("official_document", "box", "projects").search(text))


def _box_number(text: str) -> int:
    """The length of what stands before the name of a box: 专栏1:."""
    number = _BOX.match(text)
    end = number.end() if number else 0
    return end + len(text[end:]) - len(text[end:].lstrip(":.、)]】"))


def _goes_on(around: dict[str, Marker], number: Marker) -> bool:
    last = around.get(number.style)
    return last is not None and number.value == last.value + 1
