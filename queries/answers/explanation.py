"""Why a fact is believed: the words behind it, where they stand, the rule and its confidence."""

import re
from dataclasses import dataclass

from ontology import ZT
from queries.answers.inquiry import Inquiry, Row
from queries.answers.values import Duty, Fact, Ref, Target

__all__ = ["Explanation", "Proof", "Step", "explanation", "nearest"]

_LAST = re.compile(r"(?:__|/)(?:(?!__)[^/])*$")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: what is shown elsewhere in an explanation, or too long to show
_ELSEWHERE = {
    _TYPE,
    "http://www.w3.org/2000/01/rdf-schema#label",
    *(
        ZT + name
        for name in (
            "content",
            "evidence",
            "hasIssue",
            "hasPart",
            "hasTarget",
            "order",
            "responsibility",
            "supportsValue",
            "text",
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A part on the way from the plan to a fact."""

    number: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence; `supports` is the one property that it is for, if it is for one.

    `page`, `paragraph`, or `table`, `row` and `column` are empty where the format does not tell.
    """

    quote: str
    before: str
    after: str
    file: str
    start: int
    end: int
    page: str
    paragraph: str
    table: str
    row: str
    column: str
    rule: str
    about_zh: str
    about_en: str
    confidence: str
    supports: Ref | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing: what is stated of it, where it stands, its proofs, and the facts that hang on it.

    `proves` are the facts for which it is itself the evidence.
    """

    ref: Ref
    kinds: tuple[Ref, ...]
    path: tuple[Step, ...]
    statements: tuple[Fact, ...]
    proofs: tuple[Proof, ...]
    proves: tuple[Ref, ...]
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]


def explanation(inquiry: Inquiry, iri: str) -> Explanation | None:
    """All that the graph holds in support of a thing; None where it holds nothing of it."""
    statements = inquiry.table("pages/statements", thing=iri).rows
    if not statements:
        return None
    stated = [(p.value, v) for p, v in statements if p and v and v.kind != "bnode"]
    return Explanation(
        ref=inquiry.ref(iri),
        kinds=tuple(inquiry.ref(v.value) for p, v in stated if p == _TYPE),
        path=tuple(
            Step(row.get("number", ""), inquiry.ref(row["part"]))
            for row in inquiry.rows("browse/path", subject=iri)
        ),
        statements=tuple(
            Fact(inquiry.ref(p), inquiry.ref(v.value) if v.kind == "iri" else v.value)
            for p, v in stated
            if p not in _ELSEWHERE
        ),
        proofs=tuple(_proof(inquiry, r) for r in inquiry.rows("browse/explain", subject=iri)),
        proves=tuple(
            inquiry.ref(row["subject"])
            for row in inquiry.rows("pages/mentions", thing=iri)
            if row["property"] == ZT + "evidence"
        ),
        duties=inquiry.duties([iri]),
        targets=inquiry.targets([iri]),
    )


def _proof(inquiry: Inquiry, row: Row) -> Proof:
    return Proof(
        quote=row["quote"],
        before=row["before"],
        after=row["after"],
        file=row["file"],
        start=int(row["start"]),
        end=int(row["end"]),
        page=row.get("page", ""),
        paragraph=row.get("paragraph", ""),
        table=row.get("table", ""),
        row=row.get("row", ""),
        column=row.get("column", ""),
        rule=row["rule"],
        about_zh=row.get("about_zh", ""),
        about_en=row.get("about_en", ""),
        confidence=row["confidence"],
        supports=inquiry.optional_ref(row.get("supports")),
    )


def nearest(inquiry: Inquiry, iri: str) -> str | None:
    """The longest beginning of an IRI, up to a slash, that the graph knows."""
    while "/id/" in iri:
        iri = _LAST.sub("", iri)
        if inquiry.rows("pages/types", thing=iri):
            return iri
    return None
