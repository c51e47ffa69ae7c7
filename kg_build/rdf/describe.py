"""One function per kind of fact: which triples it becomes."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from kg_build.lex.titles import document_key
from kg_build.lex.view import tidy
from kg_build.model import (
    WHOLE_PLAN,
    Citation,
    Deadline,
    Document,
    DocumentKind,
    Evidence,
    Facts,
    FrontMatter,
    Issue,
    Mention,
    Part,
    PartKind,
    Responsibility,
    Role,
    Seat,
    Target,
    UnitLink,
    WorkGroup,
)
from kg_build.rdf import iris
from kg_build.rdf.evidence import described
from kg_build.rdf.front_values import front_values
from kg_build.rdf.link_values import link_values
from kg_build.rdf.location import Locator
from kg_build.rdf.nquads import Triple
from kg_build.rdf.target_values import target_values
from kg_build.rdf.terms import document_number, name, text, typed, zt
from kg_build.rdf.units import unit, unit_node

__all__ = ["describe"]

_TYPE = name("rdf:type")
_LABEL = name("rdfs:label")
_CLASS = {
    PartKind.DOMAIN: "Domain",
    PartKind.PROGRAMME: "Programme",
    PartKind.ACTION: "Action",
    PartKind.SAFEGUARD: "Safeguard",
}
_ROLE_PROPERTY = {
    Role.LEAD: "leadUnit",
    Role.PARTICIPATING: "participatingUnit",
    Role.RESPONSIBLE: "responsibleUnit",
    Role.IMPLEMENTING: "implementingUnit",
    Role.GUIDING: "guidingUnit",
}
#: who heads a group is in it; who has its office need not be
_SEAT_PROPERTIES = {
    Seat.LEAD: ("groupLead", "groupMember"),
    Seat.MEMBER: ("groupMember",),
    Seat.OFFICE: ("groupOffice",),
}


def describe(document: Document, facts: Facts) -> Iterator[Triple]:
    """All triples of one document's facts, evidence included, of each plan in it."""
    writer = _Writer(document, Locator(document))
    yield from writer.source()
    for plan in facts.plans:
        yield from replace(writer, plan_number=plan.number).plan(plan)
    for issue in document.issues:
        yield from writer.issue(issue)


