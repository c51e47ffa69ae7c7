"""The plans of one file: a notice may send out several, a compilation has one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg_build.extract.work_groups import names_group
from kg_build.model import Issue, Severity, Span
from kg_build.structure.outline import Outline, Segment
from kg_build.structure.paragraphs import Kind

__all__ = ["plans", "unread_annexes"]

_QUOTED = re.compile("《([^《》]{6,90})》")
_FEWEST_ITEMS = 3  # of a further plan; less is an annex of the plan before it


def plans(outline: Outline) -> tuple[Outline, ...]:
    """An outline for each plan of a file: the main one, then the others in reading order.

    Each has the notice before its plan, or the one that sent out the plan before it too, and the
    annexes behind it.
    """
    outline = replace(outline, plan=_with_its_list(outline))
    found = list(_led(outline))
    main = next(one for one in found if one.plan is outline.plan)
    numbered = (replace(one, number=n) for n, one in enumerate(found, 1) if one is not main)
    return (main, *numbered)


def _with_its_list(outline: Outline) -> Segment:
    """The main plan: where that only lists tasks, the document before it has the list."""
    before = outline.segments[: outline.segments.index(outline.plan)]
    documents = [s for s in reversed(before) if s.is_document and not s.is_notice]
    above = next(iter(documents), None) if not outline.plan.items else None
    if outline.plan.is_list and outline.plan.items:
        above = next((s for s in documents if _is_further(s) and not s.is_list), None)
    return outline.plan if above is None or _is_of_groups(above) else above


def unread_annexes(outline: Outline) -> Iterator[Issue]:
    """Remarks on the numbered items behind a plan that are neither tasks nor groups."""
    begin = next(n for n, s in enumerate(outline.segments, 1) if s is outline.plan)
    for segment in outline.segments[begin:]:
        is_read = any(segment is s for s in outline.lists) or _is_of_groups(segment)
        if segment.title and segment.items and not is_read:
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


def _led(outline: Outline) -> Iterator[Outline]:
    """Each plan with what leads to it, or led to the one before, and what hangs on it."""
    segments = outline.segments
    places = _places(outline)
    starts = [0]
    for before, place in pairwise(places):
        notices = (n for n in range(before + 1, place) if segments[n].is_notice)
        starts.append(next(notices, place))
    lead: Sequence[Segment] = ()
    for (start, stop), at in zip(pairwise([*starts, len(segments)]), places, strict=True):
        group = segments[start:stop]
        is_numbered = any(p.kind is Kind.DOCUMENT_NUMBER for s in group for p in s.paragraphs)
        lead = segments[start:at] if at > start or is_numbered else lead
        behind = segments[at + 1 : stop]
        lists = tuple(s for s in behind if s.is_list and s.items and not _is_of_groups(s))
        yield Outline((*lead, segments[at], *behind), segments[at], lists=lists)


def _places(outline: Outline) -> list[int]:
    """Where plans stand; a list of tasks behind a plan is that plan's."""
    places: list[int] = []
    named = _named(outline)
    for n, segment in enumerate(outline.segments):
        is_list = segment.is_list and bool(places) and not outline.segments[places[-1]].is_list
        is_sent = segment.items > 0 and segment.titled in named
        if segment is outline.plan or ((_is_further(segment) or is_sent) and not is_list):
            places.append(n)
    return places


def _named(outline: Outline) -> frozenset[str]:
    """The titles that the title of a notice names, where there are several."""
    found = (_QUOTED.findall(s.titled) for s in outline.segments if s.is_notice)
    return frozenset(title for titles in found if len(titles) > 1 for title in titles)


def _is_further(segment: Segment) -> bool:
    """Whether a segment is a document of its own, no notice, list of groups or mere table."""
    is_own = segment.is_document and not segment.is_notice
    return is_own and segment.items >= _FEWEST_ITEMS and not _is_of_groups(segment)


def _is_of_groups(segment: Segment) -> bool:
    return all(names_group(section) for section in segment.sections)
