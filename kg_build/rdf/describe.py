"""One function per kind of fact: which triples it becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg_build.model import (
    Citation,
    Document,
    Evidence,
    Facts,
    FrontMatter,
    Issue,
    Link,
    Part,
    PartKind,
    Responsibility,
    Role,
    Status,
    Target,
    TopicMention,
    UnitLink,
    WorkGroup,
)
from kg_build.rdf import iris
from kg_build.rdf.nquads import Triple
from ontology import ZT

__all__ = ["describe"]

_DCTERMS = "http://purl.org/dc/terms/"
_OA = "http://www.w3.org/ns/oa#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_TYPE = ox.NamedNode(_RDF + "type")
_LABEL = ox.NamedNode(_RDFS + "label")
_CONTEXT = 24  # characters of prefix and suffix in a quote selector

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
_STATUS = {Status.ISSUED: "issued", Status.DRAFT: "draft", Status.UNKNOWN: "unknown"}
_COMPARATOR = {
    ">=": "at-least",
    ">": "more-than",
    "<=": "at-most",
    "<": "less-than",
    "=": "equal",
    "range": "range",
}


def describe(document: Document, facts: Facts) -> Iterator[Triple]:
    """All triples of one document's facts, evidence included."""
    writer = _Writer(document)
    yield from writer.plan(facts)


def _zt(name: str) -> ox.NamedNode:
    return ox.NamedNode(ZT + name)


def _text(value: str, language: str | None = None) -> ox.Literal:
    return ox.Literal(value, language=language)


def _typed(value: object, datatype: str) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + datatype))


def _decimal(value: Decimal) -> ox.Literal:
    return _typed(format(value, "f"), "decimal")


