"""All facts of a document: the one place that knows every kind of fact."""

from kg_build.extract.duties import Reading, hear_outside
from kg_build.extract.front import front_matter, overridden
from kg_build.extract.parts import goals, section_parts
from kg_build.extract.table_places import with_tables
from kg_build.extract.work_groups import work_groups
from kg_build.model import Document, Facts, Issue, PartKind, Severity, Span
from kg_build.structure.outline import Outline

__all__ = ["extract"]


def extract(document: Document, outline: Outline) -> Facts:
    """What the document says, unlinked. Never raises on text; what stays unclear is an issue."""
    reading = Reading(document.text)
    plan = outline.plan
    hear_outside(outline, reading)
    front, notes = overridden(front_matter(document, outline), document.overrides)
    parts = list(section_parts(plan, reading))
    found_goals = tuple(goals(plan, reading))
    parts, table_goals = with_tables(outline, parts, reading, front.period_start)
    if not any(p.kind is PartKind.ACTION for p in parts):
        notes += (_no_structure(document),)
    return Facts(
        front=front,
        parts=tuple(parts),
        goals=(*found_goals, *table_goals),
        work_groups=tuple(work_groups(outline, reading)),
        issues=(*notes, *reading.issues),
    )


def _no_structure(document: Document) -> Issue:
    return Issue(
        "no-structure",
        Severity.WARNING,
        Span(0, min(80, len(document.text))),
        "没有识别出任务：正文中没有编号的条目，也没有任务表",
        "No actions were recognised: the text has no numbered items and no task table",
    )
