"""What the chapters of a plan are for, and which of their parts are its domains."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg_build.extract.brackets import split
from kg_build.extract.clauses import sentences
from kg_build.extract.prose import headed_claims, prose_claims
from kg_build.extract.quantities import quantities
from kg_build.extract.responsibilities import tags
from kg_build.extract.work_groups import names_group
from kg_build.families import pattern, patterns
from kg_build.lex.view import View
from kg_build.structure.outline import Section, Segment

__all__ = [
    "announces",
    "are_of_bodies",
    "chapters",
    "domains",
    "goal_paragraphs",
    "has_tag",
    "heading",
    "is_of_bodies",
    "is_plain",
    "is_tagged",
    "lead",
    "without_tag",
]

_SHORT_SENTENCE = 24
_CLOSERS = (")", "】", "〕", "]")
_THEMATIC = {"part", "division", "chapter"}  # 篇, 部分 and 章 are named after their themes
_PROMISES = re.compile("目标|要求是|力争|确保|到(?:20[0-9]{2}年|“十[一二三四五六七八九]五”)|年底前")
_BASIS = re.compile("(?:按照|根据|落实|贯彻|依据)[^,;]{0,40}(?:目标|要求)|制定本")
_NAMED = re.compile(
    "(?:总体|工作|主要|发展|年度|预期)目标|(?:主要|预期|约束性)指标:|总体要求|目标(?:是|为|任务)|^到?20[0-9]{2}年(?:底|末)?,|^全年(?:实现|完成|力争)"
)
_IN_ANNEX = re.compile("见附|附件|附表|下表")
_GENERAL = re.compile(r"总体|总的|工作思路|^总则")
_AIMS = {"goals", "overview"}
_DIVIDES = re.compile("职责|分工")
_NAMES_AIMS = re.compile("目标|指标$")
_BY_WHEN = re.compile("到20[0-9]{2}年")
_LEVEL_OF_ITEMS = 40  # 篇、章、节 stand above the chapters numbered 一、


def chapters(segment: Segment) -> tuple[tuple[str, Section], ...]:
    """The chapters of a segment, each with what it is for.

    Kinds: `tasks`, `goals`, `overview`, `safeguards`, `schedule`, `terms`. An item among items is a
    task, whatever its heading says.
    """
    found = _top(segment.sections)
    kinds = [_kind(c) for c in found]
    last_task = max((n for n, k in enumerate(kinds) if k == "tasks"), default=-1)
    items = [c.level > _LEVEL_OF_ITEMS and "。" in c.head.text for c in found]
    kinds = ["tasks" if items[n] and n < last_task else kind for n, kind in enumerate(kinds)]
    for n, (kind, chapter) in enumerate(zip(kinds, found, strict=True)):
        if kind in _AIMS and _is_divided(chapter) and _has_own_tasks(chapter, kinds, found):
            kinds[n] = "tasks"
        is_all = "tasks" not in kinds and len(chapter.children) > 1 and not segment.tables
        if kind == "schedule" and (is_all or _is_divided(chapter)):  # of stages, which are tasks
            kinds[n] = "tasks"
    return tuple(zip(_with_safeguards(kinds, found), found, strict=True))


def _with_safeguards(kinds: Sequence[str], found: Sequence[Section]) -> list[str]:
    """The kinds; behind the last task also chapters that are safeguards by their place.

    A chapter that only says who does what is one wherever it stands.
    """
    has_items = any(kind == "tasks" and c.children for kind, c in zip(kinds, found, strict=True))
    given = list(kinds)
    for n in range(len(found) - 1, -1, -1):
        is_last = "tasks" not in given[n + 1 :]
        closes = is_last and (_is_all_safeguards(found[n]) or _closes(found[n], given[:n]))
        if given[n] == "tasks" and (closes or _only_allots(found[n], has_items)):
            given[n] = "safeguards"
    return given


def _closes(chapter: Section, before: Sequence[str]) -> bool:
    """Whether a chapter behind those of tasks is headed as how these are seen to."""
    rule = pattern("official_document", "closing", "closing")
    is_headed = rule.search(heading(chapter).text) and not is_plain(chapter)
    return bool(is_headed) and "tasks" in before and not _is_assigned(chapter)


def _is_assigned(section: Section) -> bool:
    """Whether a section says who does it or one of its items; who is in a group does not say so."""
    if names_group(section):
        return False
    is_said = any(has_tag(v) for v in section.own) or is_of_bodies(section)
    return is_said or any(_is_assigned(child) for child in section.children)


def _only_allots(chapter: Section, has_items: bool) -> bool:
    """Whether a chapter only says who does what (职责分工), the items or a table what is done."""
    is_headed = pattern("official_document", "allots", "allots").search(heading(chapter).text)
    is_said = any("。" in view.text for view in chapter.body)
    return is_headed is not None and not chapter.children and (has_items or not is_said)


def _has_own_tasks(chapter: Section, kinds: Sequence[str], found: Sequence[Section]) -> bool:
    """Whether no other chapter has tasks, or numbers go on from its items to theirs or back."""
    others = [c for kind, c in zip(kinds, found, strict=True) if kind == "tasks"]
    own = [*chapter.leaves()]
    pairs = [([*other.leaves()], other.start > chapter.start) for other in others]
    return not others or any(
        _goes_on(own[-1], theirs[0]) if is_later else _goes_on(theirs[-1], own[0])
        for theirs, is_later in pairs
    )


def _goes_on(last: Section, first: Section) -> bool:
    return first.style == last.style and first.value == last.value + 1


def goal_paragraphs(segment: Segment) -> Iterator[View]:
    """The paragraphs of the plan's overall goals, which stand outside any action.

    An overview (总体要求) without a heading for its goals says them anywhere; a preface says them
    where it names them.
    """
    for view in segment.preface:
        yield from _promising(view, _NAMED)
    for kind, chapter in chapters(segment):
        if kind not in _AIMS:
            continue
        parts = [s for s in (chapter, *chapter.children) if _NAMES_AIMS.search(heading(s).text)]
        for section in parts[:1] if chapter in parts else parts:
            yield from section.everything()
        if not parts and _GENERAL.search(heading(chapter).text):
            for view in chapter.everything():
                yield from _promising(view, _PROMISES)


def _promising(view: View, sign: re.Pattern[str]) -> Iterator[View]:
    """From the first sentence with a sign of goals: what stands before is so now, or others'."""
    begin = 0
    for sentence in split(view, "。"):
        if sign.search(sentence.text) and not _BASIS.search(sentence.text):
            yield view[begin:]
            return
        begin += len(sentence) + 1


