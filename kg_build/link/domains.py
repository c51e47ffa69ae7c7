"""Links from domains and actions to those of the national guideline on child-friendly cities."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.link.measured import fold
from kg_build.links import Link
from kg_build.model import Facts, Part, PartKind
from ontology import BASE

__all__ = ["heading_rules", "is_about_children", "link_domains", "national_link"]

_DOCUMENT = "发改社会〔2021〕1380号"


def link_domains(facts: Facts) -> Facts:
    """The facts with national domains on domains and national measures on actions.

    A plan that is not about children gets none, whatever its headings say.
    """
    if not is_about_children(facts):
        return facts
    return replace(facts, parts=tuple(_linked(part) for part in facts.parts))


def is_about_children(facts: Facts) -> bool:
    """Whether the plan's title, or a good share of its headings, names children."""
    about = heading_rules()["children"]
    titles = [t for t in (facts.front.title, facts.front.container_title) if t]
    if any(re.search(about["match"], title) for title in titles):
        return True
    headings = [p.title for p in facts.parts if p.kind in {PartKind.DOMAIN, PartKind.ACTION}]
    named = sum(1 for heading in headings if re.search(about["match"], heading))
    return bool(headings) and named >= about["share"] * len(headings)


def national_link(text: str, *, table: str, strength: str) -> Link | None:
    """The national domain or measure that stands first in `text`; `table` is domain or measure."""
    folded = fold(text)
    found = [
        (hit.start(), rank, hit.group(), rule["to"]) for rank, rule, hit in _hits(folded, table)
    ]
    if not found:
        return None
    _, _, words, code = min(found)
    return Link(
        concept=f"{BASE}id/national/{code}",
        strength=strength,
        justification=f"“{words}”与{_DOCUMENT}的相应{'领域' if table == 'domain' else '举措'}同题",
        confidence=Decimal("0.9") if table == "domain" else Decimal("0.7"),
    )


@cache
def heading_rules() -> dict[str, Any]:
    """The tables of `domains.toml`."""
    return tomllib.loads((files(__package__) / "domains.toml").read_text(encoding="utf-8"))


def _linked(part: Part) -> Part:
    if part.kind is PartKind.DOMAIN:
        link = national_link(part.title, table="domain", strength="closeMatch")
    elif part.kind is PartKind.ACTION:
        link = national_link(part.title, table="measure", strength="closeMatch")
    else:
        return part
    return replace(part, links=(*part.links, link)) if link else part


def _hits(folded: str, table: str) -> Iterable[tuple[int, dict[str, Any], re.Match[str]]]:
    for rank, rule in enumerate(heading_rules()[table]):
        hit = re.search(rule["match"], folded)
        if hit:
            yield rank, rule, hit
