"""The domains, programmes, actions and safeguards of a plan's numbered sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.extract.brackets import split
from kg_build.extract.chapters import (
    announces,
    are_of_bodies,
    chapters,
    domains,
    goal_paragraphs,
    heading,
    is_of_bodies,
    is_tagged,
    lead,
    without_tag,
)
from kg_build.extract.deadlines import deadline_of, is_certain
from kg_build.extract.duties import (
    Duty,
    Reading,
    duties,
    headed_duties,
    hear,
    inherited,
    prose_duties,
    stated,
    untagged,
    with_all_theirs,
    with_duties,
    with_inherited,
    with_lists,
)
from kg_build.extract.frames import (
    aims,
    allots,
    are_headed_by_bodies,
    body_duties,
    is_framed,
    own_duties,
)
from kg_build.extract.responsibilities import tags
from kg_build.extract.targets import Scope, targets
from kg_build.families import marker
from kg_build.lex.view import View, tight
from kg_build.model import (
    Deadline,
    Evidence,
    Issue,
    Part,
    PartKind,
    Responsibility,
    Severity,
    Span,
    Target,
)
from kg_build.structure.outline import Section, Segment

__all__ = ["goals", "section_parts", "with_list"]

#: a last stage that only begins something
_BEGINS = re.compile("(?:启动|开工|动工|开始|出台|印发)[^0-9]*$")
_UNNUMBERED = Decimal("0.8")  # a heading without a number


def section_parts(
    segment: Segment, reading: Reading, groups: Sequence[Span] = (), before: Sequence[Part] = ()
) -> Iterator[Part]:
    """The parts of a segment's numbered sections in reading order.

    `groups` are the names of work groups: a chapter that is one, or holds nothing else, is no task.
    `before` are the plan's parts in the segments before, of which eids count on.
    """
    found = chapters(segment)
    _hear_rules(found, reading)
    named = {span.start for span in groups}
    tasks = [c for kind, c in found if kind == "tasks" and _has_task(c, named)]
    divisions = domains(tasks)
    hear([v for c in tasks if divisions and c not in divisions for v in c.own], reading)
    headed = {id(s) for c in tasks if is_of_bodies(c) for s in c.children}
    by_body = are_headed_by_bodies(divisions)
    for n, section in enumerate(divisions, _next("dom", before)):
        place = _Place(f"dom_{n}", of_bodies=id(section) in headed, by_body=by_body)
        yield from with_all_theirs([*_domain(section, place, reading)], reading)
    if not divisions:
        place = _Place(of_bodies=are_of_bodies(tasks))
        for n, section in enumerate(tasks, _next("act", before)):
            yield _action(section, f"act_{n}", place, reading)
    safeguards = [s for kind, c in found if kind == "safeguards" for s in c.children or (c,)]
    for n, section in enumerate(safeguards, _next("safe", before)):
        part = _part(section, f"safe_{n}", PartKind.SAFEGUARD, reading)
        views = tuple(v for v in section.everything() if len(v))
        yield with_duties(part, duties(views, part.eid, reading), reading)


def with_list(parts: Sequence[Part], more: Sequence[Part]) -> list[Part]:
    """The parts with those of an annexed list: a task that they have gets what the list adds.

    A domain of the list goes where all its tasks are known.
    """
    found = list(parts)
    known = {tight(p.title): n for n, p in enumerate(parts) if p.kind is PartKind.ACTION}
    new = [p for p in more if p.kind is not PartKind.ACTION or tight(p.title) not in known]
    for part in more:
        if part.kind is PartKind.ACTION and (n := known.get(tight(part.title))) is not None:
            found[n] = _completed(found[n], part)
    is_new = len(new) == len(more)
    held = {p.domain for p in new}
    return [*found, *(p for p in new if is_new or p.kind is PartKind.ACTION or p.eid in held)]


def _completed(part: Part, listed: Part) -> Part:
    """A task of the body with the units, targets and deadline that the list adds."""
    units = {(r.name, r.role) for r in part.responsibilities}
    values = {(t.value, t.unit) for t in part.targets}
    return replace(
        part,
        responsibilities=part.responsibilities
        + tuple(r for r in listed.responsibilities if (r.name, r.role) not in units),
        targets=part.targets + tuple(t for t in listed.targets if (t.value, t.unit) not in values),
        deadline=part.deadline or listed.deadline,
    )


def _next(kind: str, before: Sequence[Part]) -> int:
    """The number of the next part of a kind that stands in no other."""
    tops = (p.eid.split("_") for p in before if "__" not in p.eid)
    return 1 + max((int(n) for name, n in tops if name == kind), default=0)


def goals(segment: Segment, reading: Reading) -> Iterator[Target]:
    """The targets of the plan's overall goals, and of those that head its domains."""
    scope = Scope(reading.text, carries_year=True, since=reading.since)
    found = domains([c for kind, c in chapters(segment) if kind == "tasks"])
    own = (v for d in found if not _is_action(d) for aim in aims(d) for v in aim.own)
    yield from targets((*goal_paragraphs(segment), *own), scope, reading.issues)


