"""Facts and issues counted: by rule, by confidence, by kind."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from kg_build.lex.view import tidy
from kg_build.model import Document, Evidence, Facts, Issue, Part, Target
from kg_build.report.figures import IssueKind, Passage

__all__ = ["by_confidence", "by_rule", "evidence_of", "issues_by_code", "kinds_of_fact", "unsure"]

_FIRST = 3  # quotes shown of each kind of issue
_SURE = Decimal("0.8")


def evidence_of(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    """The evidence of every fact, with what kind of fact it is; topics are inferred, not read."""
    for plan in facts.plans:
        yield from _of_plan(plan)


def _of_plan(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    yield from (("front matter", e) for _, e in facts.front.evidence)
    yield from (("citation", c.evidence) for c in facts.front.citations)
    for part in facts.parts:
        yield from _of_part(part)
    yield from _of_targets(facts.goals)
    for group in facts.work_groups:
        yield "work group", group.evidence
        yield from (("member", m.evidence) for m in group.members)


def _of_part(part: Part) -> Iterator[tuple[str, Evidence]]:
    yield str(part.kind), part.evidence
    yield from (("responsibility", r.evidence) for r in part.responsibilities)
    yield from _of_targets(part.targets)
    if part.deadline:
        yield "deadline", part.deadline.evidence


def _of_targets(targets: Iterable[Target]) -> Iterator[tuple[str, Evidence]]:
    for target in targets:
        yield "target", target.evidence
        yield from (("unit of target", r.evidence) for r in target.responsibilities)


def kinds_of_fact(facts: Facts) -> tuple[tuple[str, int], ...]:
    """How many facts there are of each kind."""
    return tuple(sorted(Counter(kind for kind, _ in evidence_of(facts)).items()))


def by_rule(facts: Facts) -> tuple[tuple[str, int], ...]:
    """How many facts each rule read, most first."""
    counts = Counter(e.rule for _, e in evidence_of(facts))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def by_confidence(facts: Facts) -> tuple[tuple[Decimal, int], ...]:
    """How many facts there are of each confidence, surest first."""
    return tuple(sorted(Counter(e.confidence for _, e in evidence_of(facts)).items())[::-1])


def unsure(facts: Facts) -> tuple[tuple[str, int], ...]:
    """How many facts of each kind, such as duties in running prose, are read with less than 0.8."""
    counts = Counter(kind for kind, e in evidence_of(facts) if e.confidence < _SURE)
    return tuple(sorted(counts.items()))


def issues_by_code(document: Document, facts: Facts) -> tuple[IssueKind, ...]:
    """The issues of each code with the first quotes."""
    found = dict.fromkeys((*document.issues, *(i for plan in facts.plans for i in plan.issues)))
    groups = groupby(sorted(found, key=lambda i: i.code), key=lambda i: i.code)
    return tuple(_kind(document, code, tuple(issues)) for code, issues in groups)


def _kind(document: Document, code: str, issues: tuple[Issue, ...]) -> IssueKind:
    first = tuple(_passages(document, issues[:_FIRST]))
    one = issues[0]
    return IssueKind(code, str(one.severity), one.message_zh, one.message_en, len(issues), first)


def _passages(document: Document, issues: Iterable[Issue]) -> Iterator[Passage]:
    for issue in issues:
        start, end = issue.span.start, issue.span.end
        yield Passage(start, end, tidy(document.text[start:end]))