@dataclass(frozen=True, slots=True)
class _Writer:
    """One plan's triples; `known` are IRIs of evidence, rules and units described so far.

    `targets` are the deadlines of targets by the IRIs given to them.
    """

    document: Document
    locator: Locator
    plan_number: int | None = None
    known: set[str] = field(default_factory=set)
    targets: dict[str, int | None] = field(default_factory=dict)

    @property
    def _name(self) -> tuple[str, ...]:
        """What names the plan: its file and, of one that is not the main plan, its place there."""
        number = () if self.plan_number is None else (f"plan_{self.plan_number}",)
        return (self.document.slug, *number)

    def _iri(self, *path: str) -> ox.NamedNode:
        return ox.NamedNode(iris.local("plan", *self._name, *path))

    @property
    def _text_iri(self) -> ox.NamedNode:
        return ox.NamedNode(iris.local("text", self.document.slug))

    def plan(self, facts: Facts) -> Iterator[Triple]:
        """What was read of the plan."""
        plan = self._iri()
        is_plan = facts.front.kind is DocumentKind.PLAN
        yield plan, _TYPE, zt("Plan" if is_plan else "OtherDocument")
        yield self._text_iri, zt("textOf"), plan
        yield from self._front(plan, facts)
        domains = {p.eid for p in facts.parts if p.kind is PartKind.DOMAIN}
        order = dict.fromkeys(PartKind, 0)
        for part in facts.parts:
            order[part.kind] += 1
            yield from self._part(plan, part, order[part.kind], domains)
        for target in facts.goals:
            yield from self._target(plan, "goals", target)
        for group in facts.work_groups:
            yield from self._work_group(plan, group)
        for issue in facts.issues:
            yield from self.issue(issue)

    # -- the document ---------------------------------------------------------------------

    def source(self) -> Iterator[Triple]:
        """The text and the file that it comes from."""
        node, source = self._text_iri, self.document.source
        yield node, _TYPE, zt("TextDocument")
        yield node, zt("fileName"), text(source.name)
        yield node, zt("sha256"), text(source.sha256)
        yield node, zt("content"), text(self.document.text)
        yield node, name("dcterms:format"), text(source.media_type)
        if self.document.source_url:
            yield node, name("dcterms:source"), text(self.document.source_url)

    def _front(self, plan: ox.NamedNode, facts: Facts) -> Iterator[Triple]:
        front = facts.front
        title = front.title or "/".join(self._name)
        yield plan, _LABEL, text(title, "zh")
        yield plan, name("dcterms:identifier"), text("/".join(self._name))
        for key, prop, value in front_values(front):
            yield plan, prop, value
            yield from self._supported(plan, front, key, prop, value)
        for signed in front.issuers:
            yield plan, zt("issuerName"), text(signed, "zh")
        for link in facts.issuer_links:
            unit = yield from self._unit(link)
            yield plan, zt("issuer"), unit
            yield from self._supported(plan, front, "issuer", zt("issuer"), unit)
        for citation in front.citations:
            yield from self._citation(plan, citation, front.place_code)

    def _supported(
        self,
        subject: ox.NamedNode,
        front: FrontMatter,
        field: str,
        prop: ox.NamedNode,
        value: ox.NamedNode | ox.Literal,
    ) -> Iterator[Triple]:
        for known, evidence in front.evidence:
            if known == field:
                yield from self._evidence(subject, evidence, prop, value)

    def _citation(
        self, plan: ox.NamedNode, citation: Citation, place: str | None
    ) -> Iterator[Triple]:
        number = document_number(citation.number) if citation.number else None
        titled = document_key(citation.title, place or self.document.slug)
        key = number.value if number else titled
        node = self._iri("citation", iris.digest(key))
        cited = ox.NamedNode(iris.local("document", key))
        yield node, _TYPE, zt("Citation")
        yield node, _LABEL, text(citation.title, "zh")
        yield plan, zt("citation"), node
        yield node, zt("citedDocument"), cited
        yield plan, zt("cites"), cited
        yield cited, _TYPE, zt("CitedDocument")
        yield cited, _LABEL, text(citation.title, "zh")
        if number:
            yield cited, zt("documentNumber"), number
            yield ox.NamedNode(iris.local("document", titled)), name("owl:sameAs"), cited
        yield from self._evidence(node, citation.evidence)

    # -- parts ----------------------------------------------------------------------------

    def _part(
        self, plan: ox.NamedNode, part: Part, order: int, domains: set[str]
    ) -> Iterator[Triple]:
        node = self._iri(part.eid)
        yield node, _TYPE, zt(_CLASS[part.kind])
        yield node, _LABEL, text(part.title, "zh")
        yield node, zt("plan"), plan
        yield plan, zt("hasPart"), node
        yield node, zt("order"), typed(order, "integer")
        if part.number:
            yield node, zt("number"), text(part.number)
        if part.text:
            yield node, zt("text"), text(part.text)
        if part.domain and part.domain in domains:
            yield node, zt("domain"), self._iri(part.domain)
        if part.programme:
            yield node, zt("programme"), self._iri(part.programme)
        if part.progress:
            yield node, zt("progress"), text(part.progress)
        if part.goal:
            yield node, zt("goal"), text(part.goal)
        if part.deadline:
            yield from self._deadline(node, part.deadline)
        yield from self._evidence(node, part.evidence)
        for n, responsibility in enumerate(part.responsibilities):
            yield from self._responsibility(node, part, responsibility, n)
        for target in part.targets:
            yield from self._target(node, part.eid, target)
        for topic in part.topics:
            yield from self._topic(node, topic)
        yield from self._beneficiaries(node, part.beneficiaries)
        prop = zt("nationalDomain" if part.kind is PartKind.DOMAIN else "nationalMeasure")
        for link in part.links:
            yield node, prop, ox.NamedNode(link.concept)
            rule = f"national.{part.kind}"
            inferred = Evidence(part.evidence.span, rule, link.confidence)
            yield from self._evidence(node, inferred, prop, ox.NamedNode(link.concept))

    def _deadline(self, node: ox.NamedNode, deadline: Deadline) -> Iterator[Triple]:
        wording = text(deadline.wording)
        yield node, zt("deadlineAsWritten"), wording
        yield from self._evidence(node, deadline.evidence, zt("deadlineAsWritten"), wording)
        if deadline.year:
            yield node, zt("deadline"), typed(deadline.year, "gYear")
        if deadline.year and deadline.month:
            month = f"{deadline.year}-{deadline.month:02}"
            yield node, zt("deadlineMonth"), typed(month, "gYearMonth")

    def _responsibility(
        self, part_iri: ox.NamedNode, part: Part, fact: Responsibility, n: int
    ) -> Iterator[Triple]:
        node = self._iri(part.eid, "responsibility", iris.digest(fact.name, fact.role, n))
        unit = yield from self._owed(part_iri, node, fact)
        if unit is None:
            return
        yield part_iri, zt(_ROLE_PROPERTY[fact.role]), unit
        yield part_iri, zt("responsibleUnit"), unit
        if fact.inherited_from:
            stated = () if fact.inherited_from == WHOLE_PLAN else (fact.inherited_from,)
            yield node, zt("inheritedFrom"), self._iri(*stated)
        if fact.scope:
            words = self.document.text[fact.scope.start : fact.scope.end]
            yield node, zt("scope"), text(tidy(words))

    def _owed(
        self, holder: ox.NamedNode, node: ox.NamedNode, fact: Responsibility
    ) -> Generator[Triple, None, ox.NamedNode | None]:
        """What every responsibility says, for a part or a target; its unit, where it is known."""
        if fact.link is None:
            return None
        unit = yield from self._unit(fact.link)
        yield node, _TYPE, zt("Responsibility")
        yield holder, zt("responsibility"), node
        yield node, zt("responsibilityFor"), holder
        yield node, zt("unit"), unit
        yield node, zt("role"), ox.NamedNode(iris.concept("role", fact.role))
        yield node, zt("nameAsWritten"), text(fact.name)
        yield from self._evidence(node, fact.evidence)
        return unit

    def _topic(self, node: ox.NamedNode, topic: Mention) -> Iterator[Triple]:
        concept = ox.NamedNode(topic.concept)
        prop = zt("topic" if topic.main else "mentionsTopic")
        yield node, prop, concept
        yield node, zt("mentionsTopic"), concept
        yield from self._evidence(node, topic.evidence, prop, concept)

    def _beneficiaries(self, node: ox.NamedNode, groups: Iterable[Mention]) -> Iterator[Triple]:
        for group in groups:
            concept = ox.NamedNode(group.concept)
            yield node, zt("beneficiary"), concept
            yield from self._evidence(node, group.evidence, zt("beneficiary"), concept)

    # -- units and groups -----------------------------------------------------------------

    def _unit(self, link: UnitLink) -> Generator[Triple, None, ox.NamedNode]:
        node = unit_node(link, self.document.slug)
        if (spelling := f"{node.value} {link.label}") not in self.known:
            self.known.add(spelling)
            yield from unit(link, self.document.slug)
        return node

    def _work_group(self, plan: ox.NamedNode, group: WorkGroup) -> Iterator[Triple]:
        node = self._iri("group", group.name)
        yield node, _TYPE, zt("WorkGroup")
        yield node, _LABEL, text(group.name, "zh")
        yield plan, zt("workGroup"), node
        if group.duties:
            yield node, zt("text"), text(group.duties)
        yield from self._evidence(node, group.evidence)
        for n, member in enumerate(group.members):
            if member.link is None:
                continue
            unit = yield from self._unit(member.link)
            place = self._iri("group", group.name, "member", iris.digest(member.name, n))
            yield place, _TYPE, zt("Membership")
            yield node, zt("membership"), place
            yield place, zt("unit"), unit
            yield place, zt("role"), ox.NamedNode(iris.concept("role", member.seat))
            yield place, zt("nameAsWritten"), text(member.name)
            for prop in _SEAT_PROPERTIES[member.seat]:
                yield node, zt(prop), unit
            yield from self._evidence(place, member.evidence)

    # -- targets --------------------------------------------------------------------------

    def _target(self, holder: ox.NamedNode, eid: str, target: Target) -> Iterator[Triple]:
        if not target.is_parsed:
            yield from self._unparsed(holder, eid, target)
            return
        kind = "QualitativeTarget" if target.value is None else "QuantitativeTarget"
        node = self._target_iri(eid, target)
        yield node, _TYPE, zt(kind)
        yield node, _TYPE, zt("Target")
        yield node, _LABEL, text(_target_label(target), "zh")
        yield holder, zt("hasTarget"), node
        yield node, zt("targetOf"), holder
        yield from target_values(node, target)
        yield from self._indicator(node, target)
        yield from self._evidence(node, target.evidence)
        for group in target.beneficiaries:
            yield node, zt("beneficiary"), ox.NamedNode(group.concept)
        for owed in target.responsibilities:
            key = iris.digest(node.value, owed.name, owed.role)
            duty = self._iri(eid, "responsibility", key)
            if unit := (yield from self._owed(node, duty, owed)):
                yield node, zt("targetUnit"), unit

    def _target_iri(self, eid: str, target: Target) -> ox.NamedNode:
        """Named by its words and where they begin; others of the same words by their deadline, too.

        One value may stand for several years: 2019年80户、2020年80户 of one measure.
        """
        key = (target.measure, target.wording, target.evidence.span.start)
        node = self._iri(eid, "target", iris.digest(*key))
        if self.targets.setdefault(node.value, target.deadline) == target.deadline:
            return node
        return self._iri(eid, "target", iris.digest(*key, target.deadline))

    def _unparsed(self, holder: ox.NamedNode, eid: str, target: Target) -> Iterator[Triple]:
        node = self._iri(eid, "unparsed", iris.digest(target.wording, target.evidence.span.start))
        yield node, _TYPE, zt("UnparsedTarget")
        yield node, _LABEL, text(target.wording, "zh")
        yield holder, zt("hasUnparsedTarget"), node
        yield from target_values(node, target)
        yield from self._evidence(node, target.evidence)

    def _indicator(self, target_iri: ox.NamedNode, target: Target) -> Iterator[Triple]:
        label = target.indicator.label if target.indicator else target.measure
        node = ox.NamedNode(iris.local("indicator", *self._name, label))
        yield node, _TYPE, zt("Indicator")
        yield node, _LABEL, text(label, "zh")
        yield node, name("skos:prefLabel"), text(label, "zh")
        yield target_iri, zt("indicator"), node
        yield from self._evidence(node, target.evidence)
        for link in target.indicator.links if target.indicator else ():
            yield from link_values(node, iris.link(self._name, label, link.concept), link)

    # -- evidence and issues --------------------------------------------------------------

    def _evidence(
        self,
        subject: ox.NamedNode,
        evidence: Evidence,
        prop: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Iterator[Triple]:
        about = (prop, value) if prop is not None and value is not None else None
        return described(self.document, subject, evidence, about, self.known, self.locator)

    def issue(self, issue: Issue) -> Iterator[Triple]:
        """Something that the plan or its document leaves in doubt."""
        plan = self._iri()
        span = issue.span
        # What is about the whole file stands at no words of it: its message tells it apart.
        where = (span.start, span.end) if span.start < span.end else (issue.message_zh,)
        node = self._iri("issue", iris.digest(issue.code, *where))
        yield node, _TYPE, zt("DocumentIssue")
        yield plan, zt("hasIssue"), node
        yield node, zt("issueCode"), text(issue.code)
        yield node, zt("severity"), text(issue.severity)
        yield node, _LABEL, text(issue.message_zh, "zh")
        yield node, _LABEL, text(issue.message_en, "en")
        if span.start < span.end:
            yield from self._evidence(node, Evidence(span, f"issue.{issue.code}"))


def _target_label(target: Target) -> str:
    return f"{target.measure}：{target.wording}"
