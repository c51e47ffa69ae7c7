"""The body that a unit's name stands for in the plan of a place: one value, however it is spelt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from kg_build.lex.places import Place, lineage, places, places_in
from kg_build.lex.view import tidy
from kg_build.link.functions import Essence, essence, folded
from kg_build.link.unit_names import unit_names
from kg_build.unit_link import Leadership, Locality
from ontology import concepts

__all__ = ["Body", "body"]

_CERTAIN = 3  # letters from which on a place's full name is no accident
_LEVELS = ("province", "prefecture", "county")
_NATION = "nation"
_SHORT = "〇"  # stands for a place's name without its kind
#: how the name of an area goes on behind that of the place which has it
_OF_ANY_PLACE = re.compile("高新|经开|经济(?:技术)?开发|开发|工业园|综合保税|新区|度假")
#: a place that is named as a unit stands for its government
_GOVERNED = Essence(frozenset({"local-government"}), None, "")


@dataclass(frozen=True, slots=True)
class Body:
    """A name's meaning. Equal bodies are one, whatever the document."""

    place: str | None
    level: str | None
    is_group: bool
    essence: Essence
    leadership: Leadership | None = field(compare=False, default=None)
    locality: Locality | None = field(compare=False, default=None)

    def key(self, name: str) -> str:
        """What names the body in its place; `name` itself where nothing else is left of it.

        Example:
            >>> body("区公安局交警大队", "370306").key("")
            '公安·交警大队'
        """
        kinds = [_label("function", code) for code in sorted(self.essence.functions)]
        if self.essence.former:
            kinds.append(_label("body", self.essence.former))
        return "·".join(filter(None, ("、".join(kinds), self.essence.rest))) or tidy(name)


def body(name: str, plan_place: str | None, *, is_national: bool = False) -> Body:
    """The body that a name stands for in a plan of a place, or of the nation."""
    words, text = unit_names(), folded(name)
    is_group = words.is_group(text)
    named, text = _without_places(text, plan_place)
    level, stem = words.stem(text.removeprefix(_SHORT))
    if named is None and not level and (is_national or words.is_national(text)):
        return Body(None, _NATION, is_group, _reduced(essence(stem, level=_NATION), is_group))
    where, below = (named, "") if named else _of_level(level, plan_place)
    said = _reduced(essence(stem), is_group) if stem or not named else _GOVERNED
    said = replace(said, rest=below + said.rest)
    locality = None if is_group or not where else _locality(name, text, stem)
    return Body(
        place=where,
        level=_level(text, where, is_group=is_group, locality=locality),
        is_group=is_group,
        essence=said,
        leadership=None if is_group else _leadership(text, where),
        locality=locality,
    )


def _locality(name: str, text: str, stem: str) -> Locality | None:
    """The town or area that a name is of: 岳麓山大学科技城 in whole, 德阳高新区 without 德阳."""
    is_whole = text.startswith(_SHORT) and not _OF_ANY_PLACE.match(stem)
    return unit_names().locality(folded(name) if is_whole else stem)


def _level(
    text: str, where: str | None, *, is_group: bool, locality: Locality | None
) -> str | None:
    """The level of a body: that of its place, unless it is of a town; an area as such has none."""
    if locality and locality.kind == "functional-area":
        return None
    is_town = unit_names().is_township(text) and not is_group
    return "township" if is_town else _level_of(where)


def _reduced(said: Essence, is_group: bool) -> Essence:
    """The essence without what a territory's name says already: 各乡镇 are 各乡镇人民政府."""
    if is_group or (said.rest and said.functions == _GOVERNED.functions):
        return replace(said, functions=said.functions - unit_names().dominant_at_end)
    return said


def _without_places(text: str, plan_place: str | None) -> tuple[str | None, str]:
    """The deepest place in a name, and the name with it and what it lies in cut to its kind."""
    family = _family(plan_place)
    meant = [(m, _meant(m.word, m.codes, family)) for m in places_in(text)]
    known = [(match, place) for match, place in meant if place]
    if not known:
        return None, text
    _, found = max(known, key=lambda pair: (pair[1].level, pair[0].start))
    line = lineage(found.code)
    kept, last = "", 0
    for match in (match for match, place in known if place in line):
        kept, last = kept + text[last : match.start], match.end
    kind = found.name[-1] if found.name in text else _SHORT
    return found.code, _with_kind(kind, kept + text[last:])


def _with_kind(kind: str, rest: str) -> str:
    for party in unit_names().party:
        if rest.startswith(party):
            return party + kind.strip(_SHORT) + rest[len(party) :]
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


def _of_level(level: str, plan_place: str | None) -> tuple[str | None, str]:
    """The place of a bare level, and the level itself where no place above the plan bears it.

    省 in a plan of 吴中区 is 江苏省; 县 in one of 吴忠市 is some county there, not the city.
    """
    family = _family(plan_place)
    bearing = (p.code for p in family if level and p.name.endswith(level))
    found = next(bearing, None)
    return found or plan_place, "" if found or not family else level


def _family(plan_place: str | None) -> tuple[Place, ...]:
    """The plan's place and what it belongs to; none for a code that a person made up."""
    return lineage(plan_place) if plan_place in places() else ()


def _level_of(code: str | None) -> str | None:
    return _LEVELS[places()[code].level] if code in places() else None


def _leadership(text: str, where: str | None) -> Leadership | None:
    """Who above leads a body, as its name and the kind of its place show."""
    family = _family(where)
    if not family:
        return None
    kind = unit_names().leadership(text, family[0].name, _level_of(where))
    return Leadership(kind, family[1].code if len(family) > 1 else None) if kind else None


@cache
def _labels(vocabulary: str) -> dict[str, str]:
    return {concept.notation: concept.label_zh for concept in concepts(vocabulary)}


def _label(vocabulary: str, code: str) -> str:
    return _labels(vocabulary)[code]