def _has_task(chapter: Section, groups: set[int]) -> bool:
    """Whether a chapter says something and does not merely name work groups."""
    says = bool(chapter.children) or any(len(v) > 1 for v in chapter.own)
    says = says and not announces(chapter)
    sections = chapter.children or (chapter,)
    return says and not all(len(s.head) > 0 and s.head.at[0] in groups for s in sections)


def _hear_rules(found: Sequence[tuple[str, Section]], reading: Reading) -> None:
    """Rules on how to read the tags that stand in chapters without tasks."""
    for kind, chapter in found:
        if kind != "tasks":
            hear(tuple(chapter.everything()), reading)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an action belongs: eids of its domain and programme.

    `theirs` are the responsibilities that a heading above states for items without their own.
    With `of_bodies` the items there are headed by the bodies that they are for, with `by_body`
    the domain itself is.
    """

    domain: str | None = None
    programme: str | None = None
    theirs: tuple[Responsibility, ...] = ()
    of_bodies: bool = False
    by_body: bool = False


def _domain(section: Section, place: _Place, reading: Reading) -> Iterator[Part]:
    eid = place.domain or ""
    named = (v for v in split(heading(section), ":") if not _is_number(v))
    title = next(named, heading(section))
    yield _part(section, eid, PartKind.DOMAIN, reading, title=title)
    if _is_action(section):
        yield _action(section, f"{eid}__act_1", place, reading)
        return
    by_body = body_duties(section) if place.by_body else []
    own = stated(own_duties(section, eid, reading) or by_body, reading)
    place = replace(place, of_bodies=is_of_bodies(section), theirs=inherited(own, eid))
    yield from _below(section, place, reading)


def _is_number(view: View) -> bool:
    """Whether words are but another number: 二、任务一:做强石化."""
    found = marker(f"{view.text}:")
    return found is not None and found.length == len(view) + 1


def _below(section: Section, place: _Place, reading: Reading) -> Iterator[Part]:
    """The programmes and actions of a domain that has numbered items."""
    _note_gaps(section, reading)
    domain = place.domain or ""
    actions = programmes = 0
    for child in _items(section):
        if _is_action(child):
            actions += 1
            yield _action(child, f"{domain}__act_{actions}", place, reading)
            continue
        programmes += 1
        eid = f"{domain}__prog_{programmes}"
        part = _part(child, eid, PartKind.PROGRAMME, reading, domain=domain)
        part = with_duties(part, own_duties(child, eid, reading), reading)
        yield part
        theirs = inherited(part.responsibilities, eid) or place.theirs
        for item in _actions_below(child):
            actions += 1
            below = _Place(domain, eid, theirs)
            yield _action(item, f"{domain}__act_{actions}", below, reading)


def _items(section: Section) -> Iterator[Section]:
    """The parts below that are items: points told off in words only where they are tagged."""
    framing = [*aims(section), *(c for c in section.children if allots(c))]
    for child in section.children:
        if child not in framing and (child.style != "enumerated" or is_tagged(child)):
            yield child


def _actions_below(section: Section) -> Iterator[Section]:
    for child in _items(section):
        if _is_action(child):
            yield child
        else:
            yield from _actions_below(child)


def _is_action(section: Section) -> bool:
    """Whether a section is the smallest item with a task of its own.

    It has no points below it, or its points share one tag: the one behind the last of them,
    or one of the section itself while they have none. Points told off in words (一是) are no
    items of their own without a tag.
    """
    leaves = [leaf for leaf in section.leaves() if not allots(leaf)]
    if not section.children or is_framed(section):
        return not section.children
    tagged = [any(_has_tag(v) for v in leaf.own) for leaf in leaves]
    are_points = all(child.style == "enumerated" for child in section.children)
    is_allotted = any(allots(c) for c in section.children)
    if are_points or is_allotted or any(_has_tag(v) for v in section.own):
        return not any(tagged)
    last = leaves[-1].own
    is_behind_all = len(leaves) > 1 and len(last) > 1 and _has_tag(last[-1])
    return not any(tagged[:-1]) and is_behind_all


def _has_tag(view: View) -> bool:
    """Whether a paragraph has a tag for its own item."""
    return any(not tag.for_all for tag in tags(view))


def _note_gaps(section: Section, reading: Reading) -> None:
    for before, child in zip(section.children, section.children[1:], strict=False):
        is_numbered = child.style == before.style and len(child.number) > 0
        if is_numbered and child.value != before.value + 1:
            reading.issues.append(
                Issue(
                    "numbering-gap",
                    Severity.INFO,
                    child.number.span(),
                    f"编号不连续：{before.value} 之后是 {child.value}",
                    f"Numbers do not run on: {child.value} follows {before.value}",
                )
            )


# -- one part -----------------------------------------------------------------------------


def _part(
    section: Section,
    eid: str,
    kind: PartKind,
    reading: Reading,
    *,
    title: View | None = None,
    domain: str | None = None,
) -> Part:
    named = title if title is not None else heading(section)
    named = named if len(named) else section.number
    whole = tuple(v for v in section.everything() if len(v))
    text = section.own if kind in {PartKind.DOMAIN, PartKind.PROGRAMME} else whole
    spans = [v.span() for v in (section.number, *whole) if len(v)]
    certain = Decimal(1) if len(section.number) else _UNNUMBERED
    return Part(
        eid=eid,
        kind=kind,
        number=reading.number(section.number),
        title=reading.words(named),
        text="\n".join(reading.words(v) for v in text if len(v)),
        evidence=Evidence(named.span(), f"{kind}.{section.style}", certain),
        span=Span(spans[0].start, max(s.end for s in spans)),
        domain=domain,
    )


def _action(section: Section, eid: str, place: _Place, reading: Reading) -> Part:
    views = with_lists([v for v in section.everything() if len(v)])
    headed = headed_duties(views) if place.of_bodies else []
    own = duties(views, eid, reading) or headed or prose_duties(views)
    body = tuple(piece for v in views for piece in untagged(v))
    part = _part(section, eid, PartKind.ACTION, reading, title=_action_title(section))
    part = with_duties(part, own, reading)
    part = part if own else with_inherited(part, place.theirs)
    due = part.deadline or deadline_of(views, reading.text, reading.since)
    scope = Scope(reading.text, _year_of_all(due, own), since=reading.since)
    found = tuple(targets(body, scope, reading.issues))
    return replace(
        part, domain=place.domain, programme=place.programme, targets=found, deadline=due
    )


def _year_of_all(due: Deadline | None, own: Sequence[Duty]) -> int | None:
    """The year by which all of an action shall be done: a label says it, or its only tag."""
    tags = {duty.tag.span for duty in own}
    by_tag = due is not None and due.evidence.rule == "tag.deadline" and len(tags) == 1
    if due and _BEGINS.search(due.wording):
        return None
    is_said = due and is_certain(due) and (by_tag or due.evidence.rule == "deadline.labelled")
    return due.year if due and is_said else None


def _action_title(section: Section) -> View:
    """An action's heading; where a named domain is one task, its text's leading clause."""
    head = without_tag(section.head).text
    names_domain = ":" in head and "。" not in head and section.body
    return lead(section.body[0]) if names_domain else heading(section)
