"""What shall be reached: numbers with measure, comparator and deadline; qualities as worded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.extract.clauses import Sentence, sentences
from kg_build.extract.measures import Measure, Piece, named, spread, stripped, worded
from kg_build.extract.quantities import Quantity, at_least, quantities
from kg_build.families import pattern, patterns
from kg_build.lex.view import View, tidy
from kg_build.model import Evidence, Issue, Severity, Target

__all__ = ["Scope", "targets"]

_NEAR = 60  # how far before a number words still speak of it
_BETWEEN_VALUES = re.compile(r"[、和及与]?$")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a text stands: the document's text, and the year of its column or paragraph.

    With `carries_year` a year holds for later sentences of the paragraph too.
    """

    text: str
    year: int | None = None
    carries_year: bool = False


def targets(views: Sequence[View], scope: Scope, issues: list[Issue]) -> Iterator[Target]:
    """The targets of some paragraphs in reading order.

    A number that seems to promise something and is not understood is added to `issues`.
    """
    for view in views:
        carried = scope.year
        for sentence in sentences(view):
            reader = _Reader(sentence, scope.text, carried, issues)
            yield from sorted(reader.read(), key=lambda t: t.evidence.span)
            if scope.carries_year and sentence.years:
                carried = sentence.years[-1][1]


