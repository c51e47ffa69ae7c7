"""The builder's domain types: frozen values, no behaviour beyond their invariants.

Offsets are 0-based code points into `Document.text`, spans half-open; `docs/model.md` maps types.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kg_build.links import Indicator, Link
from kg_build.unit_link import UnitLink

__all__ = [
    "Attribute",
    "Block",
    "BlockKind",
    "Built",
    "Citation",
    "Deadline",
    "Document",
    "DocumentKind",
    "Evidence",
    "Facts",
    "FrontMatter",
    "Issue",
    "Member",
    "Mention",
    "Override",
    "Parsed",
    "Part",
    "PartKind",
    "Responsibility",
    "Role",
    "Seat",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Target",
    "UnitLink",
    "WorkGroup",
]

#: where a rule comes from that no part states, but a preface, a note or the covering notice
WHOLE_PLAN = "plan"


class Role(StrEnum):
    """How a unit takes part in an action."""

    LEAD = "lead"
    PARTICIPATING = "participating"
    RESPONSIBLE = "responsible"
    IMPLEMENTING = "implementing"
    GUIDING = "guiding"


class Seat(StrEnum):
    """What a unit is in a work group: it leads, is a member, or has the group's office."""

    LEAD = "lead"
    MEMBER = "participating"
    OFFICE = "office"


class Status(StrEnum):
    """Whether a plan is in force as far as its text says."""

    ISSUED = "issued"
    DRAFT = "draft for comment"
    UNKNOWN = "unknown"


class Attribute(StrEnum):
    """Whether a target binds (约束性) or states what is expected (预期性)."""

    BINDING = "binding"
    EXPECTED = "expected"


class DocumentKind(StrEnum):
    """What a document is for. Only a plan lays down tasks."""

    PLAN = "plan"
    REGULATION = "regulation"
    REPLY = "reply"
    REPORT = "report"
    EXPLANATION = "explanation"


class BlockKind(StrEnum):
    """What a block of text is before its structure is known."""

    PARAGRAPH = "paragraph"
    CELL = "cell"
    METADATA = "metadata"  # a field of the page about the document: label, then value
    LAYOUT = "layout"  # page numbers, rules and the like: kept in the text, read by no rule


class PartKind(StrEnum):
    """What a part of a plan is for."""

    DOMAIN = "domain"
    PROGRAMME = "programme"
    ACTION = "action"
    SAFEGUARD = "safeguard"


class Severity(StrEnum):
    """How much an issue matters to a reader of the document."""

    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of `Document.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands and which rule read it there."""

    span: Span
    rule: str
    confidence: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something seen in a document and not understood, or left in doubt by the document itself."""

    code: str
    severity: Severity
    span: Span
    message_zh: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table cell: the pieces of text it is made of, in reading order.

    A paragraph that the layout broke into several lines has several spans.
    A cell whose reader knows its place has `table`, `row` and `column`, all from 0, and covers
    `row_span` rows and `column_span` columns; in a flattened table they are -1.
    `page` counts from 1 and is 0 where the format has no pages.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    table: int = -1
    row: int = -1
    column: int = -1
    row_span: int = 1
    column_span: int = 1
    page: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from."""

    name: str
    media_type: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader makes of a file's bytes. `encoding` is empty where the format fixes it."""

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    encoding: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """A value that a person knows better than the text, from the document's metadata file."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its blocks. `text[span.start:span.end]` is the quote of any span."""

    slug: str
    text: str
    blocks: tuple[Block, ...]
    source: Source
    source_url: str | None = None
    overrides: tuple[Override, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the plan names, with its number where the text gives it."""

    title: str
    number: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the text says about the plan as a document. Evidence is keyed by field name."""

    kind: DocumentKind = DocumentKind.PLAN
    title: str | None = None
    container_title: str | None = None
    issuers: tuple[str, ...] = ()
    document_number: str | None = None
    date_signed: date | None = None
    date_issued: date | None = None
    period_start: int | None = None
    period_end: int | None = None
    place: str | None = None
    place_code: str | None = None
    status: Status = Status.UNKNOWN
    citations: tuple[Citation, ...] = ()
    evidence: tuple[tuple[str, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One unit, in one role, for the part or target that holds it.

    `inherited_from` is the eid of the part that says it (a standing rule, 同上), or `WHOLE_PLAN`.
    `scope` is the text that its tag is for, where an item has a tag for each of several.
    """

    name: str
    role: Role
    evidence: Evidence
    inherited_from: str | None = None
    scope: Span | None = None
    link: UnitLink | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic or group found in a part or target; `main` where a title or measure shows it."""

    concept: str
    main: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator shall reach.

    **Units:** percent as 13.5; `unit` as the text writes it (亿千瓦 stays 亿千瓦).
    `value` is None for a qualitative target, whose wording is then in `wording`.
    `measurement_unit` is the IRI of the unit's vocabulary entry, where it has one.
    `baseline` is what the indicator was in `baseline_year`, and `change` by how much it shall
    differ from that, both in `unit`; `is_cumulative` says that the value counts whole years.
    A number that promises and could not be read is a target that is not `is_parsed`.
    """

    measure: str
    comparator: str | None
    value: Decimal | None
    unit: str | None
    deadline: int | None
    wording: str
    evidence: Evidence
    value_max: Decimal | None = None
    per: str | None = None
    hedge: str | None = None
    indicator: Indicator | None = None
    measurement_unit: str | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    change: Decimal | None = None
    attribute: Attribute | None = None
    is_cumulative: bool = False
    is_parsed: bool = True
    responsibilities: tuple[Responsibility, ...] = ()
    beneficiaries: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a whole action shall be done. `year` is None where it is to last (长期坚持)."""

    year: int | None
    month: int | None
    wording: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A domain, programme, action or safeguard. `domain` and `programme` are eids."""

    eid: str
    kind: PartKind
    number: str
    title: str
    text: str
    evidence: Evidence
    span: Span
    domain: str | None = None
    programme: str | None = None
    progress: str | None = None
    goal: str | None = None
    deadline: Deadline | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    topics: tuple[Mention, ...] = ()
    beneficiaries: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A unit in a work group."""

    name: str
    seat: Seat
    evidence: Evidence
    link: UnitLink | None = None


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A work group (专班) that the plan sets up."""

    name: str
    duties: str | None
    members: tuple[Member, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read of one plan, or of a document that is none.

    The main plan of a file has the `further` ones, whose `number` is their place among them all.
    """

    front: FrontMatter
    parts: tuple[Part, ...] = ()
    goals: tuple[Target, ...] = ()
    work_groups: tuple[WorkGroup, ...] = ()
    issuer_links: tuple[UnitLink, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    number: int | None = None
    further: tuple["Facts", ...] = ()

    @property
    def plans(self) -> tuple["Facts", ...]:
        """The facts of each plan in the file, the main one first."""
        return (self, *self.further)


@dataclass(frozen=True, slots=True)
class Built:
    """What building one document gives: its quads, its plan JSON and its issues."""

    slug: str
    nquads: bytes
    plan_json: str
    issues: tuple[Issue, ...]
