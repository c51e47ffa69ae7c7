"""All facts of a document: the one place that knows every kind of fact."""

from collections.abc import Sequence
from dataclasses import replace

from kg_build.extract.duties import Reading, hear_outside
from kg_build.extract.front import front_matter
from kg_build.extract.group_prose import with_told
from kg_build.extract.kinds import not_a_plan
from kg_build.extract.overrides import overridden
from kg_build.extract.parts import goals, section_parts, with_list
from kg_build.extract.period import with_last_deadline
from kg_build.extract.plans import plans, unread_annexes
from kg_build.extract.relative_years import counted_from
from kg_build.extract.table_places import with_tables
from kg_build.extract.work_groups import work_groups
from kg_build.model import (
    Document,
    DocumentKind,
    Facts,
    Issue,
    Part,
    PartKind,
    Severity,
    Span,
    Target,
)
from kg_build.structure.outline import Outline, Segment

__all__ = ["extract"]


def extract(document: Document, outline: Outline) -> Facts:
    """What the document says, unlinked. Never raises on text; what stays unclear is an issue.

    Of a file with several plans the weightiest is the main one, and has the others.
    """
    main, *others = plans(outline)
    plain = replace(document, overrides=())
    further = (replace(_facts(plain, one), number=one.number) for one in others)
    return replace(_facts(document, main), further=tuple(further))


def _facts(document: Document, outline: Outline) -> Facts:
    """What one plan says."""
    plan = outline.plan
    front, notes = overridden(front_matter(document, outline), document.overrides)
    if front.kind is not DocumentKind.PLAN:
        return Facts(front, issues=(*notes, not_a_plan(front.kind, _beginning(plan))))
    reading = Reading(document.text, counted_from(front))
    hear_outside(outline, reading)
    groups = tuple(work_groups(outline, reading))
    parts: list[Part] = []
    for segment in (plan, *outline.lists):
        more = section_parts(segment, reading, [g.evidence.span for g in groups], parts)
        parts = with_list(parts, list(more))
    found_goals = tuple(goals(plan, reading))
    parts, table_goals = with_tables(outline, parts, reading, front.period_start)
    if not any(p.kind is PartKind.ACTION for p in parts):
        notes += (_no_structure(plan),)
    notes += tuple(unread_annexes(outline))
    since = front.period_start or (front.date_signed.year if front.date_signed else 0)
    return Facts(
        front=with_last_deadline(front, parts, document.text),
        parts=tuple(replace(p, targets=_ahead(p.targets, since)) for p in parts),
        goals=_ahead((*found_goals, *table_goals), since),
        work_groups=with_told(groups, outline, reading),
        issues=tuple(dict.fromkeys((*notes, *reading.issues))),
    )


def _beginning(plan: Segment) -> Span:
    """Where a plan's title or, without one, its text begins."""
    first = next((p.view for p in (*plan.title, *plan.paragraphs) if len(p.view)), None)
    return first.span() if first else Span(0, 0)


def _ahead(targets: Sequence[Target], since: int) -> tuple[Target, ...]:
    """The targets whose year the plan has still before it: what was reached earlier is none."""
    return tuple(t for t in targets if t.deadline is None or t.deadline >= since)


def _no_structure(plan: Segment) -> Issue:
    return Issue(
        "no-structure",
        Severity.WARNING,
        _beginning(plan),
        "没有识别出任务：正文中没有编号的条目，也没有任务表",
        "No actions were recognised: the text has no numbered items and no task table",
    )
