"""What frames the items of a domain and is none: its aims, who does it, the body that heads it."""

from collections.abc import Sequence
from decimal import Decimal

from kg_build.extract.chapters import heading, is_plain, is_tagged
from kg_build.extract.claims import Claim
from kg_build.extract.duties import Duty, Reading, duties, prose_duties, with_lists
from kg_build.extract.prose import prose_claims
from kg_build.extract.responsibilities import Tag
from kg_build.extract.unit_names import is_named_body, unit_names
from kg_build.families import pattern
from kg_build.lex.view import View
from kg_build.model import Role
from kg_build.structure.outline import Section

__all__ = [
    "aims",
    "allots",
    "are_headed_by_bodies",
    "body_duties",
    "is_framed",
    "own_duties",
]

_PROBABLE = Decimal("0.7")


def allots(section: Section) -> bool:
    """Whether a section says who does what is laid down beside it, and no more: 部门分工."""
    rule = pattern("official_document", "allots", "allots")
    is_headed = not section.children and rule.search(heading(section).text)
    return bool(is_headed) and (is_tagged(section) or any(prose_claims(section.own)))


def own_duties(section: Section, eid: str, reading: Reading) -> list[Duty]:
    """What the words of a section above its items say of all of these, or a part beside them."""
    beside = tuple(view for child in section.children if allots(child) for view in child.own)
    own = with_lists((*section.own, *beside))
    return duties(own, eid, reading) or prose_duties(beside)


def is_framed(section: Section) -> bool:
    """Whether the items of a section stand below a heading that only says so: 建设任务."""
    return any(is_plain(child) and child.children for child in section.children)


def aims(section: Section) -> tuple[Section, ...]:
    """The parts of a section with items that say what it is for, and are no items."""
    found = tuple(c for c in section.children if _is_aim(c))
    return found if len(found) < len(section.children) else ()


def _is_aim(section: Section) -> bool:
    rule = pattern("official_document", "chapter", "goals")
    is_headed = not section.children and rule.fullmatch(heading(section).text)
    return bool(is_headed) and not is_tagged(section)


def are_headed_by_bodies(sections: Sequence[Section]) -> bool:
    """Whether several sections, and all of them, are headed by the bodies that they are for."""
    return len(sections) > 1 and all(_bodies(s) for s in sections)


def body_duties(section: Section) -> list[Duty]:
    """What the bodies that head a section answer for in it."""
    role, rule = Role.RESPONSIBLE, "prose.heading"
    claims = tuple(Claim(name, role, rule, _PROBABLE) for name in _bodies(section))
    return [Duty(claim, Tag(heading(section).span(), claims)) for claim in claims]


def _bodies(section: Section) -> tuple[View, ...]:
    """The bodies that a section is headed by, where it is headed by nothing else."""
    names = tuple(unit_names(heading(section)))
    return names if all(is_named_body(name.text) for name in names) else ()
