"""Titled segments of a document and the tree of numbered sections in each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from kg_build.families import table
from kg_build.lex.view import View
from kg_build.structure.notes import without_notes
from kg_build.structure.paragraphs import OF_PLACE, Kind, Paragraph, is_title, words
from kg_build.structure.pieces import opened, pieces_of
from kg_build.structure.tables import Table, tables

__all__ = ["Outline", "Section", "Segment", "outline"]

_MOST_TITLE_LINES = 6
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 6, 60
_NAMED = re.compile(r"《([^《》]{7,90})》")
_QUOTES = re.compile('[《》〈〉<>“”"]')
#: how a line begins or ends that a title goes on with
_CONTINUES = re.compile("(?:以及|及(?![时早格物其])|和(?![谐睦平])|与|暨|、|的(?:通知|意见|决定))")
_OPEN = re.compile("(?:关于|以及|[及和与暨的、])$")
#: how the second line of a title begins whose first is the body
_ISSUES = re.compile("关于|印发|转发|批转|公布|发布")
#: what ends a document, so that the next may begin
_BEFORE_TITLES = {Kind.SIGNATURE, Kind.DATE, Kind.IMPRINT, Kind.NOTE, Kind.ANNEX}
#: what stands over the title that it belongs to
_OVER_TITLES = {Kind.LETTERHEAD, Kind.DOCUMENT_NUMBER, Kind.ANNEX}


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part: its own first paragraph, what follows it, and the parts below it.

    `number` is the marker as written, empty where a heading has none; `head` is the first
    paragraph after the marker.
    """

    style: str
    level: int
    value: int
    number: View
    head: View
    body: tuple[View, ...]
    children: tuple["Section", ...]

    @property
    def own(self) -> tuple[View, ...]:
        """Its own paragraphs, without those of its children."""
        return (self.head, *self.body) if len(self.head) else self.body

    @property
    def start(self) -> int:
        """The offset of its first character; a heading without a number begins with its words."""
        return next(v.span().start for v in (self.number, *self.everything()) if len(v))

    def leaves(self) -> Iterator["Section"]:
        """The sections at or below this one that have none below them."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def everything(self) -> Iterator[View]:
        """Its paragraphs and those of all parts below, in reading order."""
        yield from self.own
        for child in self.children:
            yield from child.everything()


@dataclass(frozen=True, slots=True)
class Segment:
    """A title with what stands under it. The first segment of a text may have no title.

    `paragraphs` are all of it: its number over the title, the title, what stands below. `notes`
    are the numbered ones on its items and tables.
    """

    paragraphs: tuple[Paragraph, ...]
    title: tuple[Paragraph, ...]
    preface: tuple[View, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    notes: tuple[View, ...] = ()

    @property
    def weight(self) -> int:
        """How many items it holds, to tell the plan from its covering notice."""
        return self.items + sum(len(t.rows) for t in self.tables)

    @property
    def items(self) -> int:
        """How many numbered parts it holds that have none below them."""
        return sum(1 for s in self.sections for _ in s.leaves())

    @property
    def is_notice(self) -> bool:
        """Whether it only sends out what follows it."""
        notice = table("official_document")["title"]["status"]["notice"]
        return bool(re.search(notice, self.titled))

    @property
    def is_document(self) -> bool:
        """Whether its title is one of a document, not merely the heading of an annex."""
        return is_title(self.titled)

    @property
    def is_list(self) -> bool:
        """Whether its title is one of a list of tasks, which says how another document is done."""
        listed = table("official_document")["title"]["status"]["list"]
        return bool(re.search(listed, self.titled))

    @property
    def titled(self) -> str:
        """Its title as one line."""
        return "".join(p.view.text for p in self.title)


@dataclass(frozen=True, slots=True)
class Outline:
    """The segments of a document in order, and the one of them that holds the plan.

    `number` is the plan's place in a file that has it besides its main plan. `lists` are the
    annexes with numbered items that list the plan's tasks.
    """

    segments: tuple[Segment, ...]
    plan: Segment
    number: int | None = None
    lists: tuple[Segment, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in order."""
        return tuple(p for segment in self.segments for p in segment.paragraphs)


