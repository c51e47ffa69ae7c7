"""Pages of plans and of their parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ontology import BASE, ZT
from queries.answers.comparisons import Comparison, comparisons
from queries.answers.inquiry import Inquiry, Row
from queries.answers.passages import Mark, Passage, cut, marks
from queries.answers.values import Due, Duty, Fact, Quote, Ref, Target, Unparsed, Used

__all__ = [
    "Group",
    "Issue",
    "Member",
    "Node",
    "Part",
    "Plan",
    "UnitRoles",
    "groups",
    "part",
    "plan",
]

_DCTERMS = "http://purl.org/dc/terms/"
_FRONT = (
    ZT + "documentKind",
    _DCTERMS + "title",
    ZT + "containerTitle",
    ZT + "documentNumber",
    ZT + "issuer",
    ZT + "dateSigned",
    ZT + "dateIssued",
    ZT + "periodStart",
    ZT + "periodEnd",
    ZT + "forPlace",
    ZT + "status",
)
_WORDING = (ZT + "progress", ZT + "goal")
_LINKS = (
    ZT + "topic",
    ZT + "mentionsTopic",
    ZT + "beneficiary",
    ZT + "nationalDomain",
    ZT + "nationalMeasure",
)
_OPENING = 8  # characters by which a line is recognised in a part's wording
_ROLES = ("lead", "guiding", "responsible", "implementing", "participating")


@dataclass(frozen=True, slots=True)
class Node:
    """A part in a plan's outline, with the units that lead it.

    `due` is the year or month (2025-12) by which it shall be done, "" where none is stated.
    """

    ref: Ref
    kind: Ref
    number: str
    due: str
    leads: tuple[Ref, ...]
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class UnitRoles:
    """How many parts of a plan a unit is responsible for; `counts` follow `Plan.roles`."""

    unit: Ref
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A unit's place in a work group."""

    unit: Ref
    role: Ref
    name: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A work group that a plan sets up."""

    ref: Ref
    plan: Ref
    members: tuple[Member, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that the plan's document leaves in doubt."""

    ref: Ref
    code: str
    severity: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a document says: front matter, outline, units, targets, groups, citations, issues.

    `beneficiaries` are whom its actions are for, with how many actions.
    A regulation, reply, report or explanation is no plan and has the first and the last two only.
    `beside` are what else the same file holds.
    """

    ref: Ref
    is_plan: bool
    text: Ref | None
    beside: tuple[Ref, ...]
    front: tuple[Fact, ...]
    outline: tuple[Node, ...]
    roles: tuple[Ref, ...]
    units: tuple[UnitRoles, ...]
    targets: tuple[Target, ...]
    comparisons: tuple[Comparison, ...]
    unparsed: tuple[Unparsed, ...]
    beneficiaries: tuple[tuple[Ref, int], ...]
    groups: tuple[Group, ...]
    citations: tuple[Fact, ...]
    issues: tuple[Issue, ...]
    queries: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A domain, programme, action or safeguard, with the passage of the text that states it.

    `above` leads from the plan down to the part; `wording` are columns of a task table.
    `due` is the deadline of the part as a whole; targets have their own.
    """

    ref: Ref
    kind: Ref
    number: str
    above: tuple[Ref, ...]
    passage: Passage | None
    wording: tuple[Fact, ...]
    due: Due | None
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    unparsed: tuple[Unparsed, ...]
    links: tuple[Fact, ...]
    children: tuple[Node, ...]
    issues: tuple[Issue, ...]
    quotes: tuple[Quote, ...]
    previous: Ref | None
    next: Ref | None
    queries: tuple[Used, ...]


def plan(inquiry: Inquiry, iri: str) -> Plan:
    """Everything a plan's page shows."""
    front = _facts(inquiry, iri, _FRONT)
    rows = inquiry.rows("pages/parts", plan=iri)
    roles, units = _units(inquiry, iri)
    types = {row["type"] for row in inquiry.rows("pages/types", thing=iri)}
    file = inquiry.rows("pages/file", plan=iri)
    return Plan(
        ref=inquiry.ref(iri),
        is_plan=ZT + "Plan" in types,
        text=inquiry.ref(file[0]["text"]) if file else None,
        beside=tuple(inquiry.ref(row["carried"]) for row in file if row["carried"] != iri),
        front=front,
        outline=_outline(inquiry, iri, rows),
        roles=roles,
        units=units,
        targets=inquiry.targets([iri]),
        comparisons=comparisons(inquiry, plan=iri),
        unparsed=inquiry.unparsed(iri),
        beneficiaries=_beneficiaries(inquiry, iri),
        groups=groups(inquiry, iri),
        citations=_citations(inquiry, iri),
        issues=_issues(inquiry, iri),
        queries=inquiry.used,
    )


