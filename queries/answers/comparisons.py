"""Local targets beside national ones: meets, exceeds, below, later, or not comparable and why."""

from dataclasses import dataclass

from queries.answers.inquiry import Inquiry, Row
from queries.answers.values import Quote, Ref

__all__ = ["Comparison", "comparisons"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_MATCHES = ["exactMatch", "closeMatch"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One target of a plan beside one target of a national indicator.

    `verdict` is meets, exceeds, below, later or incomparable; `reason` says why the two cannot be
    compared, or what to mind. `verified` is how far the national target was checked. Values are
    decimal text, "" where the target is in words.
    """

    indicator: Ref
    written: str
    deadline: str
    national: Ref
    national_source: str
    national_comparator: Ref | None
    national_value: str
    national_unit: str
    national_year: str
    verified: str
    strength: Ref
    verdict: str
    reason: Ref | None
    quotes: tuple[Quote, ...]


def comparisons(inquiry: Inquiry, **of: str) -> tuple[Comparison, ...]:
    """The comparisons of an `indicator` or a `plan`, those of the same indicator first."""
    rows = inquiry.rows("competency/national_comparison", match=_MATCHES, **of)
    quotes = inquiry.quotes(row["fact"] for row in rows)
    rows.sort(key=lambda row: (row["indicator_name"], row["strength"] != _SKOS + "exactMatch"))
    return tuple(_comparison(inquiry, row, quotes[row["fact"]]) for row in rows)


def _comparison(inquiry: Inquiry, row: Row, quotes: tuple[Quote, ...]) -> Comparison:
    return Comparison(
        indicator=inquiry.ref(row["indicator"]),
        written=row["written"],
        deadline=row.get("deadline", ""),
        national=inquiry.ref(row["national"]),
        national_source=row.get("national_source", ""),
        national_comparator=inquiry.optional_ref(row.get("national_comparator")),
        national_value=row.get("national_number", ""),
        national_unit=row.get("national_unit", ""),
        national_year=row.get("national_year", ""),
        verified=row.get("national_verified", ""),
        strength=inquiry.ref(row["strength"]),
        verdict=row["judged"],
        reason=inquiry.optional_ref(row.get("reason")),
        quotes=quotes,
    )
