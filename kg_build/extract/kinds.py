"""What a document is: a plan, or a regulation, reply, report or explanation."""

from collections.abc import Iterator, Sequence

from kg_build.extract.responsibilities import tags
from kg_build.families import patterns
from kg_build.lex.view import View, fold
from kg_build.model import DocumentKind, Issue, Severity, Span
from kg_build.structure.outline import Section, Segment

__all__ = ["document_kind", "not_a_plan"]

_FEWEST_ARTICLES = 2
_ZH = {
    DocumentKind.REGULATION: "法规、规章或办法",
    DocumentKind.REPLY: "批复或函",
    DocumentKind.REPORT: "报告或公报",
    DocumentKind.EXPLANATION: "解读或说明",
}


def document_kind(title: str | None, plan: Segment) -> DocumentKind:
    """What the document is, by its title and its articles.

    Any text that assigns its items or lists tasks in a table is a plan, whatever its title says:
    an assessment regulation (考核细则) may well be a task list.
    """
    if plan.tables or _has_duties(plan):
        return DocumentKind.PLAN
    folded = fold(title or "")
    for rule in patterns("official_document", "kind"):
        if rule.regex.search(folded):
            return DocumentKind(rule.id)
    articles = sum(section.style == "article" for section in _all(plan.sections))
    return DocumentKind.REGULATION if articles >= _FEWEST_ARTICLES else DocumentKind.PLAN


def not_a_plan(kind: DocumentKind, span: Span) -> Issue:
    """The remark that a document is no plan, so that no tasks were read from it."""
    return Issue(
        "not-a-plan",
        Severity.INFO,
        span,
        f"这份文件是{_ZH[kind]}，不是计划，未提取任务",
        f"This document is a {kind}, not a plan: no actions were read from it",
    )


def _has_duties(plan: Segment) -> bool:
    return any(tag.claims for view in _views(plan) for tag in tags(view))


def _views(plan: Segment) -> Iterator[View]:
    for section in plan.sections:
        yield from section.everything()


def _all(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.children)
