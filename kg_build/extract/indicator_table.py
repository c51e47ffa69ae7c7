"""Targets from the rows of an indicator table: value, baseline, attribute, units, by when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.extract.cell_values import UNIT_IN_HEADING, CellValue, is_nothing, values
from kg_build.extract.duties import Reading, column_duties, stated
from kg_build.extract.targets import Scope, targets
from kg_build.families import marker, pattern, patterns
from kg_build.lex.view import View
from kg_build.model import WHOLE_PLAN, Attribute, Evidence, Issue, Severity, Span, Target
from kg_build.structure.tables import Cell, Row, Table

__all__ = ["indicator_targets", "row_targets"]

_OF_WHICH = re.compile(r"^(?:其中|#|--?|[·※*])[:,]?")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]")
_FOOTNOTE = re.compile(r"(?<=[一-鿿)])(?:[0-9]{1,2}|[①-⑳*]{1,2}|\[[0-9]{1,2}\])$")
_A_RATE = re.compile(r"(?:增长率|增速|增长|增幅|提高|提升|降低|下降|减少|降幅)(?:\([^()]*\))?$")
_SHORTEST = 2


def indicator_targets(table: Table, reading: Reading, start_year: int | None) -> Iterator[Target]:
    """The targets of a table; a year before the plan's first is that of the baseline."""
    rows = [replace(row, cells=_years(row, start_year)) for row in table.rows]
    reading = replace(reading, above=("", ()))  # 同上 is the row above, not an action
    for row in rows:
        if row.first("indicator"):
            found = stated(tuple(column_duties(row.cells, WHOLE_PLAN, reading)), reading)
            owed = tuple(replace(one, inherited_from=None) for one in found)
            reading.above = (WHOLE_PLAN, owed)
            yield from (replace(t, responsibilities=owed) for t in row_targets(row, reading))
        elif row.first("value", "growth", "change"):
            reading.issues.append(_nameless(row, reading))


def _years(row: Row, start_year: int | None) -> tuple[Cell, ...]:
    """The cells, with those of columns headed by a year only as baselines or values."""
    years = [c.year for c in row.all("year") if c.year]
    has_baseline = bool(row.all("baseline"))
    growth = bool(row.all("growth"))
    first = start_year
    if first is None and growth and len(years) > 1:
        first = min(years) + 1
    found = []
    for cell in row.cells:
        is_before = first and cell.year and cell.year < first and not has_baseline
        if cell.column in {"year", "value"}:
            found.append(replace(cell, column="baseline" if is_before else "value"))
        else:
            found.append(cell)
    return tuple(found)


def _nameless(row: Row, reading: Reading) -> Issue:
    quote = " ".join(reading.words(c.view) for c in row.cells)
    spans = [c.view.span() for c in row.cells]
    return Issue(
        "row-not-understood",
        Severity.WARNING,
        Span(min(s.start for s in spans), max(s.end for s in spans)),
        f"指标表中的一行未能确定其指标名称：{quote}",
        f"A row of an indicator table whose indicator could not be told: {quote}",
    )


def row_targets(row: Row, reading: Reading) -> Iterator[Target]:
    """The targets of one row, one for each value."""
    name = row.first("indicator")
    assert name is not None  # asked for before
    reader = _Row(row, name, reading)
    for cell in row.all("value", "growth", "change"):
        if not is_nothing(cell.view.text):
            yield from reader.targets(cell)


