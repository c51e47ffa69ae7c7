"""Domains, programmes and actions from the rows of a task table."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import dropwhile, groupby, pairwise, takewhile

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
from kg_build.model import Deadline, Evidence, Issue, Part, PartKind, Role, Severity, Span, Target
from kg_build.structure.columns import UNITS
from kg_build.structure.tables import Cell, Row, Table

__all__ = ["Eids", "table_parts"]

_WORDED = ("task", "detail", "progress", "goal", "indicator", "value", "criteria")
_EARNED = re.compile(r"得[0-9.]{1,4}分")
_ADJUSTED = re.compile(r"[扣奖加减][0-9.]{0,4}分")
_POINTS = re.compile(r"[0-9.]{1,4}分")
_UNCLEAR = Decimal("0.7")
_KEYS = frozenset({"domain", *UNITS})
_JOINS = "、,;和及与("


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

        A column of tasks groups details where one task has several of them, unless the number is
        that of the task.
        """
        found = [n for n in ("domain",) if any(row.first(n) for row in self.table.rows)]
        return (*found, "task") if self._task_groups() else tuple(found)

    def _task_groups(self) -> bool:
        rows = [row for row in self.table.rows if row.section is None]
        return any(
            row.first("detail")
            and _goes_on(row.first("task"), above.first("task"))
            and not _is_of_task(row)
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
            if self._begins(row, wanted):
                tasks.append([row])
            elif tasks:
                tasks[-1].append(row)
        for group in tasks:
            yield from self._levels_of(group[0])
            title = group[0].first(*wanted)
            if title is None or not title.is_first:
                title = next((c for c in _own(group[0])), title)
            assert title is not None  # a group begins with a row that has one
            yield self._action(group, title)

    def _begins(self, row: Row, wanted: Sequence[str]) -> bool:
        """Whether a row begins a task: it has a number of its own, or else a title."""
        number, title = row.first("number"), row.first(*wanted)
        if number is not None and number.is_first:
            return any(True for _ in _own(row))
        is_open = number is None or _is_of_key(row, title)
        return is_open and title is not None and title.is_first

    def _action(self, rows: Sequence[Row], title_cell: Cell) -> Part:
        words = self.reading.words
        heading, number = self._title(rows[0], title_cell)
        own = [c for n, row in enumerate(rows) for c in row.cells if n == 0 or c.is_first]
        group = "task" if title_cell.column == "detail" else ""
        worded = [c for c in own if c.column in _WORDED and c.column != group]
        dues = [c for c in own if c.column == "deadline"]  # the last: then all is done
        due = self._due(dues)
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
            targets=tuple(self._targets(rows, worded, self._year(dues))),
        )
        duties = self._duties(own, part.eid) or self.units
        is_filled = any(c.column in UNITS for c in own)
        if not duties and not is_filled and self._may_be_blank:
            return with_duties_above(part, self.reading)
        if not duties:  # 无: nothing that an empty cell below could go on from
            self.reading.above = ("", ())
        return with_duties(part, duties, self.reading)

    def _duties(self, own: Sequence[Cell], eid: str) -> tuple[Duty, ...]:
        """The duties of a row's units; less certain where lines do not say whose column it is."""
        found = tuple(column_duties(own, eid, self.reading))
        cells = [c for c in own if c.column in UNITS]
        if not self.table.is_found or not _are_unclear(cells, self.reading.text):
            return found
        self.reading.issues.append(_unclear(cells, self.reading))
        return tuple(replace(d, claim=replace(d.claim, confidence=_UNCLEAR)) for d in found)

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

    def _due(self, cells: Sequence[Cell]) -> Deadline | None:
        """The deadline in the last of some cells."""
        if not cells:
            return None
        return deadline_in(cells[-1], self.reading.words(cells[-1].view), self.reading.since)

    def _year(self, cells: Sequence[Cell]) -> int | None:
        """The year of the last deadline, if it is certain."""
        due = self._due(cells)
        return due.year if due and is_certain(due) else None

    def _targets(
        self, rows: Sequence[Row], worded: Sequence[Cell], year: int | None
    ) -> Iterator[Target]:
        """The targets of some rows, each by its row's deadline, or else by that of them all."""
        measured = [row for row in rows if row.first("indicator") and row.first("value")]
        for row in measured:
            yield from row_targets(row, self.reading)
        own = {id(cell) for cell in worded}
        rows_of = ((cell, row) for row in rows for cell in row.cells if id(cell) in own)
        for cell, its_row in rows_of:
            if measured and cell.column in {"indicator", "value"}:
                continue
            by = cell.year or self._year(its_row.all("deadline")) or year
            scope = Scope(self.reading.text, by, since=self.reading.since)
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


def _own(row: Row) -> Iterator[Cell]:
    """The cells of a row that say what is to be done and are not merged with those above."""
    return (c for c in row.cells if c.column in _WORDED and c.is_first)


def _is_of_key(row: Row, title: Cell | None) -> bool:
    """Whether the number is that of a domain or body between it and the title, merged alike."""
    behind = dropwhile(lambda c: c.column != "number", row.cells)
    between = takewhile(lambda c: c is not title, behind)
    return any(c.column in _KEYS and not c.is_first for c in between)


def _is_of_task(row: Row) -> bool:
    """Whether the number above a row's detail is that of its task."""
    number, task, detail = row.first("number"), row.first("task"), row.first("detail")
    if number is not None:
        return not number.is_first and not _is_of_key(row, detail)
    marks = [marker(c.view.text) if c else None for c in (task, detail)]
    return marks[0] is not None and marks[0].style == "arabic" and marks[1] is None


def _goes_on(cell: Cell | None, above: Cell | None) -> bool:
    """Whether a cell is that of the row above: empty, merged with it, or the same again."""
    if cell is None or not cell.is_first:
        return True
    return above is not None and cell.view.text == above.view.text


def _are_unclear(cells: Sequence[Cell], text: str) -> bool:
    """Whether lines below several columns of units do not say which of them they belong to."""
    is_several = len({c.column for c in cells}) > 1
    return is_several and any(_has_loose_lines(c.view, text) for c in cells)


def _has_loose_lines(view: View, text: str) -> bool:
    """Whether a cell has lines of units that no sign joins."""
    breaks = (n for n, (a, b) in enumerate(pairwise(view.at)) if "\n" in text[a:b])
    return any(view.text[n] not in _JOINS for n in breaks)


def _unclear(cells: Sequence[Cell], reading: Reading) -> Issue:
    quote = "；".join(reading.words(c.view) for c in cells)
    return Issue(
        "units-not-clear",
        Severity.WARNING,
        _span([c.view for c in cells]),
        f"各行单位属于哪一栏不明确，以首行为牵头、其余为配合：{quote}",
        f"Which column the lines of units belong to is not clear; the first leads: {quote}",
    )


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
