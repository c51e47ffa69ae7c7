"""Links from a plan's indicators to national and international ones, each with strength and reason.

A link is exact only where population, denominator, object, kind of measure and unit agree;
targets and years never decide. Names that differ by a narrowing word are close, wider
national populations are broader, and the themes of `indicators.toml` give the rest.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.link.domains import is_about_children, national_link
from kg_build.link.measured import Measured, comparable, fold, measured, relation, vocabulary
from kg_build.model import Facts, FrontMatter, Indicator, Link, Target
from ontology import BASE, ZT, Concept, concepts

__all__ = ["fits", "link_indicators", "links_of", "themes"]

_NATIONAL = BASE + "id/national/"
_FILES = ("national-children", "national-development", "national-health")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ISSUED = "http://purl.org/dc/terms/issued"
# The strongest first; the confidence that goes with each.
_STRENGTHS = {
    "exactMatch": Decimal("0.95"),
    "closeMatch": Decimal("0.75"),
    "broadMatch": Decimal("0.6"),
    "relatedMatch": Decimal("0.5"),
}
_SAME = "对象、分母、事项、度量类型和单位一致"
_LOCAL_SUM = "同一事项的数量：国家为全国总数，此处为本地数"
_NEAR = "事项相同，对象或口径略有不同，或一方未写明"
_WIDER = "事项相同，国家指标的对象更宽"
_DEFINED_NEAR = "与同一指标的国家定义相近，统计口径未逐项核对"


def link_indicators(facts: Facts) -> Facts:
    """The facts with an `Indicator` on every target: a comparable label, and its links."""
    children = is_about_children(facts)

    def linked(target: Target) -> Target:
        label = comparable(target.measure, facts.front.place)
        links = links_of(target, label, year=_year(facts.front), children=children)
        return replace(target, indicator=Indicator(label, links))

    parts = (replace(part, targets=tuple(linked(t) for t in part.targets)) for part in facts.parts)
    return replace(facts, parts=tuple(parts), goals=tuple(linked(target) for target in facts.goals))


def links_of(target: Target, label: str, *, year: int | None, children: bool) -> tuple[Link, ...]:
    """The links of one target's indicator, the strongest first, at most one per concept.

    `year` is when the plan was made: entries that a later document had replaced by then
    are left to the later one. `children` tells that the plan is about children.
    """
    name = measured(_named(label, target.wording), unit=target.unit, per=target.per)
    exact = _exact(name)
    found: dict[str, Link] = {}
    for link in (
        *(_link(iri, "exactMatch", _SAME) for iri in sorted(exact)),
        *_declared_near(exact),
        *_compared(name),
        *_themed(label, name, children or "儿童" in label),
        *_measure(label, children),
    ):
        known = found.get(link.concept)
        if known is None or _rank(link) < _rank(known):
            found[link.concept] = link
    kept = (link for link in found.values() if not _followed(link.concept, year))
    return tuple(sorted(kept, key=lambda link: (_rank(link), link.concept)))


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


# -- comparing names -----------------------------------------------------------------------


def _exact(name: Measured) -> set[str]:
    """The entries that measure the same, and those that the vocabulary says are the same."""
    hits = {c.iri for c, known in _near_by_core(name) if _agrees(name, known)}
    return hits | {same for iri in hits for same in _matches(iri, "exactMatch")}


def _agrees(name: Measured, known: Measured) -> bool:
    return (
        (name.per, name.population, name.what, name.kind)
        == (known.per, known.population, known.what, known.kind)
        and known.unit is not None
        and name.unit in {None, known.unit}
        and not (name.gathered or known.gathered)
    )


def _compared(name: Measured) -> Iterator[Link]:
    """Entries with the same object whose population, denominator or wording differ a little."""
    for concept, known in _near_by_core(name):
        if not _comparable_kinds(name, known) or not _comparable_per(name.per, known.per):
            continue
        how = relation(name.population, known.population)
        if how in {"same", "near", "unstated"}:
            yield _link(concept.iri, "closeMatch", _LOCAL_SUM if name.gathered else _NEAR)
        elif how == "narrower":
            yield _link(concept.iri, "broadMatch", _WIDER)


def _near_by_core(name: Measured) -> list[tuple[Concept, Measured]]:
    return _national_names().get(name.core, []) if len(name.core) > 1 else []


def _comparable_kinds(name: Measured, known: Measured) -> bool:
    return name.kind == known.kind and (name.gathered == known.gathered)


def _comparable_per(one: frozenset[str], other: frozenset[str]) -> bool:
    if one == other:
        return True
    table = vocabulary()["per"]
    if not one or not other:
        return (one | other) <= {p["is"] for p in table if p.get("loose")}
    near = {p["is"]: set(p.get("near", ())) for p in table}
    return any(near.get(p, set()) & other for p in one)


def _declared_near(exact: Iterable[str]) -> Iterator[Link]:
    for iri in exact:
        for near in _matches(iri, "closeMatch"):
            yield _link(near, "closeMatch", _DEFINED_NEAR)


# -- themes --------------------------------------------------------------------------------


def _themed(label: str, name: Measured, children: bool) -> Iterator[Link]:
    for theme in themes():
        if (children or not theme.get("children")) and fits(theme, label, name.kind):
            for code in theme["to"]:
                yield _link(_by_code()[code], theme["strength"], theme["because"])


def _measure(label: str, children: bool) -> Iterator[Link]:
    if children:
        link = national_link(label, table="measure", strength="broadMatch")
        if link:
            yield link


# -- the vocabularies ----------------------------------------------------------------------


def _link(concept: str, strength: str, because: str) -> Link:
    return Link(concept, strength, because, _STRENGTHS[strength])


def _rank(link: Link) -> int:
    return list(_STRENGTHS).index(link.strength)


def _year(front: FrontMatter) -> int | None:
    day = front.date_signed or front.date_issued
    return day.year if day else front.period_end


def _followed(iri: str, year: int | None) -> bool:
    """Whether a later document had set an entry in the place of this one by `year`."""
    concept = _entries().get(iri)
    later = concept.values.get(ZT + "followedBy", ()) if concept else ()
    issued = (y for new in later for y in _entries()[new].values.get(_ISSUED, ()))
    return year is not None and any(int(y) <= year for y in issued)


def _matches(iri: str, strength: str) -> tuple[str, ...]:
    return _entries()[iri].values.get(_SKOS + strength, ())


@cache
def _entries() -> dict[str, Concept]:
    return {c.iri: c for name in (*_FILES, "sdg") for c in concepts(name)}


@cache
def _by_code() -> dict[str, str]:
    """Scheme and code to IRI: `ETGY2021/H10`; `SDG/4.1.2` by any of its codes."""
    own = {iri.removeprefix(_NATIONAL): iri for iri in _entries() if iri.startswith(_NATIONAL)}
    return own | {
        f"SDG/{code}": c.iri
        for c in concepts("sdg")
        for code in c.values.get(_SKOS + "notation", ())
    }


@cache
def _national_names() -> dict[str, list[tuple[Concept, Measured]]]:
    """National indicators by the core of each of their names.

    Those of the United Nations are not read this way: their names are definitions, and
    their units are not given. Themes and the vocabulary's own matches lead to them.
    """
    table: dict[str, list[tuple[Concept, Measured]]] = {}
    for concept in (c for name in _FILES for c in concepts(name)):
        if ZT + "NationalIndicator" in concept.values.get(_TYPE, ()):
            unit = next(iter(concept.values.get(ZT + "unitText", ())), None)
            for label in dict.fromkeys(concept.labels):
                known = measured(label, unit=unit)
                table.setdefault(known.core, []).append((concept, known))
    return table
