"""The tables of a document in their places: parts of the plan, its goals, or issues."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg_build.extract.duties import Reading
from kg_build.extract.indicator_table import indicator_targets
from kg_build.extract.quota_table import quota_goals, quota_parts
from kg_build.extract.task_table import Eids, table_parts
from kg_build.lex.view import tidy
from kg_build.model import Evidence, Issue, Part, PartKind, Severity, Span, Target
from kg_build.structure.outline import Outline, Section, Segment
from kg_build.structure.paragraphs import Kind
from kg_build.structure.tables import Table

__all__ = ["with_tables"]

_LONGEST_QUOTE = 60
#: what makes actions of the rows of a table
_MAKERS = {"tasks": table_parts, "quotas": quota_parts}


def with_tables(
    outline: Outline, parts: Sequence[Part], reading: Reading, start_year: int | None
) -> tuple[list[Part], list[Target]]:
    """The parts with those that tables give, in reading order; and the goals that tables state.

    `start_year` is the first year of the plan, where the text says so.
    """
    found = list(parts)
    goals: list[Target] = []
    for segment in outline.segments:
        _note_cuts(segment, reading)
        for table in segment.tables:
            path = () if _is_annex(table) else _path(segment.sections, table)
            if table.kind == "quotas":
                goals += quota_goals(table, reading)
            if not table.rows:
                reading.issues.append(_not_understood(table, reading))
            elif table.kind == "quotas" and segment is not outline.plan and segment.title:
                found.append(_annex(segment, found, reading))
                found += list(quota_parts(table, reading, found, found[-1]))
            elif table.kind in _MAKERS:
                found = _with_tasks(found, table, path, reading)
            else:
                targets = tuple(indicator_targets(table, reading, start_year))
                action = _part_of(path[-1:], found, PartKind.ACTION)
                if action is None:
                    goals += targets
                else:
                    better = replace(action, targets=action.targets + targets)
                    found[found.index(action)] = better
    return found, goals


def _is_annex(table: Table) -> bool:
    """Whether a table hangs on the whole plan (附表1), not on the item that it stands behind."""
    return table.caption is not None and table.caption.text.startswith(("附", "(附"))


def _path(sections: Sequence[Section], table: Table) -> tuple[Section, ...]:
    """The sections around a table, from the chapter down: the last that begins before it."""
    before = [s for s in sections if s.start < table.span.start]
    return (before[-1], *_path(before[-1].children, table)) if before else ()


def _part_of(path: Sequence[Section], parts: Sequence[Part], kind: PartKind) -> Part | None:
    starts = {s.start for s in path}
    return next((p for p in parts if p.kind is kind and p.span.start in starts), None)


def _annex(segment: Segment, parts: Sequence[Part], reading: Reading) -> Part:
    """The annex that divides a task among places, as their domain."""
    views = [p.view for p in segment.title]
    span = Span(views[0].span().start, views[-1].span().end)
    title = "".join(reading.words(v) for v in views)
    eid = Eids({p.eid for p in parts}).new("", "dom")
    evidence = Evidence(span, "domain.annex")
    return Part(eid, PartKind.DOMAIN, "", title, title, evidence, span)


def _with_tasks(
    parts: Sequence[Part], table: Table, path: Sequence[Section], reading: Reading
) -> list[Part]:
    """The parts with a table's; a section that only introduces the table is no action."""
    kept = [p for p in parts if not _introduces(p, path)]
    host = _part_of(path, kept, PartKind.DOMAIN)
    names_domains = any(r.section is not None or r.first("domain") for r in table.rows)
    below = host is not None and any(p.domain == host.eid for p in kept)
    others = any(p.kind is PartKind.DOMAIN and p is not host for p in kept)
    if host is not None and not below and (names_domains or not others):
        kept.remove(host)
        host = None
    more = list(_MAKERS[table.kind](table, reading, kept, host))
    at = next((n for n, p in enumerate(kept) if p.span.start > table.span.start), len(kept))
    return [*kept[:at], *more, *kept[at:]]


def _introduces(part: Part, path: Sequence[Section]) -> bool:
    """Whether an action is a section without units and targets of its own around the table."""
    is_around = bool(path) and part.span.start == path[-1].start
    is_bare = not part.responsibilities and not part.targets
    return part.kind is PartKind.ACTION and is_around and is_bare and not path[-1].children


def _note_cuts(segment: Segment, reading: Reading) -> None:
    """A remark where a number goes on behind a table: its row could not be told apart."""
    number = ""
    for last, following in pairwise(p for p in segment.paragraphs if len(p.view)):
        if last.kind is not Kind.CELL:
            continue
        number = last.view.text if last.view.text.isdecimal() else number
        span = following.view.span()
        between = reading.text[last.view.span().end : span.start].strip()
        if following.kind is not Kind.CELL and between == str(int(number or 0) + 1):
            reading.issues.append(_cut(span, reading))


def _cut(span: Span, reading: Reading) -> Issue:
    quote = tidy(reading.text[span.start : span.end])[:_LONGEST_QUOTE]
    return Issue(
        "table-cut",
        Severity.WARNING,
        span,
        f"表格在此中断，其后各行未能读取：{quote}",
        f"The table breaks off here, rows behind it were not read: {quote}",
    )


def _not_understood(table: Table, reading: Reading) -> Issue:
    headings = "、".join(
        dict.fromkeys(reading.words(c.heading) for c in table.headings if c.heading)
    )
    quote = tidy(headings)[:_LONGEST_QUOTE]
    return Issue(
        "table-not-understood",
        Severity.WARNING,
        table.span,
        f"看到表格但未能理解其栏目：{quote}",
        f"A table was seen, but its columns were not understood: {quote}",
    )
