"""Links between the plans' indicators and national or international entries, strongest first."""

from dataclasses import dataclass

from ontology import ZT
from queries.answers.inquiry import Inquiry, Row
from queries.answers.values import Ref

__all__ = ["Link", "links"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NO_MATCH = ZT + "noMatch"
_ORDER = (
    *(_SKOS + name for name in ("exactMatch", "closeMatch", "narrowMatch", "broadMatch")),
    _SKOS + "relatedMatch",
    _NO_MATCH,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between a plan's indicator and an entry; not `is_match`: looked alike and is not.

    `method` is an entry of the Semantic Mapping Vocabulary, `matched` the words that led to it.
    `reviewer` decided on the link, if anybody did. `verified` is the entry's own status, "" where
    the vocabulary states none.
    """

    indicator: Ref
    object: Ref
    strength: Ref | None
    is_match: bool
    justification: str
    method: Ref | None
    matched: str
    confidence: str
    reviewer: str
    reviewed_on: str
    source: str
    verified: str


def links(inquiry: Inquiry, iri: str) -> tuple[Link, ...]:
    """The links of an indicator, or those that lead to an entry."""
    rows = sorted(inquiry.rows("pages/links", of=iri), key=_rank)
    return tuple(_link(inquiry, row) for row in rows)


def _link(inquiry: Inquiry, row: Row) -> Link:
    return Link(
        indicator=inquiry.ref(row["indicator"]),
        object=inquiry.ref(row["object"]),
        strength=inquiry.optional_ref(row.get("strength")),
        is_match=row.get("strength") != _NO_MATCH,
        justification=row.get("justification", ""),
        method=inquiry.optional_ref(row.get("method")),
        matched=row.get("matched", ""),
        confidence=row.get("confidence", ""),
        reviewer=row.get("reviewer", ""),
        reviewed_on=row.get("reviewed_on", ""),
        source=row.get("source", ""),
        verified=row.get("verified", ""),
    )


def _rank(row: Row) -> int:
    strength = row.get("strength")
    return _ORDER.index(strength) if strength in _ORDER else len(_ORDER)