def part(inquiry: Inquiry, iri: str) -> Part | None:
    """Everything the page of a part shows; None where the graph does not place it in a plan."""
    told = inquiry.rows("pages/statements", thing=iri)
    statements = {row["property"]: row["value"] for row in told}
    owner = statements.get(ZT + "plan", iri)
    rows = inquiry.rows("pages/parts", plan=owner)
    own = next((row for row in rows if row["part"] == iri), None)
    if own is None:
        return None
    quotes = inquiry.quotes([iri])[iri]
    passage = _passage(inquiry, owner, rows, iri, statements.get(ZT + "text", ""))
    previous, following = _beside(inquiry, rows, own)
    return Part(
        ref=inquiry.ref(iri),
        kind=inquiry.ref(own["class"]),
        number=own.get("number", ""),
        above=tuple(inquiry.ref(x) for x in (owner, own.get("domain"), own.get("programme")) if x),
        passage=passage,
        wording=_facts(inquiry, iri, _WORDING),
        due=inquiry.due(iri),
        duties=_by_role(inquiry.duties([iri])),
        targets=inquiry.targets([iri]),
        unparsed=inquiry.unparsed(iri),
        links=_facts(inquiry, iri, _LINKS),
        children=_under(inquiry, _outline(inquiry, owner, rows), iri),
        issues=tuple(i for i in _issues(inquiry, owner) if _stands_in(i, passage)),
        quotes=tuple(q for q in quotes if not q.supports),
        previous=previous,
        next=following,
        queries=inquiry.used,
    )


def groups(inquiry: Inquiry, of: str) -> tuple[Group, ...]:
    """The work groups of a plan, or those that a unit belongs to."""
    rows = inquiry.rows("pages/groups", of=of)
    quotes = inquiry.quotes(row[key] for row in rows for key in ("group", "membership"))
    by_group: dict[str, list[Row]] = {}
    for row in rows:
        by_group.setdefault(row["group"], []).append(row)
    return tuple(
        Group(
            ref=inquiry.ref(iri),
            plan=inquiry.ref(members[0]["plan"]),
            members=tuple(
                Member(
                    unit=inquiry.ref(row["unit"]),
                    role=inquiry.ref(row["role"]),
                    name=row["name"],
                    quotes=quotes[row["membership"]],
                )
                for row in sorted(members, key=lambda row: _rank(row["role"]))
            ),
            quotes=quotes[iri],
        )
        for iri, members in by_group.items()
    )


def _facts(inquiry: Inquiry, iri: str, properties: Sequence[str]) -> tuple[Fact, ...]:
    """Statements with these properties in their order, each with its own quotes."""
    quotes = inquiry.quotes([iri])[iri]
    found = []
    for prop, term in inquiry.table("pages/statements", thing=iri).rows:
        if prop and term and prop.value in properties:
            value = inquiry.ref(term.value) if term.kind == "iri" else term.value
            own = (q for q in quotes if q.supports == prop.value and q.value == term.value)
            found.append(Fact(inquiry.ref(prop.value), value, tuple(own)))
    special = {f.value for f in found if f.property.iri == ZT + "topic"}
    kept = (f for f in found if f.property.iri != ZT + "mentionsTopic" or f.value not in special)
    return tuple(sorted(kept, key=lambda fact: properties.index(fact.property.iri)))


def _outline(inquiry: Inquiry, plan_iri: str, rows: Iterable[Row]) -> tuple[Node, ...]:
    leads: dict[str, list[Ref]] = {}
    for row in inquiry.rows("pages/leads", plan=plan_iri):
        leads.setdefault(row["part"], []).append(inquiry.ref(row["unit"]))
    below: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: int(row["order"])):
        below.setdefault(row.get("programme") or row.get("domain") or plan_iri, []).append(row)

    def nodes(above: str) -> tuple[Node, ...]:
        return tuple(
            Node(
                ref=inquiry.ref(row["part"]),
                kind=inquiry.ref(row["class"]),
                number=row.get("number", ""),
                due=row.get("due", ""),
                leads=tuple(leads.get(row["part"], ())),
                children=nodes(row["part"]),
            )
            for row in below.get(above, ())
        )

    return tuple(sorted(nodes(plan_iri), key=lambda node: node.kind.iri == ZT + "Safeguard"))


def _under(inquiry: Inquiry, outline: tuple[Node, ...], iri: str) -> tuple[Node, ...]:
    for node in outline:
        if node.ref.iri == iri:
            return node.children
        if found := _under(inquiry, node.children, iri):
            return found
    return ()


