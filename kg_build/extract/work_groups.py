"""Work groups (专班) with a named head and members."""

import re
from collections.abc import Iterator

from kg_build.extract.duties import Reading
from kg_build.extract.unit_names import unit_names
from kg_build.lex.view import View
from kg_build.model import Evidence, Member, WorkGroup
from kg_build.structure.outline import Outline, Section

__all__ = ["work_groups"]

_NAME = re.compile(r"专班|工作组|专项组|领导小组|协调组|推进组")
_HEAD = re.compile(r"(?:组长|牵头(?:单位|部门)|召集人|总召集人|班长):")
_MEMBERS = re.compile(r"(?:成员|成员单位|副组长单位):")
_DUTIES = re.compile(r"(?:主要)?(?:工作)?(?:职责|任务|职责任务):")
_PERSON = re.compile(
    r"(?:等)?(?:单位|部门)?(?:的)?(?:主要|分管|有关|相关)?(?:负责(?:人|同志)|领导|同志)(?:担任|兼任|组成)?$"
)


def work_groups(outline: Outline, reading: Reading) -> Iterator[WorkGroup]:
    """The sections of a document that set up a group and name its members.

    A leading group without listed members is none.
    """
    for segment in outline.segments:
        for chapter in segment.sections:
            for section in (chapter, *chapter.children):
                if _NAME.search(section.head.text) and (group := _group(section, reading)):
                    yield group


def _group(section: Section, reading: Reading) -> WorkGroup | None:
    members: list[Member] = []
    duties = None
    for view in section.body:
        if _HEAD.match(view.text):
            members += _members(view, is_lead=True, reading=reading)
        elif _MEMBERS.match(view.text):
            members += _members(view, is_lead=False, reading=reading)
        elif match := _DUTIES.match(view.text):
            duties = reading.words(view[match.end() :]) if match.end() < len(view) else None
    if not members:
        return None
    name = reading.words(section.head).rstrip("。")
    evidence = Evidence(section.head.span(), "work-group")
    return WorkGroup(name, duties, tuple(members), evidence)


def _members(view: View, *, is_lead: bool, reading: Reading) -> Iterator[Member]:
    """The bodies named after a label; `县妇联主要负责人` stands for 县妇联."""
    listed = view[view.text.index(":") + 1 :]
    rule = "work-group.head" if is_lead else "work-group.member"
    for name in unit_names(_without_person(listed)):
        plain = _without_person(name)
        if len(plain) > 1:
            yield Member(reading.words(plain), is_lead, Evidence(view.span(), rule))


def _without_person(view: View) -> View:
    match = _PERSON.search(view.text)
    return view[: match.start()] if match else view
