"""The plans of one file: a notice may send out several, a compilation has one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg_build.extract.work_groups import names_group
from kg_build.model import Issue, Severity, Span
from kg_build.structure.outline import Outline, Segment
from kg_build.structure.paragraphs import Kind

__all__ = ["plans", "unread_annexes"]

_FEWEST_ITEMS = 3  # of a further plan; less is an annex of the plan before it


def plans(outline: Outline) -> tuple[Outline, ...]:
    """An outline for each plan of a file: the main one, then the others in reading order.

    Each has the notice before its plan, or the one that sent out the plan before it too, and the
    annexes behind it.
    """
    outline = replace(outline, plan=_with_its_list(outline))
    found = list(_led(outline, _groups(outline)))
    main = next(one for one in found if one.plan is outline.plan)
    numbered = (replace(one, number=n) for n, one in enumerate(found, 1) if one is not main)
    return (main, *numbered)


def _with_its_list(outline: Outline) -> Segment:
    """The main plan: where that is a mere table of tasks, the document before it has the table."""
    before = outline.segments[: outline.segments.index(outline.plan)]
    documents = (s for s in reversed(before) if s.is_document and not s.is_notice)
    above = next(documents, None) if not outline.plan.items else None
    return outline.plan if above is None or _is_of_groups(above) else above


def unread_annexes(outline: Outline) -> Iterator[Issue]:
    """Remarks on the numbered items behind a plan that are neither tasks nor groups."""
    begin = next(n for n, s in enumerate(outline.segments, 1) if s is outline.plan)
    for segment in outline.segments[begin:]:
        if segment.title and segment.items and not _is_of_groups(segment):
            yield _unread(segment)


def _unread(segment: Segment) -> Issue:
    span = Span(segment.title[0].view.span().start, segment.title[-1].view.span().end)
    title = "".join(p.view.text for p in segment.title)
    return Issue(
        "annex-not-read",
        Severity.INFO,
        span,
        f"附件未作为任务读取：{title}",
        f"No actions were read from this annex: {title}",
    )


def _led(outline: Outline, groups: Iterable[Sequence[Segment]]) -> Iterator[Outline]:
    lead: Sequence[Segment] = ()
    for group in groups:
        at = next(n for n, s in enumerate(group) if s is outline.plan or _is_further(s))
        is_numbered = any(p.kind is Kind.DOCUMENT_NUMBER for s in group for p in s.paragraphs)
        lead = group[:at] if at or is_numbered else lead
        yield Outline((*lead, *group[at:]), group[at])


def _groups(outline: Outline) -> Iterator[Sequence[Segment]]:
    """The segments of each plan: what only leads to it, the plan, and what hangs on it."""
    segments = outline.segments
    places = [n for n, s in enumerate(segments) if s is outline.plan or _is_further(s)]
    starts = [0]
    for before, place in pairwise(places):
        notices = (n for n in range(before + 1, place) if segments[n].is_notice)
        starts.append(next(notices, place))
    yield from (segments[a:b] for a, b in pairwise([*starts, len(segments)]))


def _is_further(segment: Segment) -> bool:
    """Whether a segment is a document of its own, no notice, list of groups or mere table."""
    is_own = segment.is_document and not segment.is_notice
    return is_own and segment.items >= _FEWEST_ITEMS and not _is_of_groups(segment)


def _is_of_groups(segment: Segment) -> bool:
    return all(names_group(section) for section in segment.sections)
