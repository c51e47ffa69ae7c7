"""Work groups (专班) with a named head and members."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg_build.extract.brackets import split
from kg_build.extract.duties import Reading
from kg_build.extract.unit_names import is_generic, is_unit_name, unit_names
from kg_build.extract.verbs import by_verbs
from kg_build.lex.view import View
from kg_build.model import Evidence, Member, Role, Seat, WorkGroup
from kg_build.structure.outline import Outline, Section

__all__ = ["bodies_named", "is_listing", "listed_members", "names_group", "work_groups"]

_NAME = re.compile(r"专班|工作组|专项组|领导小组|协调组|推进组|组$")
_LONGEST_NAME = 40
_FIELD = re.compile(
    r"(?P<head>(?<!副)组长(?:单位)?|牵头(?:单位|部门)|总?召集人|班长)[:]"
    r"|(?P<members>成员(?:单位)?|(?:参与|参加|配合)(?:单位|部门)|副组长单位)[:]"
    r"|(?P<duties>(?:主要)?(?:工作)?(?:职责|任务|职责任务)):"
    r"|(?P<other>副(?:组长|班长|召集人)|联络员|联系人|办公室主任):"
)
#: labels that only the list of a group has
_SEATS = re.compile(r"(?:副?组长|成员|总?召集人|副?班长|总?指挥)(?:单位)?:")
_POST_LINE = re.compile(r"^[^,。;:]{4,24}(?:长|主任|书记|主席|经理)$")
_DUTIES = re.compile(r"(?:主要)?(?:负责|职责是|任务是)")
_POST = re.compile(
    r"(?:等)?(?:单位|部门)?(?:的)?(?:主要|分管|有关|相关)?(?:负责(?:人|同志)|领导|同志)(?:担任|兼任|组成)?$"
    r"|(?:分管|协管|常务|党组)*副(?:局长|主任|部长|厅长|院长|行长)$"
)
_LONGEST_PERSON = 4


def work_groups(outline: Outline, reading: Reading) -> Iterator[WorkGroup]:
    """The sections of a document that set up a group and name its members.

    One of persons with their posts is none.
    """
    for segment in outline.segments:
        for chapter in segment.sections:
            for section in (chapter, *chapter.children):
                if names_group(section) and (group := _group(section, reading)):
                    yield group


def names_group(section: Section) -> bool:
    """Whether a section is headed by the name of a group."""
    return _NAME.search(_name(section).text) is not None


def bodies_named(listed: View) -> Iterator[View]:
    """The bodies in a list of members; `县妇联主要负责人` stands for 县妇联."""
    listed = listed[: len(listed.text.rstrip("。;,"))]
    for name in unit_names(_without_post(listed)):
        plain = _without_post(name)
        if len(plain) and is_unit_name(plain.text) and not is_generic(plain.text):
            yield plain


def is_listing(view: View) -> bool:
    """Whether a paragraph begins with a label such as 成员: or 组长:."""
    return _SEATS.match(view.text) is not None


def listed_members(view: View, reading: Reading, *, goes_on: bool) -> Iterator[Member]:
    """The bodies in a paragraph that lists members, or in a line that goes on with the list.

    Such a line names one body by a post: 县财政局局长.
    """
    if is_listing(view):
        yield from _listed(view, reading)
    elif goes_on and _POST_LINE.search(view.text) and not _begins_with_person(view):
        for name in bodies_named(view):
            yield _member(name, view, reading, is_lead=False)


def _name(section: Section) -> View:
    name = next(split(section.head, "。;:"), section.head)
    return name[:_LONGEST_NAME]


def _group(section: Section, reading: Reading) -> WorkGroup | None:
    name = _name(section)
    views = [v for v in (section.head[len(name) + 1 :], *section.body) if len(v)]
    members = [m for view in views for m in (*_listed(view, reading), *_in_prose(view, reading))]
    if not members:
        return None
    duties = next((d for view in views if (d := _duties(view))), None)
    evidence = Evidence(name.span(), "work-group")
    said = reading.words(duties) if duties else None
    return WorkGroup(reading.words(name), said, tuple(members), evidence)


def _fields(view: View) -> Iterator[tuple[str, View]]:
    """The labelled pieces of a paragraph that begins with a label: what each is, and its text."""
    found = [m for m in _FIELD.finditer(view.text) if m.start() == 0 or _may_begin(view, m.start())]
    stops = [*(m.start() for m in found), len(view)]
    if found and not found[0].start():
        for match, (_, stop) in zip(found, pairwise(stops), strict=True):
            content = view[match.end() : stop]
            yield match.lastgroup or "", content[: len(content.text.rstrip(";,"))]


def _may_begin(view: View, at: int) -> bool:
    return view.text[at - 1] in "。;,)" or view.gap(at)


def _listed(view: View, reading: Reading) -> Iterator[Member]:
    for kind, content in _fields(view):
        if kind in {"head", "members"} and not _begins_with_person(content):
            for name in bodies_named(content):
                yield _member(name, view, reading, is_lead=kind == "head")


def _member(name: View, said: View, reading: Reading, *, is_lead: bool) -> Member:
    rule = "work-group.head" if is_lead else "work-group.member"
    seat = Seat.LEAD if is_lead else Seat.MEMBER
    return Member(reading.words(name), seat, Evidence(said.span(), rule))


def _in_prose(view: View, reading: Reading) -> Iterator[Member]:
    """The bodies of a sentence such as `由县委宣传部牵头,县文旅局参加`."""
    for sentence in split(view, "。;") if not next(_fields(view), None) else ():
        for claim in by_verbs(sentence, strict=True):
            yield _member(claim.name, sentence, reading, is_lead=claim.role is Role.LEAD)


def _duties(view: View) -> View | None:
    """What the group is for, under a label or in a sentence that says 主要负责."""
    labelled = next((text for kind, text in _fields(view) if kind == "duties"), None)
    if labelled is not None or next(_fields(view), None):
        return labelled if labelled is not None and len(labelled) else None
    return next((s for s in split(view, "。") if _DUTIES.match(s.text)), None)


def _begins_with_person(listed: View) -> bool:
    """Whether a list is one of persons: a short name, white space or a bracket, and a post."""
    for at in range(2, min(len(listed), _LONGEST_PERSON + 1)):
        is_gap = listed.gap(at)
        if (is_gap or listed.text[at] == "(") and not is_unit_name(listed.text[:at]):
            return True
    return False


def _without_post(view: View) -> View:
    match = _POST.search(view.text)
    return view[: match.start()] if match else view