def domains(tasks: Sequence[Section]) -> tuple[Section, ...]:
    """The first-level divisions of the task chapters; none where the chapters are the actions.

    A chapter with a theme of its own is one. One that is merely headed 重点任务 holds them, and
    what stands untagged before it is no task; so does an only chapter of two levels. One that is
    headed so and holds nothing only announces them.
    """
    if not any(c.children for c in tasks):
        return ()
    plain = next((n for n, c in enumerate(tasks) if is_plain(c)), 0)
    kept = [c for n, c in enumerate(tasks) if n >= plain or is_tagged(c)]
    kept = [c for c in kept if c.children or is_tagged(c) or not is_plain(c) or _says_more(c)]
    are_plain = len(kept) == 1 or all(is_plain(c) for c in kept)
    level = min((s.level for c in kept for s in c.children), default=0) if are_plain else 0
    return tuple(d for c in kept for d in _divisions(c, len(kept) == 1, level))


def is_tagged(section: Section) -> bool:
    """Whether a responsibility tag stands in a section or below it, or bodies head its items."""
    return any(has_tag(v) for v in section.everything()) or is_of_bodies(section)


def announces(chapter: Section) -> bool:
    """Whether a chapter only says that the tasks stand in an annex: 具体任务见附件."""
    is_bare = not chapter.children and not is_tagged(chapter)
    return is_bare and is_plain(chapter) and any(_IN_ANNEX.search(v.text) for v in chapter.own)


def is_of_bodies(section: Section) -> bool:
    """Whether the items of a section are headed by the bodies that they are for."""
    return are_of_bodies(section.children)


def are_of_bodies(items: Sequence[Section]) -> bool:
    """Whether items are headed by the bodies that they are for."""
    headed = [s for s in items if headed_claims(s.own, among_others=True)]
    is_sure = any(headed_claims(s.own) for s in headed)
    return is_sure and len(headed) > 1 and len(headed) * 2 > len(items)


