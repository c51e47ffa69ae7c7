"""What answers are made of: names, quotes, duties, targets and deadlines.

Every page is a frozen dataclass of these, and its JSON is the same dataclass written out.
Offsets are code points into the plan's canonical text, half-open.
"""

from dataclasses import dataclass

__all__ = [
    "Due",
    "Duty",
    "Fact",
    "Label",
    "Location",
    "Quote",
    "Ref",
    "Target",
    "TargetUnit",
    "Unparsed",
    "Used",
]


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; where the graph has one only, both are that one."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing of the graph with its name."""

    iri: str
    label: Label


@dataclass(frozen=True, slots=True)
class Location:
    """Where in its file a quote begins, each from 1; None where the format does not tell."""

    page: int | None
    paragraph: int | None
    table: int | None
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence: the wording, where it stands and which rule read it, how surely.

    `before` and `after` are what surrounds it in its sentence, as far as the graph holds it.
    `supports` and `value` say for which property and value of the subject it stands, if not for
    the subject as a whole.
    """

    iri: str
    document: str
    start: int
    end: int
    exact: str
    before: str
    after: str
    rule: str
    confidence: float
    supports: str
    value: str
    at: Location


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: property, value (a thing or a literal's text) and its quotes."""

    property: Ref
    value: Ref | str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit in one role for one part.

    `inherited` is the part that states a standing rule, the plan where a preface or note does.
    `scope` are the words that it is for, where the part has several tags.
    """

    part: Ref
    plan: Ref
    unit: Ref
    role: Ref
    name: str
    inherited: Ref | None
    scope: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class TargetUnit:
    """One unit in one role for one target."""

    unit: Ref
    role: Ref
    name: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator shall reach. Values are decimal text; percent as 13.5.

    `baseline` and `change` are in `unit` too; `cumulative` is a sum over the years of the period.
    `units` are those that an indicator table names for it.
    """

    ref: Ref
    holder: Ref
    indicator: Ref
    written: str
    comparator: Ref | None
    value: str | None
    maximum: str | None
    unit: str | None
    deadline: str | None
    per: str | None
    hedge: str | None
    baseline: str | None
    baseline_year: str | None
    change: str | None
    attribute: Ref | None
    cumulative: bool
    units: tuple[TargetUnit, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A number that promises something and was not understood, in its own words."""

    ref: Ref
    holder: Ref
    written: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """By when a whole action shall be done; no `year` where it is to last (长期坚持)."""

    written: str
    year: str | None
    month: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """A named query behind an answer, with the single values it was asked with."""

    name: str
    values: tuple[tuple[str, str], ...]
