"""What shall be reached: numbers with measure, comparator and deadline; qualities as worded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from kg_build.extract.attributive import attributive
from kg_build.extract.baselines import (
    Start,
    change,
    comparisons,
    leading,
    started,
)
from kg_build.extract.clauses import Sentence, sentences
from kg_build.extract.measures import named
from kg_build.extract.memory import Memory
from kg_build.extract.pieces import Measure, Piece, worded
from kg_build.extract.qualities import Quality, all_of, qualities
from kg_build.extract.quantities import Quantity, bounds, quantities, times
from kg_build.extract.relative_years import CONCLUDED, Since, is_relative
from kg_build.extract.spreads import is_mismatch, spread
from kg_build.extract.ties import stripped
from kg_build.extract.value_lists import listed, with_shared_units
from kg_build.families import pattern, table
from kg_build.lex.view import View, tidy
from kg_build.model import Attribute, Evidence, Issue, Severity, Target

__all__ = ["Scope", "targets"]

_OF_CHANGE = ("倍", "百分点", "千分点")
_NEAR = 60  # how far before a number words still speak of it
#: of measures that are put together from words that do not stand beside the number
_CERTAINTY = {"carried": "0.8", "around": "0.9", "share": "0.9"}
_ATTRIBUTE = re.compile(r"[(,]?(?P<which>约束性|预期性)")
_ATTRIBUTES = {"约束性": Attribute.BINDING, "预期性": Attribute.EXPECTED}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a text stands: the document's text, and the year of its column or paragraph.

    With `carries_year` a year holds for later sentences of the paragraph too. `since` is from when
    years count that are not written.
    """

    text: str
    year: int | None = None
    carries_year: bool = False
    since: Since | None = None


def targets(views: Sequence[View], scope: Scope, issues: list[Issue]) -> Iterator[Target]:
    """The targets of some paragraphs in reading order.

    A number that seems to promise something and is not understood is an unparsed target, and
    added to `issues`.
    """
    for view in views:
        carried = scope.year
        for sentence in sentences(view, scope.since):
            if not sentence.is_definition:
                said = Memory(sentence, scope.text)
                reader = _Reader(sentence, scope.text, carried, issues, said)
                yield from sorted(reader.read(), key=lambda t: t.evidence.span)
            if scope.carries_year and sentence.years:
                carried = sentence.years[-1][1]


