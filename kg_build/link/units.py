"""Units: which body a name stands for, where it belongs and what it does.

All names of a document are seen at once. Two spellings are one body where they belong to one
place and say the same functions, with nothing else left that tells them apart: 县公安局 and 公安局,
市场监督管理局 and 市场监管局, but not 公安局 and 交警大队.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from kg_build.lex.gazetteer import Gazetteer
from kg_build.lex.places import Place, lineage, places, places_in
from kg_build.lex.view import fold, tidy
from kg_build.link.unit_names import UnitNames, unit_names
from kg_build.model import Facts, Part, Target, UnitLink, WorkGroup
from ontology import concepts

__all__ = ["functions_of", "is_group", "link_units"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_BRACKETS = str.maketrans("〈〉《》「」〔〕[]{}【】", "()()()()()()()")
_Owed = TypeVar("_Owed", Part, Target)
_CERTAIN = 3  # letters from which on a place's full name is no accident


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


def functions_of(name: str) -> tuple[str, ...]:
    """The codes of the functions of government that a unit's name says, in reading order.

    Example:
        >>> functions_of("区教育和体育局")
        ('education', 'sports')
    """
    words, text = unit_names(), _folded(name)
    if words.is_mixed_group(text):
        return ()
    _, stem = words.stem(text)
    # 县委办 says what it does only with its owner.
    return _functions(stem) or _functions(text)


def is_group(name: str) -> bool:
    """Whether a name stands for several bodies, as 各镇（街道） does."""
    return unit_names().is_group(_folded(name))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name's meaning inside a document. Equal readings are one body."""

    place: str | None
    group: bool
    functions: frozenset[str]
    rest: str


def _links(facts: Facts) -> dict[str, UnitLink]:
    """A link for every name in the facts; the commonest spelling of a body is its key."""
    uses = Counter(_names(facts))
    uses.update(dict.fromkeys(facts.front.issuers, 0))
    readings = {name: _reading(name, facts.front.place_code) for name in uses}
    keys: dict[_Reading, str] = {}
    for name in sorted(uses, key=lambda n: (-uses[n], -len(n), n)):
        keys.setdefault(readings[name], tidy(name))
    return {name: _link(name, readings[name], keys[readings[name]]) for name in uses}


def _names(facts: Facts) -> Iterator[str]:
    for part in facts.parts:
        yield from _owing(part)
        yield from (name for target in part.targets for name in _owing(target))
    yield from (name for goal in facts.goals for name in _owing(goal))
    for group in facts.work_groups:
        yield from (m.name for m in group.members)


def _owing(owed: Part | Target) -> Iterator[str]:
    return (r.name for r in owed.responsibilities)


def _link(name: str, reading: _Reading, key: str) -> UnitLink:
    return UnitLink(
        key=key,
        label=tidy(name),
        place_code=reading.place,
        is_group=reading.group,
        functions=functions_of(name),
    )


def _linked_part(part: Part, links: Mapping[str, UnitLink]) -> Part:
    targets = tuple(_linked(target, links) for target in part.targets)
    return replace(_linked(part, links), targets=targets)


def _linked(owed: _Owed, links: Mapping[str, UnitLink]) -> _Owed:
    linked = tuple(replace(r, link=links[r.name]) for r in owed.responsibilities)
    return replace(owed, responsibilities=linked)


def _linked_group(group: WorkGroup, links: Mapping[str, UnitLink]) -> WorkGroup:
    return replace(group, members=tuple(replace(m, link=links[m.name]) for m in group.members))


def _reading(name: str, plan_place: str | None) -> _Reading:
    words = unit_names()
    text = _folded(name)
    group = words.is_group(text)
    named, text = _without_places(text, plan_place)
    level, stem = words.stem(text)
    functions, rest = _essence(stem, words)
    if group:
        # 各乡镇 and 各乡镇人民政府 are one group.
        functions -= words.dominant_at_end
    if named is None and not level and words.is_national(text):
        return _Reading(None, group, functions, rest)
    return _Reading(named or _of_level(level, plan_place), group, functions, rest)


def _folded(name: str) -> str:
    return fold(tidy(name)).translate(_BRACKETS)


def _without_places(text: str, plan_place: str | None) -> tuple[str | None, str]:
    """The deepest place in a name, and the name with its places reduced to their kind."""
    family = _family(plan_place)
    found: Place | None = None
    kept, last = "", 0
    for match in places_in(text):
        known = _meant(match.word, match.codes, family)
        if known:
            kept, last = kept + text[last : match.start], match.end
            found = known if found is None or known.level >= found.level else found
    if found is None:
        return None, text
    head = kept + text[last:]
    whole = found.name in text
    return found.code, _with_kind(found.name[-1] if whole else "", head)


def _with_kind(kind: str, rest: str) -> str:
    for party in unit_names().party:
        if rest.startswith(party):
            return party + kind + rest[len(party) :]
    return kind + rest


def _meant(word: str, codes: Iterable[str], family: tuple[Place, ...]) -> Place | None:
    """The place that a word in a unit's name means, if it means one.

    A name without its kind counts only for the plan's own place and what that belongs to:
    吴中生态环境局 in a plan of 吴中区, but never 长春新区管委会 in one of 吉林省.
    """
    own = [p for p in family if p.code in set(codes)]
    if own:
        return own[0]
    whole = [places()[c] for c in codes if word != places()[c].short and len(word) >= _CERTAIN]
    inside = [p for p in whole if family and family[0] in lineage(p.code)]
    chosen = inside or whole
    return chosen[0] if len(chosen) == 1 else None


def _of_level(level: str, plan_place: str | None) -> str | None:
    """The place of a bare level: 省 in a plan of 吴中区 is 江苏省."""
    bearing = (p.code for p in _family(plan_place) if level and p.name.endswith(level))
    return next(bearing, plan_place)


def _family(plan_place: str | None) -> tuple[Place, ...]:
    """The plan's place and what it belongs to; none for a code that a person made up."""
    return lineage(plan_place) if plan_place in places() else ()


def _essence(stem: str, words: UnitNames) -> tuple[frozenset[str], str]:
    """The functions that a stem says in its department's own words, and what else it says."""
    functions: set[str] = set()
    rest, last = "", 0
    for match in _own_words().find(stem):
        functions.update(match.codes)
        rest, last = rest + stem[last : match.start], match.end
    rest = rest + stem[last:]
    return frozenset(functions), words.alike(rest)


def _functions(text: str) -> tuple[str, ...]:
    words = unit_names()
    found = [(m.end, code) for m in _stems().find(text) for code in m.codes]
    codes = tuple(dict.fromkeys(code for _, code in found))
    ruling = [code for code in codes if code in words.dominant]
    at_end = [code for end, code in found if code in words.dominant_at_end and _ends(text, end)]
    rest = tuple(code for code in codes if code not in words.dominant_at_end)
    return tuple(ruling[:1] or at_end[:1]) or rest or codes


def _ends(text: str, end: int) -> bool:
    return not text[end:].strip("()") or text[end:].startswith("(")


@cache
def _stems() -> Gazetteer:
    """Every word by which a department carries a function."""
    return Gazetteer(
        (fold(label), concept.notation)
        for concept in concepts("function")
        for label in concept.labels
    )


@cache
def _own_words() -> Gazetteer:
    """Only those words that are interchangeable names of the department itself."""
    return Gazetteer(
        (fold(label), concept.notation)
        for concept in concepts("function")
        for label in (concept.label_zh, *concept.values.get(_SKOS + "altLabel", ()))
        if not label.isascii()
    )
