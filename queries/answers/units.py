"""Pages of units: what they are and owe, what came before and after them, who is like them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ontology import ZT
from queries.answers.inquiry import Inquiry
from queries.answers.plans import Group, groups
from queries.answers.values import Duty, Ref, Target, Used

__all__ = ["Kin", "Reform", "Unit", "unit"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ALTERNATIVE = "http://www.w3.org/2004/02/skos/core#altLabel"

_LISTED = 60  # units of one relation on a page; the function's own page has them all

Stated = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kin:
    """Another unit, and how it is related: above, below, division, before, after or peer."""

    relation: str
    ref: Ref
    place: Ref | None


@dataclass(frozen=True, slots=True)
class Reform:
    """A reform of the unit's kind of body. `verified` is "reported" or "unverified"."""

    year: str
    ref: Ref
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it is and owes, which targets it answers for, its groups and its kin.

    `level` is nation, province, prefecture, county or township, "" where it is not known.
    """

    ref: Ref
    kind: Ref
    place: Ref | None
    locality: Ref | None
    level: str
    functions: tuple[Ref, ...]
    names: tuple[str, ...]
    leadership: Ref | None
    led_from: Ref | None
    division_of: Ref | None
    former: Ref | None
    reforms: tuple[Reform, ...]
    kin: tuple[Kin, ...]
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    groups: tuple[Group, ...]
    issued: tuple[Ref, ...]
    queries: tuple[Used, ...]


def unit(inquiry: Inquiry, iri: str) -> Unit:
    """Everything a unit's page shows."""
    stated = _stated(inquiry, iri)
    mentions = inquiry.rows("pages/mentions", thing=iri)
    duties = inquiry.duties([iri])
    written = {duty.name for duty in duties} - {inquiry.ref(iri).label.zh}
    is_group = ZT + "UnitGroup" in stated.get(_TYPE, ())
    return Unit(
        ref=inquiry.ref(iri),
        kind=inquiry.ref(ZT + ("UnitGroup" if is_group else "Unit")),
        place=_one(inquiry, stated, "jurisdiction"),
        locality=_one(inquiry, stated, "locality"),
        level=next(iter(stated.get(ZT + "level", ())), ""),
        functions=tuple(map(inquiry.ref, stated.get(ZT + "function", ()))),
        names=tuple(sorted(written | set(stated.get(_ALTERNATIVE, ())))),
        leadership=_one(inquiry, stated, "leadership"),
        led_from=_one(inquiry, stated, "ledFrom"),
        division_of=_one(inquiry, stated, "divisionOf"),
        former=_one(inquiry, stated, "formerBody"),
        reforms=() if is_group else _reforms(inquiry, iri),
        kin=() if is_group else _kin(inquiry, iri),
        duties=duties,
        targets=inquiry.targets([iri]),
        groups=groups(inquiry, iri),
        issued=tuple(inquiry.ref(m["subject"]) for m in mentions if m["property"] == ZT + "issuer"),
        queries=inquiry.used,
    )


def _stated(inquiry: Inquiry, iri: str) -> Stated:
    stated: dict[str, list[str]] = {}
    for row in inquiry.rows("pages/statements", thing=iri):
        stated.setdefault(row["property"], []).append(row["value"])
    return stated


def _one(inquiry: Inquiry, stated: Stated, name: str) -> Ref | None:
    return inquiry.optional_ref(next(iter(stated.get(ZT + name, ())), None))


def _kin(inquiry: Inquiry, iri: str) -> tuple[Kin, ...]:
    """Related units; one that is related in several ways stands where it says most."""
    found: dict[str, dict[str, str]] = {}
    for row in inquiry.rows("pages/unit_kin", unit=iri):
        found.setdefault(row["other"], row)
    shown: Counter[str] = Counter()
    kin = []
    for other, row in found.items():
        shown[row["relation"]] += 1
        if shown[row["relation"]] <= _LISTED:
            place = inquiry.optional_ref(row.get("place"))
            kin.append(Kin(row["relation"], inquiry.ref(other), place))
    return tuple(kin)


def _reforms(inquiry: Inquiry, iri: str) -> tuple[Reform, ...]:
    rows = {row["reform"]: row for row in inquiry.rows("pages/reforms", unit=iri)}
    return tuple(
        Reform(row["year"], inquiry.ref(reform), row.get("source", ""), row["verified"])
        for reform, row in rows.items()
    )
