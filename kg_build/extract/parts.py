"""Which parts of a plan are domains, programmes, actions and safeguards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.extract.brackets import split
from kg_build.extract.deadlines import deadline_of
from kg_build.extract.duties import (
    Reading,
    duties,
    hear,
    prose_duties,
    untagged,
    with_duties,
    with_lists,
)
from kg_build.extract.responsibilities import tags
from kg_build.extract.targets import Scope, targets
from kg_build.families import pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Evidence, Issue, Part, PartKind, Severity, Span, Target
from kg_build.structure.outline import Section, Segment

__all__ = [
    "chapters",
    "goal_paragraphs",
    "goals",
    "section_parts",
]

_SHORT_SENTENCE = 24
_UNNUMBERED = Decimal("0.8")  # a heading without a number
_THEMATIC = {"part", "chapter"}  # 篇 and 章 are named after their themes
_LEVEL_OF_ITEMS = 40  # 篇、章、节 stand above the chapters numbered 一、


def section_parts(
    segment: Segment, reading: Reading, groups: Sequence[Span] = ()
) -> Iterator[Part]:
    """The parts of a segment's numbered sections in reading order.

    `groups` are the names of work groups: a chapter that is one, or holds nothing else, is no task.
    """
    chapters = _chapters(segment.sections)
    _hear_rules(chapters, reading)
    named = {span.start for span in groups}
    tasks = [c for c in _of_kind(chapters, "tasks") if _has_content(c) and not _is_group(c, named)]
    domains = _domains(tasks)
    for n, section in enumerate(domains, 1):
        yield from _domain(section, f"dom_{n}", reading)
    if not domains:
        for n, section in enumerate(tasks, 1):
            yield _action(section, f"act_{n}", _Place(), reading)
    for n, section in enumerate(_safeguards(chapters), 1):
        part = _part(section, f"safe_{n}", PartKind.SAFEGUARD, reading)
        views = tuple(v for v in section.everything() if len(v))
        yield with_duties(part, duties(views, part.eid, reading), reading)


def goal_paragraphs(segment: Segment) -> Iterator[View]:
    """The paragraphs of the plan's overall goals, which stand outside any action."""
    for chapter in _chapters(segment.sections):
        if _kind(chapter) not in {"goals", "overview"}:
            continue
        is_goal = "目标" in _heading(chapter).text
        for section in (chapter,) if is_goal else chapter.children:
            if "目标" in _heading(section).text:
                yield from section.everything()


def chapters(segment: Segment) -> Iterator[tuple[str, Section]]:
    """The chapters of a segment, each with what it is for."""
    found = _chapters(segment.sections)
    yield from zip(_kinds(found), found, strict=True)


def goals(segment: Segment, reading: Reading) -> Iterator[Target]:
    """The targets of the plan's overall goals."""
    scope = Scope(reading.text, carries_year=True)
    yield from targets(tuple(goal_paragraphs(segment)), scope, reading.issues)


def _is_group(chapter: Section, named: set[int]) -> bool:
    sections = chapter.children or (chapter,)
    return all(len(s.head) > 0 and s.head.at[0] in named for s in sections)


def _hear_rules(chapters: Sequence[Section], reading: Reading) -> None:
    """Rules on how to read the tags that stand in chapters without tasks."""
    for chapter in chapters:
        if _kind(chapter) != "tasks":
            hear(tuple(chapter.everything()), reading)


# -- chapters and domains -----------------------------------------------------------------


def _kind(chapter: Section) -> str:
    """What a chapter is for, by its heading: safeguards, overview, goals, terms or tasks."""
    heading = _heading(chapter).text
    for rule in patterns("official_document", "chapter"):
        if rule.regex.search(heading):
            return rule.id
    return "safeguards" if _is_all_safeguards(chapter) else "tasks"


def _kinds(chapters: Sequence[Section]) -> Sequence[str]:
    """The kind of each chapter; an item among items is a task, whatever its heading says."""
    kinds = [_kind(c) for c in chapters]
    last_task = max((n for n, k in enumerate(kinds) if k == "tasks"), default=-1)
    items = [c.level > _LEVEL_OF_ITEMS and "。" in c.head.text for c in chapters]
    return ["tasks" if items[n] and n < last_task else kind for n, kind in enumerate(kinds)]


def _of_kind(chapters: Sequence[Section], kind: str) -> Iterator[Section]:
    yield from (c for c, k in zip(chapters, _kinds(chapters), strict=True) if k == kind)


def _is_all_safeguards(chapter: Section) -> bool:
    """Whether most parts of a chapter are headed as safeguards are: 组织领导, 宣传引导."""
    rule = pattern("official_document", "safeguard", "safeguard")
    headed = [bool(rule.search(_heading(c).text)) for c in chapter.children]
    return len(headed) > 1 and sum(headed) > len(headed) / 2


def _chapters(sections: Sequence[Section]) -> Sequence[Section]:
    """The top-level chapters; a single part that wraps the whole plan is looked into."""
    if len(sections) != 1 or len(sections[0].children) < 2:
        return sections
    wraps = sections[0].level < _LEVEL_OF_ITEMS or sections[0].style == "unnumbered"
    return _chapters(sections[0].children) if wraps else sections


def _has_content(section: Section) -> bool:
    return bool(section.children) or any(len(v) > 1 for v in section.own)


def _domains(tasks: Sequence[Section]) -> tuple[Section, ...]:
    """The first-level divisions of the task chapters; none where the chapters are the actions.

    A chapter with a theme of its own is one. One that is merely headed 重点任务 holds them, and
    what stands untagged before it is no task; so does an only chapter of two levels.
    """
    if not any(c.children for c in tasks):
        return ()
    plain = next((n for n, c in enumerate(tasks) if _is_plain(c)), 0)
    kept = [c for n, c in enumerate(tasks) if n >= plain or _is_tagged(c)]
    kept = [c for c in kept if c.children or _is_tagged(c) or not _is_plain(c)]
    are_plain = len(kept) == 1 or all(_is_plain(c) for c in kept)
    return tuple(d for c in kept for d in _divisions(c, len(kept) == 1, are_plain))


