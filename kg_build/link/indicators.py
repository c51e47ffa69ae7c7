"""Links from a plan's indicators to national and international ones, each with strength and reason.

A link is exact only where population, denominator, object, kind of measure and unit agree;
targets and years never decide. Names that differ by a narrowing word are close, wider
national populations are broader, and the themes of `indicators.toml` give the rest. What looks
alike and is not is a link, too, with what makes the difference.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.errors import RuleError
from kg_build.link.agreement import agreement
from kg_build.link.corrections import corrected
from kg_build.link.domains import is_about_children, national_link
from kg_build.link.measured import Measured, comparable, fold, measured, vocabulary
from kg_build.link.national import concept_of, followed, matches, named_alike
from kg_build.links import Correction, Indicator, Link
from kg_build.model import Facts, FrontMatter, Target

__all__ = ["fits", "link_indicators", "links_of", "themes"]

# The strongest first; the confidence that goes with each.
_STRENGTHS = {
    "exactMatch": Decimal("0.95"),
    "closeMatch": Decimal("0.75"),
    "narrowMatch": Decimal("0.6"),
    "broadMatch": Decimal("0.6"),
    "relatedMatch": Decimal("0.5"),
    "noMatch": Decimal("0.8"),
}
_DEFINED_SAME = "国家文件之间为同一指标"
_DEFINED_NEAR = "与同一指标的国家定义相近，统计口径未逐项核对"


def link_indicators(facts: Facts, corrections: Sequence[Correction] = ()) -> Facts:
    """The facts with an `Indicator` on every target: a comparable label, and its links.

    `corrections` are what people decided on this plan's indicators.
    """
    children = is_about_children(facts)

    def linked(target: Target) -> Target:
        label = comparable(target.measure, facts.front.place)
        links = links_of(target, label, year=_year(facts.front), children=children)
        decided = (correction for correction in corrections if correction.indicator == label)
        return replace(target, indicator=Indicator(label, corrected(links, decided)))

    parts = (replace(part, targets=tuple(linked(t) for t in part.targets)) for part in facts.parts)
    return replace(facts, parts=tuple(parts), goals=tuple(linked(target) for target in facts.goals))


def links_of(target: Target, label: str, *, year: int | None, children: bool) -> tuple[Link, ...]:
    """The links of one target's indicator, the strongest first, at most one per concept.

    `year` is when the plan was made: entries that a later document had replaced by then
    are left to the later one. `children` tells that the plan is about children.
    """
    name = measured(_named(label, target.wording), unit=target.unit, per=target.per)
    by_name = tuple(_by_name(name, is_total=fold(label).endswith(_totals())))
    declared = _declared(link.concept for link in by_name if link.strength == "exactMatch")
    found: dict[str, Link] = {}
    for link in (
        *by_name,
        *declared,
        *_themed(label, name, children or "儿童" in label),
        *_measure(label, children),
    ):
        known = found.get(link.concept)
        if known is None or _rank(link) < _rank(known):
            found[link.concept] = link
    kept = [link for link in found.values() if not followed(link.concept, year)]
    return tuple(sorted(_without_siblings(kept), key=lambda link: (_rank(link), link.concept)))


def _totals() -> tuple[str, ...]:
    return tuple(vocabulary()["totals"]["endings"])


def _named(label: str, wording: str) -> str:
    """The name of the measure, which a wording such as 实现全覆盖 states in part."""
    return f"{label}覆盖率" if "全覆盖" in wording and "覆盖" not in label else label


@cache
def themes() -> tuple[dict[str, Any], ...]:
    """The rules of `indicators.toml`."""
    text = (files(__package__) / "indicators.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["theme"])


def fits(theme: dict[str, Any], label: str, kind: str) -> bool:
    """Whether a theme holds for a name of this kind of measure."""
    text = fold(label)
    return bool(
        theme.get("kind", kind or "none") == (kind or "none")
        and re.search(theme["match"], text)
        and not ("unless" in theme and re.search(theme["unless"], text))
    )


def _by_name(name: Measured, *, is_total: bool) -> Iterator[Link]:
    """What the names say; of several names of one entry each is heard, in the order of strength."""
    for concept, known in named_alike(name):
        said = agreement(name, known, is_total=is_total)
        if said:
            strength, because = said
            method = "CompositeMatching" if strength == "exactMatch" else "LexicalMatching"
            yield _link(concept, strength, because, method, name.core)


def _declared(exact: Iterable[str]) -> Iterator[Link]:
    """What the vocabulary says of the entries that measure the same."""
    for iri in sorted(set(exact)):
        for same in matches(iri, "exactMatch"):
            yield _link(same, "exactMatch", _DEFINED_SAME, "MappingChaining")
        for near in matches(iri, "closeMatch"):
            yield _link(near, "closeMatch", _DEFINED_NEAR, "MappingChaining")


def _themed(label: str, name: Measured, children: bool) -> Iterator[Link]:
    for theme in themes():
        if (children or not theme.get("children")) and fits(theme, label, name.kind):
            for code in theme["to"]:
                strength, because = theme["strength"], theme["because"]
                words = re.search(theme["match"], fold(label))
                yield _link(
                    _known(code),
                    strength,
                    because,
                    "BackgroundKnowledgeBasedMatching",
                    words.group() if words else "",
                )


def _known(code: str) -> str:
    iri = concept_of(code)
    if iri is None:
        raise RuleError(f"indicators.toml：没有条目 no such entry: {code}")
    return iri


def _measure(label: str, children: bool) -> Iterator[Link]:
    if children:
        link = national_link(label, table="measure", strength="broadMatch")
        if link:
            yield replace(link, method="LexicalMatching")


def _without_siblings(links: list[Link]) -> Iterator[Link]:
    """Where the indicator itself is found, its sisters of like name need not be told apart."""
    has_exact = any(link.strength == "exactMatch" for link in links)
    sisters = {"noMatch", "narrowMatch"} if has_exact else set()
    return (
        link for link in links if link.strength not in sisters or link.method != "LexicalMatching"
    )


def _link(concept: str, strength: str, because: str, method: str, matched: str = "") -> Link:
    return Link(concept, strength, because, _STRENGTHS[strength], method, matched)


def _rank(link: Link) -> int:
    return list(_STRENGTHS).index(link.strength)


def _year(front: FrontMatter) -> int | None:
    day = front.date_signed or front.date_issued
    return day.year if day else front.period_end