@dataclass(frozen=True, slots=True)
class _Reader:
    sentence: Sentence
    source: str
    year: int | None
    issues: list[Issue]

    def read(self) -> Iterator[Target]:
        found = [q for q in quantities(self.sentence.text) if self._promises(q)]
        groups = list(_groups(self.sentence, found))
        for before, group, after in zip([None, *groups], groups, [*groups[1:], None], strict=False):
            previous = before[-1].end if before else 0
            yield from self._numbers(group, previous, after[0].begin if after else None)
        yield from self._all(found)
        yield from self._qualities(found)

    # -- numbers --------------------------------------------------------------------------

    def _promises(self, quantity: Quantity) -> bool:
        """Whether a number promises something: not what is there already, no figure of speech.

        Chinese numerals count where a word quantifies.
        """
        begin, _ = self.sentence.clause(quantity.at)
        before = self.sentence.text[max(begin, quantity.at - _NEAR) : quantity.at]
        if pattern("quantities", "past", "past").search(before):
            return False
        if not quantity.is_chinese:
            return True
        return quantity.begin < quantity.at or bool(
            pattern("quantities", "quantifying", "quantifying").search(before)
        )

    def _numbers(
        self, group: Sequence[Quantity], previous: int, following: int | None
    ) -> Iterator[Target]:
        """The targets of values that stand side by side, mostly of one."""
        spread_over = spread(self.sentence, group, previous)
        pairs: list[tuple[Measure, Quantity, int | None]]
        if spread_over and len(group) == 1:
            pairs = [(m, group[0], None) for m in spread_over]
        elif spread_over:
            pairs = [(m, q, None) for m, q in zip(spread_over, group, strict=True)]
        else:
            one = named(self.sentence, group[0], previous, following)
            years = self._listed_years(group)
            pairs = [(one, q, y) for q, y in zip(group, years, strict=True)] if one else []
        if not pairs:
            self.issues.append(self._not_understood(group))
        for measure, quantity, year in pairs:
            yield self._target(measure, quantity, group[0], year)

    def _not_understood(self, group: Sequence[Quantity]) -> Issue:
        begin, end = self.sentence.clause(group[0].at)
        quote = self._wording(begin, end)
        return Issue(
            "number-not-understood",
            Severity.INFO,
            self.sentence.view.span(begin, end),
            f"看到数值但未能确定它衡量什么：{quote}",
            f"A number was seen, but not what it measures: {quote}",
        )

    def _listed_years(self, group: Sequence[Quantity]) -> Sequence[int | None]:
        """A year for each value: `到2024年和2025年,分别达到50%和55%`."""
        years = [y for at, y in self.sentence.years if at < group[0].at][-len(group) :]
        return years if 1 < len(group) == len(set(years)) else [None] * len(group)

    def _target(
        self, measure: Measure, quantity: Quantity, first: Quantity, listed_year: int | None
    ) -> Target:
        begin, end = measure.begin, max(quantity.end, measure.end)
        return Target(
            measure=self._words(measure.pieces) or "",
            comparator=self._comparator(quantity, first),
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            deadline=listed_year or self._year(quantity.at, quantity.end),
            wording=self._wording(quantity.begin, quantity.end),
            per=self._words(measure.per),
            hedge=quantity.hedge,
            evidence=self._evidence(begin, end, f"target.{measure.form}"),
        )

    def _year(self, at: int, end: int) -> int | None:
        """The year stated before a place, in a bracket right after it, or by the scope."""
        before = self.sentence.year_at(at)
        if before:
            return before[1]
        in_bracket = (y for p, y in self.sentence.years if end < p <= end + 2)
        return next(in_bracket, self.year)

    def _comparator(self, quantity: Quantity, first: Quantity) -> str:
        """The comparator at the number, or said once: 至少 before a verb, 分别达到 for several."""
        if quantity.comparator != "=":
            return quantity.comparator
        begin, _ = self.sentence.clause(quantity.at)
        if at_least().search(self.sentence.text, max(begin, quantity.at - _NEAR), quantity.at):
            return ">="
        return first.comparator

    def _words(self, pieces: Sequence[Piece]) -> str | None:
        return worded(self.sentence, self.source, pieces) or None

    def _wording(self, begin: int, end: int) -> str:
        span = self.sentence.view.span(begin, end)
        return tidy(self.source[span.start : span.end])

    def _evidence(self, begin: int, end: int, rule: str, confidence: str = "1") -> Evidence:
        """The clause, with the year before it where only that stands between."""
        year = self.sentence.year_at(begin + 1)
        if year and not any(c.isdigit() for c in self.sentence.text[year[0] + 5 : begin]):
            begin = min(begin, year[0])
            if begin and self.sentence.view.text[begin - 1] in "到至":
                begin -= 1
        return Evidence(self.sentence.view.span(begin, end), rule, Decimal(confidence))

    # -- all and qualities ----------------------------------------------------------------

    def _all(self, numbers: Sequence[Quantity]) -> Iterator[Target]:
        """Targets that mean all; 100%全覆盖 is already a number."""
        for rule in patterns("quantities", "all"):
            for begin, end in _clauses(self.sentence):
                match = rule.regex.search(self.sentence.view.text, begin, end)
                if match is None or any(match.start() <= q.at < match.end() for q in numbers):
                    continue
                measure = self._clean(match.start("measure"), match.end("measure"))
                if not measure:
                    continue
                parts = {"measure": measure, "verb": match.groupdict().get("verb") or ""}
                yield self._worded(
                    rule.values["measure"].format(**parts), match, rule.id, Decimal(100)
                )

    def _qualities(self, numbers: Sequence[Quantity]) -> Iterator[Target]:
        for rule in patterns("quantities", "qualitative"):
            for begin, end in _clauses(self.sentence):
                match = rule.regex.search(self.sentence.view.text, begin, end)
                if match is None or any(begin <= q.at < end for q in numbers):
                    continue
                measure = self._clean(match.start("measure"), match.end("measure"))
                quality = self._wording(match.start("quality"), match.end("quality"))
                yield self._worded(measure or quality, match, rule.id, None)

    def _clean(self, begin: int, end: int) -> str:
        """A measure without lead-ins; the verb 实现 inside it says nothing."""
        begin, end = stripped(self.sentence, begin, end)
        text = self._wording(begin, end) if begin < end else ""
        return _inner_verb().sub("", text, count=1).removesuffix("的")

    def _worded(
        self, measure: str, match: re.Match[str], rule: str, value: Decimal | None
    ) -> Target:
        quality = "quality" if "quality" in match.re.groupindex else 0
        return Target(
            measure=measure,
            comparator=None if value is None else "=",
            value=value,
            unit=None if value is None else "%",
            deadline=self._year(match.end(), match.end()),
            wording=self._wording(match.start(quality), match.end(quality)),
            evidence=self._evidence(match.start(), match.end(), rule, "0.9"),
        )


def _groups(sentence: Sentence, found: Sequence[Quantity]) -> Iterator[list[Quantity]]:
    """Values that stand side by side: `分别达到55%、95%以上`."""
    group: list[Quantity] = []
    for quantity in found:
        if group:
            gap = sentence.text[group[-1].end : quantity.begin]
            if len(gap) > 1 or not _BETWEEN_VALUES.match(gap):
                yield group
                group = []
        group.append(quantity)
    if group:
        yield group


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    begin = 0
    for comma in (*sentence.commas, len(sentence.text)):
        if comma > begin:
            yield begin, comma
        begin = comma + 1


@cache
def _inner_verb() -> re.Pattern[str]:
    return re.compile("实现|达到|做到")
