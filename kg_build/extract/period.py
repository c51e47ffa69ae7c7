"""The years that a plan covers: from its title, a sentence that says so, its goals or stages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from kg_build.extract.brackets import split
from kg_build.extract.chapters import chapters, goal_paragraphs
from kg_build.extract.clauses import sentences
from kg_build.extract.relative_years import CONCLUDED
from kg_build.families import Pattern, patterns
from kg_build.lex.dates import YEARS, five_year_period, single_year, year_range
from kg_build.lex.numerals import integer
from kg_build.lex.view import View
from kg_build.model import Evidence, FrontMatter, Part, PartKind, Span
from kg_build.structure.outline import Segment

__all__ = ["Year", "period", "with_last_deadline"]

#: a year and where the text says it
Year = tuple[int, Span]

_MOST_PARAGRAPHS = 60  # before which a plan says how long it runs
_FEWEST_ACTIONS = 2  # that aim at a year which is then the plan's
_GUESSED = Decimal("0.7")
_OUTLOOK = re.compile(r"展望|远景|远期")
_BEFORE_OUTLOOK = 10  # letters in which its year may stand: 到2035年远景
_LONGEST_PLAN = 10  # years from its making; what is aimed at later is an outlook
_MONTHS = 12
#: 到2027年, but not 到2027年底前, by when one thing is to be done
_AIM = re.compile(r"(?<![0-9前])到(?P<y>20[0-9]{2})年[,、]?(?![底末初前0-9])")


@dataclass(frozen=True, slots=True)
class _Stated:
    """First and last year as one place says them, either alone or both."""

    first: int | None
    last: int | None
    span: Span


def period(
    plan: Segment, titles: Iterable[View], made: date | None, year: int | None
) -> tuple[Year | None, Year | None]:
    """First and last year, from the first of the places that say them.

    `made` is the day on which the plan was signed, `year` that of its number where there is none.
    """
    year = made.year if made else year
    first: Year | None = None
    said = chain(_stated(plan, made, year), _scheduled(plan, year))
    ahead = (s for s in said if not (year and s.last) or s.last >= year)
    for found in chain(_titled(titles), ahead):
        if found.first and not first:
            first = found.first, found.span
        if found.last:
            return first, (found.last, found.span)
    return first, None


def with_last_deadline(front: FrontMatter, parts: Sequence[Part], text: str) -> FrontMatter:
    """The front matter with the last year of the actions' schedule, where nothing else says it."""
    found = None if front.period_end else _last_deadline(parts, text)
    if found is None:
        return front
    stated = ("period_end", Evidence(found[1], "front.period_end", _GUESSED))
    return replace(front, period_end=found[0], evidence=(*front.evidence, stated))


# -- the title and the sentences that say so ------------------------------------------------


def _titled(titles: Iterable[View]) -> Iterator[_Stated]:
    for view in titles:
        text = view.text
        if named := year_range(text) or five_year_period(text) or single_year(text):
            yield _Stated(*named, view.span())


def _stated(plan: Segment, made: date | None, year: int | None) -> Iterator[_Stated]:
    """What the preface says of the plan, then any sentence near its beginning."""
    everything = (s.everything() for s in plan.sections)
    views = islice(chain(goal_paragraphs(plan), *everything), _MOST_PARAGRAPHS)
    for kinds, paragraphs in ((("period", "purpose"), plan.preface), (("period",), views)):
        rules = [rule for kind in kinds for rule in patterns("official_document", kind)]
        for sentence in (s for view in paragraphs for s in split(view, "。;")):
            yield from (f for r in rules if (f := _said(r, sentence, made, year)))


def _said(rule: Pattern, sentence: View, made: date | None, year: int | None) -> _Stated | None:
    """The years that a rule finds in a sentence; what counts from now, from the plan's making."""
    match = rule.regex.search(sentence.text)
    if match is None:
        return None
    said = match.groupdict()
    first = int(said["a"]) if said.get("a") else year if rule.values.get("now") else None
    last = int(said["b"]) if said.get("b") else first if rule.values.get("single") else None
    if first and (years := integer(said.get("years") or "")):
        last = first + years - 1
    if made and (months := integer(said.get("months") or "")):
        last = made.year + (made.month - 1 + months) // _MONTHS
    is_none = not (first or last) or any(y not in YEARS for y in (first, last) if y)
    return None if is_none else _Stated(first, last, sentence.span())


# -- goals, columns, stages -----------------------------------------------------------------


def _scheduled(plan: Segment, year: int | None) -> Iterator[_Stated]:
    """The last year that the goals name, else that of the stages, else of its being in force."""
    aims = [*_years(goal_paragraphs(plan)), *_column_years(plan)]
    stages = [v for kind, c in chapters(plan) if kind == "schedule" for v in c.everything()]
    for last in (_latest(_near(aims, year)), _latest(_years(stages))):
        if last:
            yield _Stated(None, *last)
    rules = patterns("official_document", "in_force")
    for view in (v for s in plan.sections for v in s.everything()):
        for sentence in split(view, "。;"):
            yield from (f for r in rules if (f := _said(r, sentence, None, None)))


def _near(aims: Sequence[Year], year: int | None) -> Sequence[Year]:
    """The aims without those that only an outlook may have, where there are nearer ones."""
    since = year or min((y for y, _ in aims), default=0)
    return [aim for aim in aims if aim[0] - since <= _LONGEST_PLAN] or aims


def _years(views: Iterable[View]) -> Iterator[Year]:
    for sentence in (s for view in views for s in sentences(view)):
        outlook = _OUTLOOK.search(sentence.view.text)
        end = outlook.start() - _BEFORE_OUTLOOK if outlook else len(sentence.view)
        yield from ((year, sentence.view.span()) for at, year in sentence.years if at < end)


def _column_years(plan: Segment) -> Iterator[Year]:
    for column in (c for found in plan.tables for c in found.headings):
        if column.year and column.id != "baseline" and column.heading:
            yield column.year, column.heading.span()


# -- the actions ----------------------------------------------------------------------------


def _last_deadline(parts: Sequence[Part], text: str) -> Year | None:
    """The last year of actions that mostly have one, or to which several of them look ahead."""
    actions = [p for p in parts if p.kind is PartKind.ACTION]
    dated = [last for p in actions if (last := _latest(_deadlines(p, text)))]
    if len(dated) * 2 > len(actions):
        return _latest(dated)
    aims = [last for p in actions if (last := _latest(_aims(p, text)))]
    last = _latest(aims)
    is_shared = last and sum(year == last[0] for year, _ in aims) >= _FEWEST_ACTIONS
    return last if is_shared else None


def _latest(years: Iterable[Year]) -> Year | None:
    return max(years, key=lambda y: y[0], default=None)


def _deadlines(part: Part, text: str) -> Iterator[Year]:
    """The years of an action's deadline and targets that the text writes."""
    named = [(t.deadline, t.evidence) for t in part.targets]
    named += [(part.deadline.year, part.deadline.evidence)] if part.deadline else []
    for year, by in named:
        is_sure = by.confidence > Decimal(CONCLUDED)
        if year and (is_sure or str(year) in text[by.span.start : by.span.end]):
            yield year, by.span


def _aims(part: Part, text: str) -> Iterator[Year]:
    """The years of an action's targets that are to be reached by then: 到2027年."""
    for year, span in _deadlines(part, text):
        named = (m["y"] for m in _AIM.finditer(text, span.start, span.end))
        if str(year) in named:
            yield year, span
