"""Tables that divide a task among places: each row is what one of them shall reach."""

import re
from collections.abc import Iterator, Sequence

from kg_build.extract.cell_values import UNIT_IN_HEADING, CellValue, is_nothing, values
from kg_build.extract.duties import Reading, cell_duties, with_duties
from kg_build.extract.task_table import Eids
from kg_build.model import Evidence, Part, PartKind, Role, Span, Target
from kg_build.structure.columns import QUOTAS
from kg_build.structure.tables import Cell, Row, Table

__all__ = ["quota_goals", "quota_parts"]

_SUM = re.compile("[合总]计")
_OF_ALL = re.compile(r"单位:(?P<unit>[^,;:()0-9]{1,6})$")


def quota_parts(
    table: Table, reading: Reading, before: Sequence[Part] = (), host: Part | None = None
) -> Iterator[Part]:
    """One action for each place, which is responsible for it, with a target for each number.

    `before` are the parts known so far, `host` the domain in whose section the table stands.
    """
    eids = Eids({p.eid for p in before})
    domain = host.eid if host and host.kind is PartKind.DOMAIN else None
    for row in table.rows:
        area = row.first("area")
        if area is not None and any(c.column in QUOTAS for c in row.cells):
            yield _part(table, row, area, eids.new(domain or "", "act"), domain, reading)


def quota_goals(table: Table, reading: Reading) -> Iterator[Target]:
    """What all places together shall reach, by the rows that sum up (合计)."""
    sums = [row for row in table.totals if any(_SUM.match(c.view.text) for c in row.cells)]
    for row in sums[-1:]:
        yield from _targets(table, row, reading)


def _part(
    table: Table, row: Row, area: Cell, eid: str, domain: str | None, reading: Reading
) -> Part:
    number = row.first("number")
    spans = [c.view.span() for c in row.cells]
    part = Part(
        eid=eid,
        kind=PartKind.ACTION,
        number=reading.words(number.view) if number else "",
        title=reading.words(area.view),
        text=" ".join(reading.words(c.view) for c in row.cells),
        evidence=Evidence(area.view.span(), "action.quota"),
        span=Span(min(s.start for s in spans), max(s.end for s in spans)),
        domain=domain,
        targets=tuple(_targets(table, row, reading)),
    )
    return with_duties(part, cell_duties(area.view, Role.RESPONSIBLE, eid, reading), reading)


def _targets(table: Table, row: Row, reading: Reading) -> Iterator[Target]:
    for cell in row.cells:
        if cell.column in QUOTAS and not is_nothing(cell.view.text):
            found = tuple(values(cell.view.text))
            yield from (_target(table, cell, v, reading) for v in found if v.value)
            if not found:
                yield _worded(cell, reading)


def _worded(cell: Cell, reading: Reading) -> Target:
    """A cell without a number: 若干, kept as it is worded."""
    said = Evidence(cell.view.span(), "indicator.quota")
    words = reading.words(cell.view)
    return Target(reading.words(cell.heading), None, None, None, cell.year, words, said)


def _target(table: Table, cell: Cell, value: CellValue, reading: Reading) -> Target:
    stated = UNIT_IN_HEADING.search(cell.heading.text)
    heading = cell.heading[: stated.start()] if stated else cell.heading
    return Target(
        measure=reading.words(heading),
        comparator=value.comparator,
        value=value.value,
        value_max=value.value_max,
        unit=value.unit or (stated["unit"] if stated else _unit_of_all(table)),
        deadline=cell.year,
        wording=reading.words(cell.view[value.begin : value.end]),
        evidence=Evidence(cell.view.span(), "indicator.quota"),
        hedge=value.hedge,
    )


def _unit_of_all(table: Table) -> str | None:
    """The unit that the line over the table states: 单位：亩."""
    stated = _OF_ALL.search(table.caption.text) if table.caption else None
    return stated["unit"] if stated else None
