"""Work groups (专班) with a named head and members."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg_build.extract.brackets import split
from kg_build.extract.duties import Reading
from kg_build.extract.unit_names import is_unit_name, unit_names
from kg_build.extract.verbs import by_verbs
from kg_build.lex.view import View
from kg_build.model import Evidence, Member, Role, WorkGroup
from kg_build.structure.outline import Outline, Section

__all__ = ["names_group", "work_groups"]

_NAME = re.compile(r"专班|工作组|专项组|领导小组|协调组|推进组|组$")
_LONGEST_NAME = 40
_FIELD = re.compile(
    r"(?P<head>(?<!副)组长(?:单位)?|牵头(?:单位|部门)|总?召集人|班长)[:]"
    r"|(?P<members>成员(?:单位)?|(?:参与|参加|配合)(?:单位|部门)|副组长单位)[:]"
    r"|(?P<duties>(?:主要)?(?:工作)?(?:职责|任务|职责任务)):"
    r"|(?P<other>副(?:组长|班长|召集人)|联络员|联系人|办公室主任):"
)
_DUTIES = re.compile(r"(?:主要)?(?:负责|职责是|任务是)")
_POST = re.compile(
    r"(?:等)?(?:单位|部门)?(?:的)?(?:主要|分管|有关|相关)?(?:负责(?:人|同志)|领导|同志)(?:担任|兼任|组成)?$"
)
_LONGEST_PERSON = 4


def work_groups(outline: Outline, reading: Reading) -> Iterator[WorkGroup]:
    """The sections of a document that set up a group and name its members.

    A leading group without listed members is none, nor is one of persons with their posts.
    """
    for segment in outline.segments:
        for chapter in segment.sections:
            for section in (chapter, *chapter.children):
                if names_group(section) and (group := _group(section, reading)):
                    yield group


def names_group(section: Section) -> bool:
    """Whether a section is headed by the name of a group."""
    return _NAME.search(_name(section).text) is not None


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
            yield from _members(content, view, kind == "head", reading)


def _members(listed: View, view: View, is_lead: bool, reading: Reading) -> Iterator[Member]:
    """The bodies named after a label; `县妇联主要负责人` stands for 县妇联."""
    rule = "work-group.head" if is_lead else "work-group.member"
    for name in unit_names(_without_post(listed)):
        plain = _without_post(name)
        if len(plain) and is_unit_name(plain.text):
            yield Member(reading.words(plain), is_lead, Evidence(view.span(), rule))


def _in_prose(view: View, reading: Reading) -> Iterator[Member]:
    """The bodies of a sentence such as `由县委宣传部牵头,县文旅局参加`."""
    for sentence in split(view, "。;") if not next(_fields(view), None) else ():
        for claim in by_verbs(sentence, strict=True):
            is_lead = claim.role is Role.LEAD
            rule = "work-group.head" if is_lead else "work-group.member"
            yield Member(reading.words(claim.name), is_lead, Evidence(sentence.span(), rule))


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