@dataclass(frozen=True, slots=True)
class _Row:
    row: Row
    name: Cell
    reading: Reading

    def targets(self, cell: Cell) -> Iterator[Target]:
        """The targets of one cell: one for each number, or one as it is worded."""
        found = list(values(cell.view.text))
        for value in found:
            yield self._quantity(cell, value)
        if not found:
            plain = self._target(
                cell, self._measure(cell, None), None, self.reading.words(cell.view)
            )
            yield from tuple(self._as_sentence(cell, plain)) or (plain,)

    def _as_sentence(self, cell: Cell, plain: Target) -> Iterator[Target]:
        """The numbers of a cell that, read on from the name, makes a sentence: `比上年下降3%`."""
        views = (self._plain_name(), cell.view)
        if views[0].span().end > cell.view.span().start:
            return
        said = View("".join(v.text for v in views), tuple(at for v in views for at in v.at))
        for found in targets((said,), Scope(self.reading.text, plain.deadline), []):
            if found.value is not None:
                evidence, attribute = plain.evidence, plain.attribute
                yield replace(found, evidence=evidence, attribute=found.attribute or attribute)

    def _quantity(self, cell: Cell, value: CellValue) -> Target:
        wording = self.reading.words(cell.view[value.begin : value.end])
        target = self._target(cell, self._measure(cell, value), value.value, wording)
        if cell.column == "change":
            return self._change(cell, value, target)
        heading = cell.heading.text
        in_sum = value.is_cumulative or ("累计" in heading and "年均" not in heading)
        return replace(
            target,
            comparator=value.comparator,
            value_max=value.value_max,
            unit=value.unit or self._unit(cell, is_sum=in_sum),
            hedge=value.hedge,
            is_cumulative=in_sum,
        )

    def _change(self, cell: Cell, value: CellValue, target: Target) -> Target:
        """A change against the year that the column's heading names, in percent unless it says."""
        heading = pattern("table", "column", "change").fullmatch(cell.heading.text)
        return replace(
            target,
            measure=target.measure + self.reading.words(cell.heading),
            comparator=value.comparator,
            unit=value.unit or "%",
            change=value.value,
            baseline_year=int(heading["base"]) if heading else None,
        )

    def _target(self, cell: Cell, measure: str, value: Decimal | None, wording: str) -> Target:
        is_level = cell.column == "value"
        baseline = self._baseline() if is_level else None
        return Target(
            measure=measure,
            comparator=None,
            value=value,
            unit=None,
            deadline=cell.year or self._last_year(),
            wording=wording,
            evidence=Evidence(self._span(cell), f"indicator.{cell.column}"),
            baseline=baseline.value if baseline else None,
            baseline_year=self._baseline_year() if baseline else None,
            attribute=self._attribute(),
        )

    # -- the indicator's name and unit ------------------------------------------------------

    def _measure(self, cell: Cell, value: CellValue | None) -> str:
        name = self._plain_name()
        words = self.reading.words(name)
        if value and value.label:
            words += f"（{self.reading.words(cell.view[slice(*value.label)])}）"
        is_growth = cell.column == "growth" and not (value and value.is_cumulative)
        if is_growth and value and self._own_unit() not in {"%", "百分点"}:
            rate = "年均增长率" if "年均" in cell.heading.text else ""
            return words if _A_RATE.search(name.text) else words + rate
        return words

    def _plain_name(self) -> View:
        """The name without number, unit, footnote mark and 其中."""
        name = self.name.view
        number = marker(name.text)
        if number and number.length < len(name):
            name = name[number.length :]
        if (of_which := _OF_WHICH.match(name.text)) and of_which.end() < len(name):
            name = name[of_which.end() :]
        for ending in (_FOOTNOTE, UNIT_IN_HEADING, _FOOTNOTE):
            match = ending.search(name.text)
            if match and match.start() >= _SHORTEST:
                name = name[: match.start()]
        return name

    def _unit(self, cell: Cell, *, is_sum: bool) -> str | None:
        """The unit of a value without one; a yearly growth of what is no rate is in percent."""
        own = self._own_unit()
        heading = UNIT_IN_HEADING.search(cell.heading.text)
        if cell.column == "growth" and not is_sum and own != "%":
            return "%"
        return own or (heading[1] if heading else None)

    def _own_unit(self) -> str | None:
        stated = self.row.first("unit")
        if stated and not is_nothing(stated.view.text):
            words = self.reading.words(stated.view)
            return whole[1] if (whole := _IN_BRACKETS.fullmatch(words)) else words
        for name in (self.name.view.text, _FOOTNOTE.sub("", self.name.view.text)):
            if match := UNIT_IN_HEADING.search(name):
                return match[1]
        return None

    # -- what stands beside -----------------------------------------------------------------

    def _baseline(self) -> CellValue | None:
        cell = self.row.first("baseline")
        return next(values(cell.view.text), None) if cell else None

    def _baseline_year(self) -> int | None:
        cell = self.row.first("baseline")
        return cell.year if cell else None

    def _last_year(self) -> int | None:
        return max((c.year for c in self.row.all("value") if c.year), default=None)

    def _attribute(self) -> Attribute | None:
        cell = self.row.first("attribute")
        for rule in patterns("table", "attribute") if cell else ():
            if cell and rule.regex.fullmatch(cell.view.text):
                return Attribute(rule.id)
        return None

    def _span(self, cell: Cell) -> Span:
        """From the name to the value where both stand in the row, else the value's cell."""
        value = cell.view.span()
        if not self.name.is_first or not cell.is_first:
            return value
        name = self.name.view.span()
        return Span(min(name.start, value.start), max(name.end, value.end))