def _units(inquiry: Inquiry, iri: str) -> tuple[tuple[Ref, ...], tuple[UnitRoles, ...]]:
    counts: dict[str, dict[str, int]] = {}
    for row in inquiry.rows("pages/agents", plan=iri):
        counts.setdefault(row["unit"], {})[row["role"]] = int(row["count"])
    roles = sorted({role for by_role in counts.values() for role in by_role}, key=_rank)
    units = (
        UnitRoles(inquiry.ref(unit), tuple(by_role.get(role, 0) for role in roles))
        for unit, by_role in counts.items()
    )
    return tuple(map(inquiry.ref, roles)), tuple(
        sorted(units, key=lambda u: (*(-n for n in u.counts), u.unit.label.zh))
    )


def _beneficiaries(inquiry: Inquiry, iri: str) -> tuple[tuple[Ref, int], ...]:
    rows = inquiry.rows("pages/beneficiaries", plan=iri)
    return tuple((inquiry.ref(row["beneficiary"]), int(row["count"])) for row in rows)


def _citations(inquiry: Inquiry, iri: str) -> tuple[Fact, ...]:
    rows = inquiry.rows("pages/citations", plan=iri)
    quotes = inquiry.quotes(row["citation"] for row in rows)
    cites = ZT + "cites"
    return tuple(
        Fact(inquiry.ref(cites), inquiry.ref(row["document"]), quotes[row["citation"]])
        for row in rows
    )


def _issues(inquiry: Inquiry, iri: str) -> tuple[Issue, ...]:
    rows = inquiry.rows("pages/issues", plan=iri)
    quotes = inquiry.quotes(row["issue"] for row in rows)
    return tuple(
        Issue(inquiry.ref(row["issue"]), row["code"], row["severity"], quotes[row["issue"]])
        for row in rows
    )


def _passage(
    inquiry: Inquiry, plan_iri: str, rows: Iterable[Row], iri: str, wording: str
) -> Passage | None:
    """The lines from the part's own heading to the next part's that belong to its wording."""
    places = {part: quotes[0].start for part, quotes in _headings(inquiry, rows).items() if quotes}
    if iri not in places:
        return None
    for row in inquiry.rows("pages/text", plan=plan_iri):
        content, start = row["content"], places[iri]
        found = marks(inquiry, row["text"], content)
        later = [place for place in places.values() if place > start]
        stop = _last_line(content, range(start, min(later, default=len(content))), wording, found)
        own = [m for m in found if start <= m.start and m.end <= stop]
        span = range(start, stop)
        slug = row["text"].rsplit("/", 1)[-1]
        return Passage(slug, start, stop, cut(content, own, span))
    return None


def _headings(inquiry: Inquiry, rows: Iterable[Row]) -> dict[str, tuple[Quote, ...]]:
    every = inquiry.quotes(row["part"] for row in rows)
    return {iri: tuple(q for q in quotes if not q.supports) for iri, quotes in every.items()}


def _last_line(content: str, span: range, wording: str, found: Iterable[Mark]) -> int:
    """Where the wording ends in `span`: what follows stands between parts and is of none."""
    condensed = "".join(wording.split())
    stop = max((m.end for m in found if m.start == span.start), default=span.start)
    at = span.start
    for line in content[span.start : span.stop].splitlines(keepends=True):
        at += len(line)
        opening = "".join(line.split())[:_OPENING]
        is_number_of_next = at == span.stop and len(opening) < _OPENING
        if opening and opening in condensed and not is_number_of_next:
            stop = max(stop, at - (len(line) - len(line.rstrip())))
    return min(stop, span.stop)


def _beside(inquiry: Inquiry, rows: Iterable[Row], own: Row) -> tuple[Ref | None, Ref | None]:
    """The parts of the same kind before and after."""
    same = sorted((r for r in rows if r["class"] == own["class"]), key=lambda r: int(r["order"]))
    iris = [row["part"] for row in same]
    at = iris.index(own["part"])
    before = iris[at - 1] if at else None
    after = iris[at + 1] if at + 1 < len(iris) else None
    return inquiry.optional_ref(before), inquiry.optional_ref(after)


def _stands_in(issue: Issue, passage: Passage | None) -> bool:
    return passage is not None and any(passage.start <= q.start < passage.end for q in issue.quotes)


def _by_role(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    def place(duty: Duty) -> tuple[int, int]:
        return _rank(duty.role.iri), duty.quotes[0].start if duty.quotes else 0

    return tuple(sorted(duties, key=place))


def _rank(role: str) -> int:
    """Roles in the order in which a page shows them; unknown ones last."""
    code = role.removeprefix(BASE + "id/role/")
    return _ROLES.index(code) if code in _ROLES else len(_ROLES)