def _divisions(chapter: Section, is_only: bool, are_plain: bool) -> tuple[Section, ...]:
    has_levels = any(c.children for c in chapter.children)
    holds = has_levels if is_only and chapter.style not in _THEMATIC else False
    if chapter.children and (holds or (_is_plain(chapter) and (has_levels or are_plain))):
        return chapter.children
    return (chapter,)


def _is_plain(chapter: Section) -> bool:
    """Whether a chapter is headed by what it holds, tasks or a number of them, not by a theme."""
    heading = _heading(chapter).text
    is_counted = pattern("official_document", "counted", "counted").search(heading)
    return bool(is_counted or pattern("official_document", "chapter", "tasks").search(heading))


def _is_tagged(section: Section) -> bool:
    return any(_tagged(v) for v in section.everything())


def _safeguards(chapters: Sequence[Section]) -> Iterator[Section]:
    for chapter in _of_kind(chapters, "safeguards"):
        yield from chapter.children or (chapter,)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an action belongs: eids of its domain and programme."""

    domain: str | None = None
    programme: str | None = None


def _domain(section: Section, eid: str, reading: Reading) -> Iterator[Part]:
    title = next(split(_heading(section), ":"), _heading(section))
    yield _part(section, eid, PartKind.DOMAIN, reading, title=title)
    if _is_action(section):
        yield _action(section, f"{eid}__act_1", _Place(eid), reading)
        return
    yield from _below(section, eid, reading)


def _below(section: Section, domain: str, reading: Reading) -> Iterator[Part]:
    """The programmes and actions of a domain that has numbered items."""
    _note_gaps(section, reading)
    actions = programmes = 0
    for child in _items(section):
        if _is_action(child):
            actions += 1
            yield _action(child, f"{domain}__act_{actions}", _Place(domain), reading)
            continue
        programmes += 1
        eid = f"{domain}__prog_{programmes}"
        part = _part(child, eid, PartKind.PROGRAMME, reading, domain=domain)
        yield with_duties(part, duties(child.own, eid, reading), reading)
        for item in _actions_below(child):
            actions += 1
            yield _action(item, f"{domain}__act_{actions}", _Place(domain, eid), reading)


def _items(section: Section) -> Iterator[Section]:
    """The parts below that are items: points told off in words only where they are tagged."""
    for child in section.children:
        if child.style != "enumerated" or _is_tagged(child):
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
    leaves = list(section.leaves())
    if not section.children:
        return True
    tagged = [any(_tagged(v) for v in leaf.own) for leaf in leaves]
    are_points = all(child.style == "enumerated" for child in section.children)
    if are_points or any(_tagged(v) for v in section.own):
        return not any(tagged)
    last = leaves[-1].own
    return not any(tagged[:-1]) and len(last) > 1 and _tagged(last[-1])


def _tagged(view: View) -> bool:
    return bool(tags(view))


def _note_gaps(section: Section, reading: Reading) -> None:
    for before, child in zip(section.children, section.children[1:], strict=False):
        if child.style == before.style and child.value != before.value + 1:
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


def _heading(section: Section) -> View:
    """The leading words of a section: its heading, first short sentence or first clause."""
    return _lead(section.head)


def _lead(view: View) -> View:
    sentence = next(split(view, "。!?;"), view)
    is_whole = len(sentence) == len(view) and not view.text.endswith(")")
    if is_whole or (len(sentence) <= _SHORT_SENTENCE and len(sentence) + 1 < len(view)):
        return sentence
    return next(split(sentence, ",:"), sentence)


def _part(
    section: Section,
    eid: str,
    kind: PartKind,
    reading: Reading,
    *,
    title: View | None = None,
    domain: str | None = None,
) -> Part:
    heading = title if title is not None else _heading(section)
    heading = heading if len(heading) else section.number
    whole = tuple(v for v in section.everything() if len(v))
    text = section.own if kind in {PartKind.DOMAIN, PartKind.PROGRAMME} else whole
    spans = [v.span() for v in (section.number, *whole) if len(v)]
    certain = Decimal(1) if len(section.number) else _UNNUMBERED
    return Part(
        eid=eid,
        kind=kind,
        number=reading.number(section.number),
        title=reading.words(heading),
        text="\n".join(reading.words(v) for v in text if len(v)),
        evidence=Evidence(heading.span(), f"{kind}.{section.style}", certain),
        span=Span(spans[0].start, max(s.end for s in spans)),
        domain=domain,
    )


def _action(section: Section, eid: str, place: _Place, reading: Reading) -> Part:
    views = with_lists([v for v in section.everything() if len(v)])
    own = duties(views, eid, reading) or prose_duties(views)
    body = tuple(piece for v in views for piece in untagged(v))
    part = _part(section, eid, PartKind.ACTION, reading, title=_action_title(section))
    until = deadline_of(views, reading.text)
    stated = until.year if until and until.evidence.rule == "deadline.labelled" else None
    found = tuple(targets(body, Scope(reading.text, stated), reading.issues))
    part = replace(part, domain=place.domain, programme=place.programme, targets=found)
    part = with_duties(part, own, reading)
    return replace(part, deadline=part.deadline or until)


def _action_title(section: Section) -> View:
    """An action's heading; where a named domain is one task, its text's leading clause."""
    names_domain = ":" in section.head.text and "。" not in section.head.text and section.body
    return _lead(section.body[0]) if names_domain else _heading(section)
