"""The stretches of a text that belong to a part whose purpose is known."""

from collections.abc import Iterable, Iterator, Sequence

from kg_build.extract.chapters import chapters
from kg_build.extract.plans import plans
from kg_build.lex.view import View
from kg_build.model import Facts, Span
from kg_build.report.tallies import evidence_of
from kg_build.structure.outline import Outline, Section, Segment
from kg_build.structure.paragraphs import Kind
from kg_build.structure.placed import NO_VIEW
from kg_build.structure.tables import Table

__all__ = ["Known", "known_parts"]

_LONGEST_PREFACE = 1 / 3  # of its segment; beyond that the numbering was not understood
_FRONT = {Kind.LETTERHEAD, Kind.DOCUMENT_NUMBER, Kind.DATE, Kind.IMPRINT, Kind.NOTE, Kind.ANNEX}
_WITHOUT_PARTS = {"overview", "goals", "terms"}

Known = tuple[str, Span]


def known_parts(outline: Outline, facts: Facts) -> Iterator[Known]:
    """What each known stretch is; of two that overlap, the later says it more exactly."""
    for one, plan in zip(plans(outline), facts.plans, strict=True):
        yield from _of_plan(one, plan)


def _of_plan(outline: Outline, facts: Facts) -> Iterator[Known]:
    yield from _front(outline, facts)
    yield from _around_plan(outline)
    for segment in (outline.plan, *outline.lists):
        yield from _chapters(segment)
    for part in sorted(facts.parts, key=lambda p: p.span.start - p.span.end):
        yield str(part.kind), part.span
    for group in facts.work_groups:
        yield "work group", group.evidence.span
        yield from (("work group", m.evidence.span) for m in group.members)
    yield from _tables((t for s in outline.segments for t in s.tables), facts)


def _front(outline: Outline, facts: Facts) -> Iterator[Known]:
    for _, evidence in facts.front.evidence:
        yield "front matter", evidence.span
    for paragraph in outline.paragraphs:
        if paragraph.kind in _FRONT:
            yield "front matter", paragraph.view.span()


def _around_plan(outline: Outline) -> Iterator[Known]:
    for segment in outline.segments:
        yield from _named("title", [p.view for p in segment.title])
        if segment.is_notice and segment is not outline.plan:
            yield from _named("covering notice", _views(segment))
    preface = outline.plan.preface
    if sum(map(len, preface)) <= _LONGEST_PREFACE * sum(map(len, _views(outline.plan))):
        yield from _named("preface", preface)


def _chapters(plan: Segment) -> Iterator[Known]:
    """Chapters on aims and backgrounds as a whole; of the others what stands before their parts."""
    if len(plan.sections) == 1:
        yield from _stretch("chapter", plan.sections[0], plan.sections[0].own)
    for kind, chapter in chapters(plan):
        if kind in _WITHOUT_PARTS:
            yield from _stretch(kind, chapter, chapter.everything())
        else:
            yield from _stretch("chapter", chapter, chapter.own)


def _stretch(name: str, section: Section, views: Iterable[View]) -> Iterator[Known]:
    spans = [v.span() for v in (section.number, *views) if len(v)]
    if spans:
        yield name, Span(spans[0].start, max(s.end for s in spans))


def _tables(tables: Iterable[Table], facts: Facts) -> Iterator[Known]:
    """Headings of tables that are understood, and the rows from which a fact was read."""
    starts = {e.span.start for _, e in evidence_of(facts)}
    for found in tables:
        if not found.kind:
            continue
        headings = [c.heading for c in found.headings]
        yield from _named("table heading", [found.caption or NO_VIEW, *headings])
        for row in found.rows:
            views = [c.view for c in row.cells if len(c.view)]
            if any(v.span().start <= s < v.span().end for v in views for s in starts):
                yield from _named("table row", views)
            yield from _named("table heading", [row.section or NO_VIEW])


def _named(name: str, views: Iterable[View]) -> Iterator[Known]:
    yield from ((name, v.span()) for v in views if len(v))


def _views(segment: Segment) -> Sequence[View]:
    numbered = (v for s in segment.sections for v in s.everything())
    return [*segment.preface, *numbered]