def _tidy(text: str) -> str:
    """Wording without the breaks and runs of space that layout left in it."""
    return "".join(text.split()) if not text.isascii() else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Writer:
    document: Document

    def _iri(self, *path: str) -> ox.NamedNode:
        return ox.NamedNode(iris.local("plan", self.document.slug, *path))

    @property
    def _text_iri(self) -> ox.NamedNode:
        return ox.NamedNode(iris.local("text", self.document.slug))

    def plan(self, facts: Facts) -> Iterator[Triple]:
        plan = self._iri()
        yield plan, _TYPE, _zt("Plan")
        yield from self._source(plan)
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
        for issue in (*self.document.issues, *facts.issues):
            yield from self._issue(plan, issue)

    # -- the document ---------------------------------------------------------------------

    def _source(self, plan: ox.NamedNode) -> Iterator[Triple]:
        text, source = self._text_iri, self.document.source
        yield text, _TYPE, _zt("TextDocument")
        yield text, _zt("textOf"), plan
        yield text, _zt("fileName"), _text(source.name)
        yield text, _zt("sha256"), _text(source.sha256)
        yield text, _zt("content"), _text(self.document.text)
        yield text, ox.NamedNode(_DCTERMS + "format"), _text(source.media_type)
        if self.document.source_url:
            yield text, ox.NamedNode(_DCTERMS + "source"), _text(self.document.source_url)

    def _front(self, plan: ox.NamedNode, facts: Facts) -> Iterator[Triple]:
        front = facts.front
        title = front.title or self.document.slug
        yield plan, _LABEL, _text(title, "zh")
        yield plan, ox.NamedNode(_DCTERMS + "identifier"), _text(self.document.slug)
        for name, prop, value in _front_values(front):
            yield plan, prop, value
            yield from self._supported(plan, front, name, prop, value)
        for link in facts.issuer_links:
            unit = yield from self._unit(link)
            yield plan, _zt("issuer"), unit
            yield from self._supported(plan, front, "issuer", _zt("issuer"), unit)
        for citation in front.citations:
            yield from self._citation(plan, citation)

    def _supported(
        self,
        subject: ox.NamedNode,
        front: FrontMatter,
        name: str,
        prop: ox.NamedNode,
        value: ox.NamedNode | ox.Literal,
    ) -> Iterator[Triple]:
        for field, evidence in front.evidence:
            if field == name:
                yield from self._evidence(subject, evidence, prop, value)

    def _citation(self, plan: ox.NamedNode, citation: Citation) -> Iterator[Triple]:
        key = citation.number or citation.title
        node = self._iri("citation", iris.digest(key))
        cited = ox.NamedNode(iris.local("document", key))
        yield node, _TYPE, _zt("Citation")
        yield node, _LABEL, _text(citation.title, "zh")
        yield plan, _zt("citation"), node
        yield node, _zt("citedDocument"), cited
        yield plan, _zt("cites"), cited
        yield cited, _TYPE, _zt("CitedDocument")
        yield cited, _LABEL, _text(citation.title, "zh")
        if citation.number:
            yield cited, _zt("documentNumber"), _text(citation.number)
        yield from self._evidence(node, citation.evidence)

    # -- parts ----------------------------------------------------------------------------

    def _part(
        self, plan: ox.NamedNode, part: Part, order: int, domains: set[str]
    ) -> Iterator[Triple]:
        node = self._iri(part.eid)
        yield node, _TYPE, _zt(_CLASS[part.kind])
        yield node, _LABEL, _text(part.title, "zh")
        yield node, _zt("plan"), plan
        yield plan, _zt("hasPart"), node
        yield node, _zt("order"), _typed(order, "integer")
        if part.number:
            yield node, _zt("number"), _text(part.number)
        if part.text:
            yield node, _zt("text"), _text(part.text)
        if part.domain and part.domain in domains:
            yield node, _zt("domain"), self._iri(part.domain)
        if part.programme:
            yield node, _zt("programme"), self._iri(part.programme)
        if part.progress:
            yield node, _zt("progress"), _text(part.progress)
        if part.goal:
            yield node, _zt("goal"), _text(part.goal)
        yield from self._evidence(node, part.evidence)
        for n, responsibility in enumerate(part.responsibilities):
            yield from self._responsibility(node, part, responsibility, n)
        for target in part.targets:
            yield from self._target(node, part.eid, target)
        for topic in part.topics:
            yield from self._topic(node, topic)
        prop = _zt("nationalDomain" if part.kind is PartKind.DOMAIN else "nationalMeasure")
        for link in part.links:
            yield node, prop, ox.NamedNode(link.concept)
            yield from self._evidence(node, part.evidence, prop, ox.NamedNode(link.concept))

    def _responsibility(
        self, part_iri: ox.NamedNode, part: Part, fact: Responsibility, n: int
    ) -> Iterator[Triple]:
        if fact.link is None:
            return
        unit = yield from self._unit(fact.link)
        node = self._iri(part.eid, "responsibility", iris.digest(fact.name, fact.role, n))
        yield node, _TYPE, _zt("Responsibility")
        yield part_iri, _zt("responsibility"), node
        yield node, _zt("responsibilityFor"), part_iri
        yield node, _zt("unit"), unit
        yield node, _zt("role"), ox.NamedNode(iris.concept("role", fact.role))
        yield node, _zt("nameAsWritten"), _text(fact.name)
        yield part_iri, _zt(_ROLE_PROPERTY[fact.role]), unit
        yield part_iri, _zt("responsibleUnit"), unit
        if fact.inherited_from:
            yield node, _zt("inheritedFrom"), self._iri(fact.inherited_from)
        yield from self._evidence(node, fact.evidence)

    def _topic(self, node: ox.NamedNode, topic: TopicMention) -> Iterator[Triple]:
        concept = ox.NamedNode(topic.concept)
        prop = _zt("topic" if topic.main else "mentionsTopic")
        yield node, prop, concept
        yield node, _zt("mentionsTopic"), concept
        yield from self._evidence(node, topic.evidence, prop, concept)

    # -- units and groups -----------------------------------------------------------------

    def _unit(self, link: UnitLink) -> Iterator[Triple]:
        where = link.place_code or self.document.slug
        node = ox.NamedNode(iris.local("unit", where, link.key))
        yield node, _TYPE, _zt("UnitGroup" if link.is_group else "Unit")
        yield node, _TYPE, _zt("Agent")
        yield node, _LABEL, _text(link.key, "zh")
        if link.label != link.key:
            yield node, ox.NamedNode(_SKOS + "altLabel"), _text(link.label, "zh")
        if link.place_code:
            yield node, _zt("jurisdiction"), ox.NamedNode(iris.concept("place", link.place_code))
        for function in link.functions:
            yield node, _zt("function"), ox.NamedNode(iris.concept("function", function))
        return node

    def _work_group(self, plan: ox.NamedNode, group: WorkGroup) -> Iterator[Triple]:
        node = self._iri("group", group.name)
        yield node, _TYPE, _zt("WorkGroup")
        yield node, _LABEL, _text(group.name, "zh")
        yield plan, _zt("workGroup"), node
        if group.duties:
            yield node, _zt("text"), _text(group.duties)
        yield from self._evidence(node, group.evidence)
        for n, member in enumerate(group.members):
            if member.link is None:
                continue
            unit = yield from self._unit(member.link)
            place = self._iri("group", group.name, "member", iris.digest(member.name, n))
            role = Role.LEAD if member.is_lead else Role.PARTICIPATING
            yield place, _TYPE, _zt("Membership")
            yield node, _zt("membership"), place
            yield place, _zt("unit"), unit
            yield place, _zt("role"), ox.NamedNode(iris.concept("role", role))
            yield place, _zt("nameAsWritten"), _text(member.name)
            yield node, _zt("groupLead" if member.is_lead else "groupMember"), unit
            yield node, _zt("groupMember"), unit
            yield from self._evidence(place, member.evidence)

    # -- targets --------------------------------------------------------------------------

    def _target(self, holder: ox.NamedNode, eid: str, target: Target) -> Iterator[Triple]:
        kind = "QualitativeTarget" if target.value is None else "QuantitativeTarget"
        node = self._iri(
            eid, "target", iris.digest(target.measure, target.wording, target.evidence.span.start)
        )
        yield node, _TYPE, _zt(kind)
        yield node, _TYPE, _zt("Target")
        yield node, _LABEL, _text(_target_label(target), "zh")
        yield holder, _zt("hasTarget"), node
        yield node, _zt("targetOf"), holder
        yield node, _zt("valueAsWritten"), _text(target.wording)
        if target.value is not None:
            yield node, _zt("value"), _decimal(target.value)
        if target.value_max is not None:
            yield node, _zt("valueMax"), _decimal(target.value_max)
        if target.comparator:
            code = _COMPARATOR[target.comparator]
            yield node, _zt("comparator"), ox.NamedNode(iris.concept("comparator", code))
        if target.unit:
            yield node, _zt("unitText"), _text(target.unit)
        if target.deadline:
            yield node, _zt("deadline"), _typed(target.deadline, "gYear")
        if target.per:
            yield node, _zt("per"), _text(target.per)
        yield from self._indicator(node, target)
        yield from self._evidence(node, target.evidence)

    def _indicator(self, target_iri: ox.NamedNode, target: Target) -> Iterator[Triple]:
        label = target.indicator.label if target.indicator else target.measure
        node = ox.NamedNode(iris.local("indicator", self.document.slug, label))
        yield node, _TYPE, _zt("Indicator")
        yield node, _LABEL, _text(label, "zh")
        yield node, ox.NamedNode(_SKOS + "prefLabel"), _text(label, "zh")
        yield target_iri, _zt("indicator"), node
        yield from self._evidence(node, target.evidence)
        for link in target.indicator.links if target.indicator else ():
            yield from self._indicator_link(node, label, link)

    def _indicator_link(self, indicator: ox.NamedNode, label: str, link: Link) -> Iterator[Triple]:
        node = ox.NamedNode(iris.local("link", self.document.slug, iris.digest(label, link.concept)))
        strength, concept = ox.NamedNode(_SKOS + link.strength), ox.NamedNode(link.concept)
        yield indicator, strength, concept
        yield indicator, _zt("indicatorLink"), node
        yield node, _TYPE, _zt("IndicatorLink")
        yield node, _zt("linkObject"), concept
        yield node, _zt("linkStrength"), strength
        yield node, _zt("justification"), _text(link.justification)
        yield node, _zt("confidence"), _decimal(link.confidence)

    # -- evidence and issues --------------------------------------------------------------

    def _evidence(
        self,
        subject: ox.NamedNode,
        evidence: Evidence,
        prop: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Iterator[Triple]:
        start, end = evidence.span.start, evidence.span.end
        key = (start, end, evidence.rule, prop.value if prop else "", value.value if value else "")
        node = ox.NamedNode(iris.local("evidence", self.document.slug, iris.digest(*key)))
        yield subject, _zt("evidence"), node
        yield node, _TYPE, _zt("Evidence")
        yield node, ox.NamedNode(_OA + "hasSource"), self._text_iri
        yield node, _zt("rule"), ox.NamedNode(iris.concept("rule", evidence.rule))
        yield ox.NamedNode(iris.concept("rule", evidence.rule)), _TYPE, _zt("Rule")
        yield ox.NamedNode(iris.concept("rule", evidence.rule)), _LABEL, _text(evidence.rule)
        yield node, _zt("confidence"), _decimal(evidence.confidence)
        if prop is not None and value is not None:
            yield node, _zt("supports"), prop
            yield node, _zt("supportsValue"), value
        yield from self._selectors(node, start, end)

    def _selectors(self, node: ox.NamedNode, start: int, end: int) -> Iterator[Triple]:
        text = self.document.text
        position, quote = ox.NamedNode(node.value + "/position"), ox.NamedNode(node.value + "/quote")
        selector = ox.NamedNode(_OA + "hasSelector")
        yield node, selector, position
        yield position, _TYPE, ox.NamedNode(_OA + "TextPositionSelector")
        yield position, ox.NamedNode(_OA + "start"), _typed(start, "nonNegativeInteger")
        yield position, ox.NamedNode(_OA + "end"), _typed(end, "nonNegativeInteger")
        yield node, selector, quote
        yield quote, _TYPE, ox.NamedNode(_OA + "TextQuoteSelector")
        yield quote, ox.NamedNode(_OA + "exact"), _text(text[start:end])
        yield quote, ox.NamedNode(_OA + "prefix"), _text(text[max(0, start - _CONTEXT) : start])
        yield quote, ox.NamedNode(_OA + "suffix"), _text(text[end : end + _CONTEXT])

    def _issue(self, plan: ox.NamedNode, issue: Issue) -> Iterator[Triple]:
        key = (issue.code, issue.span.start, issue.span.end)
        node = self._iri("issue", iris.digest(*key))
        yield node, _TYPE, _zt("DocumentIssue")
        yield plan, _zt("hasIssue"), node
        yield node, _zt("issueCode"), _text(issue.code)
        yield node, _zt("severity"), _text(issue.severity)
        yield node, _LABEL, _text(issue.message_zh, "zh")
        yield node, _LABEL, _text(issue.message_en, "en")
        yield from self._evidence(node, Evidence(issue.span, f"issue.{issue.code}"))


def _front_values(
    front: FrontMatter,
) -> Iterator[tuple[str, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    if front.title:
        yield "title", ox.NamedNode(_DCTERMS + "title"), _text(front.title, "zh")
    if front.container_title:
        yield "container_title", _zt("containerTitle"), _text(front.container_title, "zh")
    if front.document_number:
        yield "document_number", _zt("documentNumber"), _text(front.document_number)
    for name, prop, day in _dates(front):
        yield name, _zt(prop), _typed(day.isoformat(), "date")
    if front.period_start:
        yield "period_start", _zt("periodStart"), _typed(front.period_start, "gYear")
    if front.period_end:
        yield "period_end", _zt("periodEnd"), _typed(front.period_end, "gYear")
    if front.place_code:
        yield "place", _zt("forPlace"), ox.NamedNode(iris.concept("place", front.place_code))
    status = ox.NamedNode(iris.concept("status", _STATUS[front.status]))
    yield "status", _zt("status"), status


def _dates(front: FrontMatter) -> Iterator[tuple[str, str, date]]:
    if front.date_signed:
        yield "date_signed", "dateSigned", front.date_signed
    if front.date_issued:
        yield "date_issued", "dateIssued", front.date_issued


def _target_label(target: Target) -> str:
    return f"{target.measure}：{_tidy(target.wording)}"
