"""Units: which body a name stands for, where it belongs and what it does.

All names of a document are seen at once. Two spellings are one body where they belong to one
place and say the same functions, with nothing else left that tells them apart: 县公安局 and 公安局,
市场监督管理局 and 市场监管局, but not 公安局 and 交警大队. The body's key is made of that alone, so
that plans of one place speak of the same bodies.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from kg_build.lex.view import tidy
from kg_build.link.bodies import Body, body
from kg_build.link.functions import folded, functions_of
from kg_build.link.unit_names import unit_names
from kg_build.model import Facts, Part, Target, UnitLink, WorkGroup

__all__ = ["is_group", "link_units"]

#: what 中关村管委会 does, whatever else its name says
_GOVERNS = ("local-government",)

_Owed = TypeVar("_Owed", Part, Target)


def link_units(facts: Facts) -> Facts:
    """The facts with a `UnitLink` on every responsibility, member and issuer."""
    links = _links(facts)
    return replace(
        facts,
        parts=tuple(_linked_part(part, links) for part in facts.parts),
        goals=tuple(_linked(goal, links) for goal in facts.goals),
        work_groups=tuple(_linked_group(group, links) for group in facts.work_groups),
        issuer_links=tuple(links[name] for name in facts.front.issuers),
    )


def is_group(name: str) -> bool:
    """Whether a name stands for several bodies, as 各镇（街道） does."""
    return unit_names().is_group(folded(name))


def _links(facts: Facts) -> dict[str, UnitLink]:
    """A link for every name in the facts; the commonest spelling of a body names it."""
    uses = Counter(_names(facts))
    uses.update(dict.fromkeys(facts.front.issuers, 0))
    is_national = _is_national(facts)
    bodies = {name: body(name, facts.front.place_code, is_national=is_national) for name in uses}
    names: dict[Body, str] = {}
    for name in sorted(uses, key=lambda n: (-uses[n], -len(n), n)):
        names.setdefault(bodies[name], tidy(name))
    links = {name: _link(name, bodies[name], names[bodies[name]]) for name in uses}
    office = _office(facts, links)
    return {n: _division(link, office) if office else link for n, link in links.items()}


def _is_national(facts: Facts) -> bool:
    """Whether the plan is one of the nation's, so that 发展改革委 is the national one."""
    issuers = map(folded, facts.front.issuers)
    return facts.front.place_code is None and any(map(unit_names().is_national, issuers))


def _names(facts: Facts) -> Iterator[str]:
    for part in facts.parts:
        yield from _owing(part)
        yield from (name for target in part.targets for name in _owing(target))
    yield from (name for goal in facts.goals for name in _owing(goal))
    for group in facts.work_groups:
        yield from (m.name for m in group.members)


def _owing(owed: Part | Target) -> Iterator[str]:
    return (r.name for r in owed.responsibilities)


def _link(name: str, meant: Body, commonest: str) -> UnitLink:
    return UnitLink(
        key=meant.key(commonest),
        label=tidy(name),
        place_code=meant.place,
        is_group=meant.is_group,
        functions=functions_of(name) or (_GOVERNS if meant.locality else ()),
        name=commonest,
        level=meant.level,
        former=meant.essence.former,
        leadership=meant.leadership,
        locality=meant.locality,
    )


def _office(facts: Facts, links: Mapping[str, UnitLink]) -> UnitLink | None:
    """The department whose own plan this is: the only issuer, and no whole government."""
    if len(facts.front.issuers) != 1:
        return None
    (issuer,) = (links[name] for name in facts.front.issuers)
    is_department = issuer.functions and not unit_names().governing & set(issuer.functions)
    return issuer if is_department else None


def _division(link: UnitLink, office: UnitLink) -> UnitLink:
    """The link of a division of the office, which does what the office does."""
    if not unit_names().is_division(link.label):
        return link
    return replace(link, functions=office.functions, part_of=office)


def _linked_part(part: Part, links: Mapping[str, UnitLink]) -> Part:
    targets = tuple(_linked(target, links) for target in part.targets)
    return replace(_linked(part, links), targets=targets)


def _linked(owed: _Owed, links: Mapping[str, UnitLink]) -> _Owed:
    linked = tuple(replace(r, link=links[r.name]) for r in owed.responsibilities)
    return replace(owed, responsibilities=linked)


def _linked_group(group: WorkGroup, links: Mapping[str, UnitLink]) -> WorkGroup:
    return replace(group, members=tuple(replace(m, link=links[m.name]) for m in group.members))
