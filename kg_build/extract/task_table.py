"""Domains, programmes and actions from the rows of a task table."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise

from kg_build.extract.brackets import groups, split
from kg_build.extract.deadlines import deadline_in, is_certain
from kg_build.extract.duties import (
    Duty,
    Reading,
    cell_duties,
    column_duties,
    with_duties,
    with_duties_above,
)
from kg_build.extract.indicator_table import row_targets
from kg_build.extract.targets import Scope, targets
from kg_build.extract.unit_names import is_unit_name
from kg_build.families import marker
from kg_build.lex.view import View
from kg_build.model import Evidence, Issue, Part, PartKind, Role, Severity, Span, Target
from kg_build.structure.columns import UNITS
from kg_build.structure.tables import Cell, Row, Table

__all__ = ["Eids", "table_parts"]

_WORDED = ("task", "detail", "progress", "goal", "indicator", "value", "criteria")
_EARNED = re.compile(r"得[0-9.]{1,4}分")
_ADJUSTED = re.compile(r"[扣奖加减][0-9.]{0,4}分")
_POINTS = re.compile(r"[0-9.]{1,4}分")


def table_parts(
    table: Table, reading: Reading, before: Sequence[Part] = (), host: Part | None = None
) -> Iterator[Part]:
    """One action for each task; domains and programmes where columns or rows name new ones.

    `before` are the parts known so far, `host` the one in whose section the table stands.
    """
    reading.above = ("", ())  # an empty cell goes on from a row, not from the text before
    writer = _Writer(table, reading, Eids({p.eid for p in before}))
    if host is not None and host.kind is PartKind.DOMAIN:
        writer.domain = host.eid
    for section, rows in groupby(table.rows, lambda row: row.section):
        if section is not None:
            yield from writer.section(section)
        else:
            yield from writer.rows(tuple(rows))


@dataclass(slots=True)
class Eids:
    """Numbers of domains, programmes and actions that are not taken yet."""

    taken: set[str]
    last: dict[str, int] = field(default_factory=dict)

    def new(self, prefix: str, kind: str) -> str:
        """The next free number below a domain, or of the plan itself."""
        stem = f"{prefix}__{kind}" if prefix else kind
        n = self.last.get(stem, 0) + 1
        while f"{stem}_{n}" in self.taken:
            n += 1
        self.taken.add(f"{stem}_{n}")
        self.last[stem] = n
        return f"{stem}_{n}"


@dataclass
class _Writer:
    """A table being read row by row, below the domain and programme named last."""

    table: Table
    reading: Reading
    eids: Eids
    domain: str | None = None
    programme: str | None = None
    units: tuple[Duty, ...] = ()  # of all rows below a heading
    known: dict[tuple[PartKind, str, str | None], str] = field(default_factory=dict)

    # -- domains and programmes -----------------------------------------------------------

    @cached_property
    def has_domains(self) -> bool:
        """Whether headings across the table are its domains."""
        return any(row.section is not None for row in self.table.rows)

    @cached_property
    def is_scored(self) -> bool:
        """Whether the table gives points, which are no targets."""
        return any(c.id in {"points", "criteria"} for c in self.table.headings)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The columns that group the rows, the widest first.

        A column of tasks groups details where one task has several of them.
        """
        found = [n for n in ("domain",) if any(row.first(n) for row in self.table.rows)]
        return (*found, "task") if self._task_groups() else tuple(found)

    def _task_groups(self) -> bool:
        rows = [row for row in self.table.rows if row.section is None]
        return any(
            row.first("detail") and _goes_on(row.first("task"), above.first("task"))
            for above, row in pairwise(rows)
        )

    def section(self, heading: View) -> Iterator[Part]:
        """The domain that a row across the table names; a unit in its bracket answers below."""
        self.domain = self.programme = None
        self.reading.above = ("", ())
        yield from self._group(PartKind.DOMAIN, heading, heading)
        brackets = [heading[b + 1 : e - 1] for b, e in groups(heading)]
        named = next((b for b in brackets if is_unit_name(b.text)), None)
        eid = self.domain or ""
        self.units = tuple(cell_duties(named, Role.RESPONSIBLE, eid, self.reading)) if named else ()

    def _group(self, kind: PartKind, cell: View, heading: View) -> Iterator[Part]:
        title = self.reading.words(heading)
        above = self.domain if kind is PartKind.PROGRAMME else None
        eid = self.known.get((kind, title, above))
        if eid is None:
            prefix, stem = (above or "", "prog") if kind is PartKind.PROGRAMME else ("", "dom")
            eid = self.eids.new(prefix, stem)
            self.known[kind, title, above] = eid
            yield self._heading(kind, eid, cell, heading)
        if kind is PartKind.DOMAIN:
            self.domain, self.programme = eid, None
        else:
            self.programme = eid

    def _heading(self, kind: PartKind, eid: str, cell: View, heading: View) -> Part:
        title = self.reading.words(heading)
        return Part(
            eid=eid,
            kind=kind,
            number=self.reading.number(cell[: len(cell) - len(heading)]),
            title=title,
            text=title,
            evidence=Evidence(heading.span(), f"{kind}.column"),
            span=cell.span(),
            domain=self.domain if kind is PartKind.PROGRAMME else None,
        )

    def _levels_of(self, row: Row) -> Iterator[Part]:
        """What a row names above its task: the first level is the domain, the next a programme."""
        for n, level in enumerate(self.levels):
            cell = row.first(level)
            if cell is None or not cell.is_first:
                continue
            is_domain = n == 0 and not self.has_domains and not self._hosted
            heading = self._named(cell.view)
            if heading is not None:
                kind = PartKind.DOMAIN if is_domain else PartKind.PROGRAMME
                yield from self._group(kind, cell.view, heading)

    @property
    def _hosted(self) -> bool:
        """Whether the domain is that of the section around the table."""
        return self.domain is not None and not any(k is PartKind.DOMAIN for k, *_ in self.known)

    def _named(self, cell: View) -> View | None:
        """The heading in a cell; a number or a stray character beside other headings is none."""
        number = marker(cell.text)
        if number is not None:
            return cell[number.length :] if number.length < len(cell) else None
        if self.known and len(cell) == 1:
            self.reading.issues.append(_stray(cell))
            return None
        return cell

    # -- actions --------------------------------------------------------------------------

    def rows(self, rows: Sequence[Row]) -> Iterator[Part]:
        """The actions of rows; several rows of one task are one action."""
        wanted = ("detail", "task") if "task" in self.levels else ("task", "detail")
        tasks: list[list[Row]] = []
        for row in rows:
            title = row.first(*wanted)
            if tasks and (title is None or not title.is_first):
                tasks[-1].append(row)
            elif title is not None:
                tasks.append([row])
        for group in tasks:
            yield from self._levels_of(group[0])
            title = group[0].first(*wanted)
            assert title is not None  # a group begins with a row that has one
            yield self._action(group, title)

    def _action(self, rows: Sequence[Row], title_cell: Cell) -> Part:
        words = self.reading.words
        heading, number = self._title(rows[0], title_cell)
        own = [c for n, row in enumerate(rows) for c in row.cells if n == 0 or c.is_first]
        group = "task" if title_cell.column == "detail" else ""
        worded = [c for c in own if c.column in _WORDED and c.column != group]
        due = next(
            (
                deadline_in(c, words(c.view), self.reading.since)
                for c in own
                if c.column == "deadline"
            ),
            None,
        )
        part = Part(
            eid=self.eids.new(self.domain or "", "act"),
            kind=PartKind.ACTION,
            number=number,
            title=words(heading),
            text="\n".join(words(c.view) for c in worded),
            evidence=Evidence(heading.span(), "action.row"),
            span=_span([c.view for c in own if c.is_first] or [heading]),
            domain=self.domain,
            programme=self.programme,
            progress=self._joined(own, "progress"),
            goal=self._joined(own, "goal"),
            deadline=due,
            targets=tuple(
                self._targets(rows, worded, due.year if due and is_certain(due) else None)
            ),
        )
        duties = tuple(column_duties(own, part.eid, self.reading)) or self.units
        is_filled = any(c.column in UNITS for c in own)
        if not duties and not is_filled and self._may_be_blank:
            return with_duties_above(part, self.reading)
        if not duties:  # 无: nothing that an empty cell below could go on from
            self.reading.above = ("", ())
        return with_duties(part, duties, self.reading)

    @cached_property
    def _may_be_blank(self) -> bool:
        """Whether an empty cell of units may go on from above: no merged cell is known."""
        cells = (c for row in self.table.rows for c in row.cells)
        return self.table.is_given and all(c.is_first for c in cells)

    def _title(self, row: Row, cell: Cell) -> tuple[View, str]:
        """The leading sentence of the task's cell, and its number."""
        number = row.first("number")
        written = self.reading.words(number.view) if number else ""
        text = cell.view
        head = marker(text.text)
        if head is not None and head.length < len(text):
            written = written or self.reading.number(text[: head.length])
            text = text[head.length :]
        return next(split(text, "。!?;"), text), written

    def _joined(self, cells: Sequence[Cell], column: str) -> str | None:
        found = [self.reading.words(c.view) for c in cells if c.column == column]
        return "\n".join(found) or None

    def _targets(
        self, rows: Sequence[Row], worded: Sequence[Cell], year: int | None
    ) -> Iterator[Target]:
        measured = [row for row in rows if row.first("indicator") and row.first("value")]
        for row in measured:
            yield from row_targets(row, self.reading)
        for cell in worded:
            if measured and cell.column in {"indicator", "value"}:
                continue
            scope = Scope(self.reading.text, cell.year or year, since=self.reading.since)
            views = _unscored(cell.view) if self.is_scored else (cell.view,)
            yield from targets(tuple(views), scope, self.reading.issues)