def outline(paragraphs: Sequence[Paragraph]) -> Outline:
    """The segments of a document, at least one; the plan is the weightiest, the first of equals."""
    paragraphs = opened(paragraphs)
    titles = {_head(paragraphs, begin): (begin, end) for begin, end in _titles(paragraphs)}
    starts = sorted({0, *titles})
    found = []
    for start, stop in pairwise([*starts, len(paragraphs)]):
        begin, end = titles.get(start, (start, start))
        found.append(_segment(paragraphs[start:stop], begin - start, end - start))
    return Outline(
        tuple(found), max(found, key=lambda s: (s.weight, not s.is_notice, s.is_document))
    )


def _head(paragraphs: Sequence[Paragraph], title: int) -> int:
    """Where the segment of a title begins: with the number or the annex's mark over it."""
    while title and paragraphs[title - 1].kind in _OVER_TITLES:
        title -= 1
    return title


def _titles(paragraphs: Sequence[Paragraph]) -> Sequence[tuple[int, int]]:
    """Where titles stand; a text without one is titled by the short lines at its head."""
    found = dict(_nouned_titles(paragraphs, _named(paragraphs)))
    head = _headline_end(paragraphs)
    if not found and _is_headline(paragraphs[:head]):
        found[0] = head
    return sorted((dict(_annexes(paragraphs)) | found).items())


