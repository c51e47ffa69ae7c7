"""What indicators and parts correspond to in vocabularies, and what people decided on it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["NO_MATCH", "Correction", "Indicator", "Link", "Review"]

#: the strength of what looked alike and is not
NO_MATCH = "noMatch"


@dataclass(frozen=True, slots=True)
class Review:
    """Who decided on a link, and when."""

    reviewer: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A correspondence with a vocabulary entry.

    `strength` is the local name of a SKOS mapping, or `NO_MATCH`. `method` is the local name of
    a justification of the Semantic Mapping Vocabulary, `matched` the words by which the entry
    was found. `review` is there where a person decided.
    """

    concept: str
    strength: str
    justification: str
    confidence: Decimal = Decimal(1)
    method: str = "LexicalMatching"
    matched: str = ""
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target measures. `label` is comparable; the wording stays with the target."""

    label: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided on one indicator of a plan and one vocabulary entry.

    `plan` is the plan's identifier, `indicator` its comparable label, `code` scheme and code of
    the entry as in `FYP14/12`; `strength` is that of a `Link`. `row` is where it stands, from 1.
    """

    row: int
    plan: str
    indicator: str
    code: str
    strength: str
    review: Review
    note: str = ""
