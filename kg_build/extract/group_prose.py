"""Groups that running text tells of: set up in a sentence, with members and an office.

成立县就业工作领导小组,由县政府主要领导任组长,县教育局为成员,办公室设在县人力社保局.
What later sentences say of 领导小组 is said of the group of that kind that was told of last.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg_build.extract.brackets import split
from kg_build.extract.duties import Reading
from kg_build.extract.work_groups import bodies_named, is_listing, listed_members
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Evidence, Member, Seat, WorkGroup
from kg_build.structure.outline import Outline, Section, Segment

__all__ = ["with_told"]

_WHOLE = 8  # letters from which on a name with another before it is the same group's


def with_told(
    groups: Sequence[WorkGroup], outline: Outline, reading: Reading
) -> tuple[WorkGroup, ...]:
    """The groups that sections set up, and those that running text tells of, with their offices."""
    told = _Told(reading, groups)
    for segment in outline.segments:
        told.hear(segment)
    known = [one.group.evidence for one in told.heard]
    unheard = (g for g in groups if g.evidence not in known)
    return (*(one.whole for one in told.heard if one.whole.members), *unheard)


@dataclass(slots=True)
class _Group:
    """A group, and who was found to be in it besides."""

    group: WorkGroup
    more: list[Member] = field(default_factory=list)

    @property
    def whole(self) -> WorkGroup:
        """The group with all its members, each seat of a body once."""
        found: dict[tuple[str, Seat], Member] = {}
        for member in (*self.group.members, *self.more):
            found.setdefault((member.name, member.seat), member)
        return replace(self.group, members=tuple(found.values()))

    def is_named(self, name: str) -> bool:
        """Whether a whole name, with or without its place, is this group's."""
        is_whole = min(len(name), len(self.group.name)) >= _WHOLE
        return self.group.name == name or (is_whole and self.is_called(name))

    def is_called(self, name: str) -> bool:
        """Whether a name, or the short form of one, is this group's."""
        return self.group.name.endswith(name) or name.endswith(self.group.name)


class _Told:
    """A text being read from front to back; `current` is the group told of last in its section."""

    def __init__(self, reading: Reading, groups: Sequence[WorkGroup]) -> None:
        self.reading = reading
        self.headed = groups
        self.heard: list[_Group] = []
        self.current: _Group | None = None
        self.listing = False

    def hear(self, segment: Segment) -> None:
        """Takes in a segment, whose title may name the group that its lines list."""
        title = segment.title[-1].view if segment.title else None
        listed = _matches("list_of", title.text) if title else None
        self.current = self._group(title[: listed.end("name")], title) if title and listed else None
        for view in segment.preface:
            self._paragraph(view)
        for section in segment.sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        self.current = next((g for g in self._of_sections() if _heads(g.group, section)), None)
        if self.current:
            self.heard.append(self.current)
        for view in section.own:
            self._paragraph(view)
        for child in section.children:
            self._section(child)

    def _of_sections(self) -> Iterator[_Group]:
        return map(_Group, self.headed)

    def _paragraph(self, view: View) -> None:
        for line in _lines(view):
            found = [*listed_members(line, self.reading, goes_on=self.listing)]
            self.listing = self.current is not None and bool(found or is_listing(line))
            if self.current and self.listing:
                self.current.more += found
            else:
                for sentence in split(line, "。"):
                    self._sentence(sentence)

    def _sentence(self, sentence: View) -> None:
        """Takes in a sentence: which group it tells of, then who is in it.

        Rules that are `near` count in the clauses that set the group up and those right behind.
        """
        name = _set_up(sentence)
        if name is not None:
            self.current = self._group(name, sentence)
        is_near, end = name is not None, name.at[-1] if name else 0
        for clause in split(sentence, ",;"):
            found = [*self._seats(clause, sentence, is_near=is_near)]
            is_near = is_near and (bool(found) or clause.at[0] <= end)

    def _seats(self, clause: View, sentence: View, *, is_near: bool) -> Iterator[Member]:
        named = _matches("named", clause.text)
        if named and not is_near:
            self.current = self._group(clause[named.start("name") : named.end("name")], sentence)
        for rule in patterns("groups", "seat"):
            is_asked = is_near or not rule.values.get("near")
            match = rule.regex.search(clause.text) if is_asked else None
            if match and (group := self._meant(clause, rule)):
                who = clause[match.start("who") : match.end("who")]
                found = [*self._seated(who, rule, sentence)]
                group.more += found
                yield from found

    def _seated(self, listed: View, rule: Pattern, sentence: View) -> Iterator[Member]:
        seat = Seat(rule.values["role"])
        for name in bodies_named(listed):
            if not _matches("unnamed", name.text):
                yield Member(self.reading.words(name), seat, Evidence(sentence.span(), rule.id))

    def _meant(self, clause: View, rule: Pattern) -> _Group | None:
        """The group whose seat a clause fills: the one it names, or the one told of last."""
        of = _matches("office_of", clause.text)
        name = of["of"] if of and rule.values["role"] == Seat.OFFICE else ""
        if not name:
            return self.current
        return next((one for one in reversed(self.heard) if one.is_called(name)), None)

    def _group(self, name: View, sentence: View) -> _Group:
        """The group of a name, new where none is called so."""
        words = self.reading.words(name)
        known = next((g for g in self.heard if g.is_named(words)), None)
        if known is None:
            evidence = Evidence(sentence.span(), "work-group.told")
            known = _Group(WorkGroup(words, None, (), evidence))
            self.heard.append(known)
        return known


def _lines(view: View) -> Iterator[View]:
    """A paragraph, parted where a line on the group's office goes on behind the list of members."""
    match = _matches("office_line", view.text)
    at = match.start() if match else 0
    if at and view.gap(at):
        yield view[:at]
        view = view[at:]
    yield view


def _heads(group: WorkGroup, section: Section) -> bool:
    """Whether a section is the one that sets a group up."""
    return len(section.head) > 0 and section.head.span().start == group.evidence.span.start


def _set_up(sentence: View) -> View | None:
    """The name of the one group that a sentence sets up; none of many alike (各区成立专班)."""
    match = _matches("set_up", sentence.text)
    before = sentence.text[: match.start()].rpartition(",")[2] if match else ""
    if match is None or _matches("many", before + match["name"]):
        return None
    return sentence[match.start("name") : match.end("name")]


def _matches(kind: str, text: str) -> re.Match[str] | None:
    """Where the first rule of a kind is met."""
    found = (rule.regex.search(text) for rule in patterns("groups", kind))
    return next(filter(None, found), None)