def _annexes(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The lines below the mark of an annex (附件2), which title it whatever they end with."""
    for at, (above, line) in enumerate(pairwise(paragraphs), 1):
        is_marked = above.kind is Kind.ANNEX and above.block is not line.block
        if is_marked and line.kind is Kind.TITLE_LINE:
            yield at, at + 1


def _nouned_titles(
    paragraphs: Sequence[Paragraph], named: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Runs of short lines whose joined text ends as a title does."""
    at, in_text = 0, False
    while at < len(paragraphs):
        at += 0 if in_text else _issuers_above(paragraphs[at:])
        run_end = _run_end(paragraphs, at, named)
        strict = in_text and paragraphs[at - 1].kind not in _BEFORE_TITLES
        ends = (
            e for e in range(run_end, at, -1) if _is_title(paragraphs[at:e], named, strict=strict)
        )
        end = next(ends, None)
        if end is not None and not _is_reference(paragraphs, at, end):
            yield at, end
        stop = end or max(run_end, at + 1)
        in_text = in_text or any(p.kind is Kind.TEXT for p in paragraphs[at:stop])
        at = stop


def _issuers_above(lines: Sequence[Paragraph]) -> int:
    """How many lines name the bodies that issue a document whose title has a subject of its own.

    One body right over what it does or issues is a part of the title: 某局 / 关于…的通知.
    """
    above = [*takewhile(lambda p: p.kind is Kind.SIGNATURE, lines)]
    names = [name.text for p in above for name in words(p.view)]
    title = lines[len(above)] if len(above) < len(lines) else None
    if not names or title is None or _ISSUES.match(title.view.text):
        return 0
    place = OF_PLACE.match(names[0])
    is_own = len(names) > 1 or (place and title.view.text.startswith(place["place"]))
    return len(above) if is_own and is_title(title.view.text, anywhere=True) else 0


def _is_title(lines: Sequence[Paragraph], named: frozenset[str], *, strict: bool) -> bool:
    """Whether some lines end as a title does or, before any text, are one that is named in it."""
    text = "".join(p.view.text for p in lines)
    return is_title(text, anywhere=strict) or (not strict and _QUOTES.sub("", text) in named)


def _is_reference(paragraphs: Sequence[Paragraph], at: int, end: int) -> bool:
    """Whether `附件:某某方案` only names what follows later: a signature or a list goes on."""
    is_named = at > 0 and paragraphs[at - 1].block is paragraphs[at].block
    following = paragraphs[end] if end < len(paragraphs) else None
    if not is_named or following is None:
        return is_named
    is_numbered = following.marker is not None and following.marker.style == "arabic"
    is_list = is_numbered and not following.view.text.endswith("。")
    return following.kind in _BEFORE_TITLES or is_list


def _headline_end(paragraphs: Sequence[Paragraph]) -> int:
    """Where the short lines at the head end that may be a title; figures are none of it."""
    lines = takewhile(
        lambda p: not p.view.text[:1].isdigit(), paragraphs[: _run_end(paragraphs, 0, frozenset())]
    )
    return sum(1 for _ in lines)


def _is_headline(lines: Sequence[Paragraph]) -> bool:
    text = "".join(p.view.text for p in lines)
    return _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE and ":" not in text


def _run_end(paragraphs: Sequence[Paragraph], start: int, named: frozenset[str]) -> int:
    """Where the short lines end that may be one title; only what goes on does so over a gap."""
    end = start
    last = min(len(paragraphs), start + _MOST_TITLE_LINES)
    while end < last and paragraphs[end].kind in {Kind.TITLE_LINE, Kind.SIGNATURE}:
        bracketed = paragraphs[end].view.text.startswith("(")
        is_apart = end > start and paragraphs[end].after_gap and not bracketed
        if is_apart and not _goes_on(paragraphs[start:last], end - start, named):
            break
        end += 1
    return end


def _named(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The titles that the text names, without quotes."""
    titles = (m[1] for p in paragraphs for m in _NAMED.finditer(p.view.text))
    return frozenset(_QUOTES.sub("", title) for title in titles)


def _goes_on(lines: Sequence[Paragraph], at: int, named: frozenset[str]) -> bool:
    """Whether the line at a place belongs to those before it: by its words, or by a title named."""
    before, line = lines[at - 1].view.text, lines[at].view.text
    whole = "".join(p.view.text for p in lines[:at])
    is_of_body = lines[at - 1].kind is Kind.SIGNATURE and line.startswith("关于")
    is_open = _OPEN.search(before) or whole.count("《") > whole.count("》")
    if is_of_body or is_open or _CONTINUES.match(line):
        return True
    ends = ("".join(p.view.text for p in lines[:n]) for n in range(at + 1, len(lines) + 1))
    return any(_QUOTES.sub("", joined) in named for joined in ends)


def _segment(paragraphs: Sequence[Paragraph], title: int, title_end: int) -> Segment:
    body = paragraphs[title_end:]
    found = tables(body)
    pieces, notes = without_notes(pieces_of(body), has_table=bool(found))
    preface = []
    while pieces and pieces[0].marker is None:
        preface.append(pieces.pop(0).view)
    return Segment(
        paragraphs=tuple(paragraphs),
        title=tuple(paragraphs[title:title_end]),
        preface=tuple(preface),
        sections=_sections(pieces),
        tables=found,
        notes=tuple(p.view for p in notes),
    )


def _sections(pieces: Sequence[Paragraph]) -> tuple[Section, ...]:
    """The numbered pieces as a tree; unnumbered ones belong to the section before them."""
    found = []
    at = 0
    while at < len(pieces):
        head = pieces[at]
        level = head.marker.level if head.marker else 0
        stop = at + 1
        while stop < len(pieces) and not _closes(pieces[stop], level):
            stop += 1
        found.append(_section(head, pieces[at + 1 : stop]))
        at = stop
    return tuple(found)


def _closes(piece: Paragraph, level: int) -> bool:
    return piece.marker is not None and piece.marker.level <= level


def _section(head: Paragraph, rest: Sequence[Paragraph]) -> Section:
    number = head.marker
    assert number is not None  # only numbered pieces begin a section
    body = []
    at = 0
    while at < len(rest) and rest[at].marker is None:
        body.append(rest[at].view)
        at += 1
    return Section(
        style=number.style,
        level=number.level,
        value=number.value,
        number=head.view[: number.length],
        head=head.view[number.length :],
        body=tuple(body),
        children=_sections(rest[at:]),
    )