@dataclass(slots=True)
class _Reader:
    sentence: Sentence
    source: str
    year: int | None
    issues: list[Issue]
    said: Memory
    starts: dict[int, Start] = field(default_factory=dict)
    listed_until: int = 0  # where values end that have a year each

    def read(self) -> Iterator[Target]:
        found = self._quantities()
        groups = list(listed(self.sentence, found))
        for before, group, after in zip([None, *groups], groups, [*groups[1:], None], strict=False):
            previous = before[-1].end if before else 0
            yield from self._numbers(group, previous, after[0].begin if after else None)
        for quality in all_of(self.sentence):
            if not any(_holds(quality.clause, q) for q in found):
                yield self._quality(quality)
        for quality in qualities(self.sentence):
            clause = self.sentence.clause(quality.words[0])
            if not any(_holds(clause, q) for q in found):
                yield self._quality(quality)

    # -- numbers --------------------------------------------------------------------------

    def _quantities(self) -> list[Quantity]:
        """The numbers that promise something, in order."""
        text = self.sentence.text
        found = [q for q in quantities(text) if self._promises(q)]
        doubled = [q for q in times(text) if not self.sentence.is_past(q.at)]
        if not found and not doubled:
            return []
        compared = self.said.compared = tuple(comparisons(self.sentence))
        found = [q for q in found if not any(c.begin < q.at < c.end for c in compared)]
        found, self.starts = started(self.sentence, found)
        found = [q for q in found if not attributive(self.sentence, q, found)]
        found = with_shared_units(text, found)
        return sorted([*found, *doubled], key=lambda q: q.at)

    def _promises(self, quantity: Quantity) -> bool:
        """Whether a number promises something: not what is there already, no figure of speech.

        Chinese numerals count where a word quantifies, a verb says what is made, or by how much.
        """
        if self.sentence.is_past(quantity.at) or self.sentence.is_condition(quantity.at):
            return False
        if not quantity.is_chinese or quantity.begin < quantity.at:
            return True
        if (quantity.unit or "").endswith(_OF_CHANGE) and change(self.sentence.text, quantity):
            return True
        begin, _ = self.sentence.clause(quantity.at)
        before = self.sentence.text[max(begin, quantity.at - _NEAR) : quantity.at]
        if pattern("quantities", "quantifying", "quantifying").search(before):
            return True
        made = pattern("quantities", "quantifying", "made").search(before)
        if made is None or quantity.value == 1:
            return False
        after = self.sentence.text[quantity.end : quantity.end + 1]
        return after in {"", *",、;:("} or made.end() == len(before)

    def _numbers(
        self, group: Sequence[Quantity], previous: int, following: int | None
    ) -> Iterator[Target]:
        """The targets of values that stand side by side, mostly of one."""
        pairs = self._measured(group, previous, following)
        if not pairs or group[-1].unit is None:
            pairs = []
            yield self._unparsed(group)
        for measure, quantity, year in pairs:
            yield self._target(measure, quantity, group[0], year)

    def _measured(
        self, group: Sequence[Quantity], previous: int, following: int | None
    ) -> list[tuple[Measure, Quantity, int | None]]:
        """What each value measures, and the year that is said for it alone; none if not known."""
        if over := spread(self.sentence, group, previous):
            values = group if len(group) > 1 else [group[0]] * len(over)
            return [(m, q, None) for m, q in zip(over, values, strict=True)]
        years = self._listed_years(group)
        self.listed_until = group[-1].end if len(set(years)) > 1 else self.listed_until
        is_unclear = None in years and is_mismatch(self.sentence, group, previous)
        if not is_unclear and (one := self._one(group, previous, following)):
            return [(one, q, y) for q, y in zip(group, years, strict=True)]
        if several := self.said.again_all(group):
            return [(m, q, None) for m, q in zip(several, group, strict=True)]
        is_open = is_unclear or (len(group) > 1 and None in years)
        again = None if is_open else self.said.again(group[0])
        return [(again, q, y) for q, y in zip(group, years, strict=True)] if again else []

    def _one(
        self, group: Sequence[Quantity], previous: int, following: int | None
    ) -> Measure | None:
        """The one measure of values side by side: before the first, or behind the last."""
        whole = replace(group[0], end=group[-1].end)
        if len(group) == 1 or group[0].end == group[1].begin:  # 1000户4200人脱贫
            return named(self.sentence, whole, previous, following)
        behind = named(self.sentence, whole, previous, following)
        if behind and behind.form == "counted":  # 改造20个、30个老旧小区
            return behind
        return named(self.sentence, group[0], previous, group[1].begin) or behind

    def _unparsed(self, group: Sequence[Quantity]) -> Target:
        """A number that promises, of which it is not known what it measures."""
        return self._unread(*self.sentence.clause(group[0].at))

    def _unread(self, begin: int, end: int) -> Target:
        quote = self._wording(begin, end)
        evidence = self._evidence(begin, end, "target.unparsed", "0.5")
        self.issues.append(
            Issue(
                "number-not-understood",
                Severity.INFO,
                evidence.span,
                f"看到数值但未能确定它衡量什么：{quote}",
                f"A number was seen, but not what it measures: {quote}",
            )
        )
        year = self._year(end, end)
        return Target("", None, None, None, year, quote, evidence, is_parsed=False)

    def _listed_years(self, group: Sequence[Quantity]) -> Sequence[int | None]:
        """A year for each value: `到2024年和2025年,分别达到50%和55%`."""
        if len(group) == 1 or len({q.unit for q in group}) > 1:  # 3条共120公里
            return [None] * len(group)
        begin, _ = self.sentence.clause(group[0].begin)
        before = [(at, y) for at, y in self.sentence.years if at < group[0].at]
        if sum(at >= begin for at, _ in before) > len(group):
            return [None] * len(group)  # 2023年、2024年、2025年分别达到80%、90%
        years = [y for _, y in before][-len(group) :]
        span = self.sentence.year_span(group[0].at)
        if span and len(span) == len(group):
            return span
        return years if len(group) == len(set(years)) else [None] * len(group)

    def _target(
        self, measure: Measure, quantity: Quantity, first: Quantity, listed_year: int | None
    ) -> Target:
        begin, end = measure.begin, max(quantity.end, measure.end)
        way = self._way(measure, first)
        words = self.said.words(measure, way)
        if not words:
            return self._unparsed([quantity])
        self.said.keep(measure, quantity, words, way)
        year = listed_year or self._year(quantity.at, quantity.end)
        start = self._start(quantity, year, compared=bool(way or quantity.times))
        each = quantity.each or first.each
        certainty = self._certainty(measure, quantity)
        return Target(
            measure=words,
            comparator=self._comparator(quantity, first),
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit or None,
            deadline=year,
            wording=self._wording(quantity.begin, quantity.end),
            per=self._words(measure.per) or self._words((each,) if each else ()),
            hedge=self._hedge(quantity),
            evidence=self._evidence(begin, end, f"target.{measure.form}", certainty),
            baseline=start.value,
            baseline_year=start.year,
            change=quantity.value - 1 if quantity.times else quantity.value * way if way else None,
            attribute=self._attribute(quantity.end),
            is_cumulative="累计" in self.sentence.text[measure.begin : quantity.at],
        )

    def _way(self, measure: Measure, first: Quantity) -> int:
        """Which way the words say that a measure changes."""
        is_said = not measure.way and measure.form in {"before", "spread"}
        return change(self.sentence.text, first) if is_said else measure.way

    def _start(self, quantity: Quantity, year: int | None, *, compared: bool) -> Start:
        """Where a value starts from, or the earlier year that a change is compared with."""
        before = [c for c in self.said.compared if compared and c.begin < quantity.at]
        against = before[-1].year_before(year) if before else None
        return self.starts.get(quantity.at) or Start(None, against)

    def _attribute(self, end: int) -> Attribute | None:
        """How binding the text behind a number says that it is."""
        found = _ATTRIBUTE.match(self.sentence.text, end)
        return _ATTRIBUTES[found["which"]] if found else None

    def _year(self, at: int, end: int) -> int | None:
        """The year stated before a place, in a bracket right after it, or by the scope."""
        before = self.sentence.year_at(at)
        if before and not before[0] < self.listed_until <= at:
            return before[1]
        is_bracket = self.sentence.view.text[end : end + 1] == "("
        in_bracket = (y for p, y in self.sentence.years if is_bracket and end < p <= end + 2)
        later = None if before else self.sentence.year_behind(at)
        return next(in_bracket, later or self.year)

    def _comparator(self, quantity: Quantity, first: Quantity) -> str:
        """The comparator at the number, or said once: 至少 before a verb, 分别达到 for several."""
        verb = leading(self.sentence.text, self.sentence.clause(quantity.begin)[0], quantity)
        if verb and verb["down"] and quantity.comparator == ">=" and not quantity.has_bound:
            return "<="
        if quantity.comparator != "=":
            return quantity.comparator
        begin, _ = self.sentence.clause(quantity.at)
        begin = max(begin, quantity.at - _NEAR)
        for comparator, bound in bounds():
            if bound.search(self.sentence.text, begin, quantity.at):
                return comparator
        return first.comparator if first.comparator != "range" else "="

    def _hedge(self, quantity: Quantity) -> str | None:
        """How firmly the number is promised, and whether it is a rough one: 力争…左右."""
        begin, _ = self.sentence.clause(quantity.begin)
        while begin:  # 力争到2025年,覆盖率达到90%: the clause before holds nothing else
            earlier, end = self.sentence.clause(begin - 1)
            start, stop = stripped(self.sentence, earlier, end)
            if start < stop:
                break
            begin = earlier
        words = _strength().findall(self.sentence.view.text, begin, quantity.at)[-1:]
        return "、".join([*words, quantity.hedge] if quantity.hedge else words) or None

    def _words(self, pieces: Sequence[Piece]) -> str | None:
        return worded(self.sentence, self.source, pieces) or None

    def _wording(self, begin: int, end: int) -> str:
        span = self.sentence.view.span(begin, end)
        return tidy(self.source[span.start : span.end])

    def _certainty(self, measure: Measure, quantity: Quantity) -> str:
        """How sure a target is: less so where its year is not written."""
        certain = _CERTAINTY.get(measure.form, "1")
        year = self.sentence.year_at(quantity.at)
        concluded = year and is_relative(self.sentence.view.text, year[0])
        return min(certain, CONCLUDED) if concluded else certain

    def _evidence(self, begin: int, end: int, rule: str, confidence: str) -> Evidence:
        """The clause, with the year before it where only that stands between."""
        year = self.sentence.year_at(begin + 1)
        if year and not any(c.isdigit() for c in self.sentence.text[year[0] + 5 : begin]):
            begin = min(begin, year[0])
            if begin and self.sentence.view.text[begin - 1] in "到至":
                begin -= 1
        return Evidence(self.sentence.view.span(begin, end), rule, Decimal(confidence))

    # -- all and qualities ----------------------------------------------------------------

    def _quality(self, quality: Quality) -> Target:
        """A target that means all or none, where it has a value, or a quality as worded."""
        name = self._named(*quality.measure)
        if name:
            name = quality.form.format(measure=name, verb=self._named(*quality.verb))
        wording = self._wording(*quality.words)
        if not name and quality.value:
            name = self.said.share_before(quality.clause[0])
        if not name and quality.value is not None:
            return self._unread(*quality.clause)
        return Target(
            measure=name or wording,
            comparator=None if quality.value is None else "=",
            value=quality.value,
            unit="%" if quality.value else None,
            deadline=self._year(quality.clause[1], quality.clause[1]),
            wording=wording,
            evidence=self._evidence(*quality.clause, quality.rule, "0.9"),
        )

    def _named(self, begin: int, end: int) -> str:
        """A measure's words; the verb 实现 inside it says nothing."""
        text = self._wording(begin, end) if begin < end else ""
        name = _inner_verb().sub("", text, count=1).removesuffix("的").rstrip("“")
        return name if "”" in name else name.lstrip("“")


def _holds(clause: tuple[int, int], quantity: Quantity) -> bool:
    return clause[0] <= quantity.at < clause[1]


@cache
def _strength() -> re.Pattern[str]:
    return re.compile(table("quantities")["strength"]["pattern"])


@cache
def _inner_verb() -> re.Pattern[str]:
    return re.compile("(?:基本|全面|全部)?(?:实现|达到|做到)")
