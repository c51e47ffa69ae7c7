"""Units of measurement as plans write them, linked to the vocabulary of measures."""

from dataclasses import replace
from functools import cache

from kg_build.lex.view import fold
from kg_build.model import Facts, Part, Target
from ontology import concepts

__all__ = ["link_measures"]


def link_measures(facts: Facts) -> Facts:
    """The facts with the vocabulary entry of each target's unit, where there is one."""
    return replace(
        facts,
        parts=tuple(_part(p) for p in facts.parts),
        goals=tuple(_target(t) for t in facts.goals),
    )


def _part(part: Part) -> Part:
    return replace(part, targets=tuple(_target(t) for t in part.targets)) if part.targets else part


def _target(target: Target) -> Target:
    unit = fold(target.unit) if target.unit else ""
    entry = _entries().get(unit) or _entries().get(unit.partition("(")[0])  # 台(套) is 台
    return replace(target, measurement_unit=entry) if entry else target


@cache
def _entries() -> dict[str, str]:
    """IRIs by folded spelling; no two entries share a spelling."""
    return {fold(label): c.iri for c in concepts("measure") for label in c.labels}