def _unscored(view: View) -> Iterator[View]:
    """What a scoring rule asks for: without points, and without what only adds or takes some."""
    for sentence in split(view, "。"):
        if len(_EARNED.findall(sentence.text)) > 1:
            continue  # several results, each with its points: none of them is asked for
        begin = 0
        for start, stop in sorted((*_points(sentence), *_adjusting(sentence))):
            if start > begin:
                yield sentence[begin:start]
            begin = max(begin, stop)
        if begin < len(sentence):
            yield sentence[begin:]


def _points(view: View) -> Iterator[tuple[int, int]]:
    """The brackets that hold points."""
    for start, stop in groups(view):
        if _POINTS.search(view.text, start, stop):
            yield start, stop


def _adjusting(view: View) -> Iterator[tuple[int, int]]:
    """The clauses by which points are added or taken."""
    for clause in split(view, ",;"):
        if _ADJUSTED.search(clause.text):
            start = bisect_left(view.at, clause.at[0])
            yield start, start + len(clause)


def _goes_on(cell: Cell | None, above: Cell | None) -> bool:
    """Whether a cell is that of the row above: empty, merged with it, or the same again."""
    if cell is None or not cell.is_first:
        return True
    return above is not None and cell.view.text == above.view.text


def _stray(cell: View) -> Issue:
    return Issue(
        "stray-text",
        Severity.INFO,
        cell.span(),
        f"领域栏中的“{cell.text}”不是领域名称，未采用",
        f"“{cell.text}” in the domain column names no domain and was not used",
    )


def _span(views: Sequence[View]) -> Span:
    spans = [v.span() for v in views]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