def has_tag(view: View) -> bool:
    """Whether a responsibility tag stands in a paragraph."""
    return bool(tags(view))


def heading(section: Section) -> View:
    """The leading words of a section: its heading, first short sentence or first clause."""
    return lead(section.head)


def lead(view: View) -> View:
    """The leading words of a paragraph, as `heading` has them, without a tag behind them."""
    return without_tag(_leading(view))


def without_tag(view: View) -> View:
    """A heading without the tags in brackets at its end."""
    found = tags(view) if view.text.endswith(_CLOSERS) else ()
    return view[: bisect_left(view.at, found[0].span.start)] or view if found else view


def _leading(view: View) -> View:
    sentence = next(split(view, "。!?;"), view)
    is_whole = len(sentence) == len(view) and not view.text.endswith(")")
    if is_whole or (len(sentence) <= _SHORT_SENTENCE and len(sentence) + 1 < len(view)):
        return sentence
    return next(split(sentence, ",:"), sentence)


def _top(sections: Sequence[Section]) -> Sequence[Section]:
    """The top-level chapters; a single part that wraps the whole plan is looked into."""
    if len(sections) != 1 or len(sections[0].children) < 2:
        return sections
    wraps = sections[0].level < _LEVEL_OF_ITEMS or sections[0].style == "unnumbered"
    return _top(sections[0].children) if wraps else sections


def _kind(chapter: Section) -> str:
    """What a chapter is for, by its heading: safeguards, overview, goals, terms or tasks."""
    named = heading(chapter).text
    rules = patterns("official_document", "chapter")
    kind = next((rule.id for rule in rules if rule.regex.search(named)), None)
    if kind == "safeguards" and _DIVIDES.search(named) and is_of_bodies(chapter):
        return "tasks"
    if kind == "tasks" and _says_by_when(chapter):
        return "goals"
    return kind or "tasks"


def _says_by_when(chapter: Section) -> bool:
    """Whether a chapter named after tasks says what shall be by which year: 目标任务."""
    items = chapter.children
    return (
        "目标" in heading(chapter).text
        and bool(items)
        and all(_BY_WHEN.match(s.head.text) for s in items)
    )


def _is_divided(chapter: Section) -> bool:
    """Whether most items of a chapter on aims name who answers for them."""
    items = [leaf for child in chapter.children for leaf in child.leaves()]
    tagged = sum(any(has_tag(v) for v in leaf.own) for leaf in items)
    return tagged > 1 and tagged * 2 > len(items)


def _is_all_safeguards(chapter: Section) -> bool:
    """Whether most parts of a chapter are headed as safeguards are: 组织领导, 宣传引导."""
    rule = pattern("official_document", "safeguard", "safeguard")
    headed = [bool(rule.search(heading(c).text)) for c in chapter.children]
    return len(headed) > 1 and sum(headed) > len(headed) / 2


def _says_more(chapter: Section) -> bool:
    """Whether a chapter without items says who does what or how much."""
    said = [s for view in chapter.own for s in sentences(view)]
    return bool([*prose_claims(chapter.own)]) or any(q for s in said for q in quantities(s.text))


def _divisions(chapter: Section, is_only: bool, level: int) -> tuple[Section, ...]:
    """The domains that a chapter holds, or itself; `level` is theirs where no chapter is one."""
    are_domains = any(s.level <= level for s in chapter.children)
    has_levels = any(c.children for c in chapter.children)
    holds = has_levels if is_only and chapter.style not in _THEMATIC else False
    are_named = any(s.style == "named" for s in chapter.children)
    is_heading = is_plain(chapter) and (has_levels or are_domains or are_named)
    if chapter.children and (holds or is_heading):
        return chapter.children
    return (chapter,)


def is_plain(chapter: Section) -> bool:
    """Whether a section is headed by what it holds, tasks or a number of them, not by a theme."""
    named = heading(chapter).text
    is_counted = pattern("official_document", "counted", "counted").search(named)
    kinds = (pattern("official_document", "chapter", kind) for kind in ("tasks", "schedule"))
    return bool(is_counted or any(rule.search(named) for rule in kinds))
