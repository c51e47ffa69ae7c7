"""Domains and actions from the rows of a task table."""

from collections.abc import Iterator, Sequence

from kg_build.extract.brackets import split
from kg_build.extract.duties import Reading, with_duties
from kg_build.extract.responsibilities import Claim, Tag, cell_tag
from kg_build.extract.targets import Scope, targets
from kg_build.families import marker
from kg_build.lex.view import View
from kg_build.model import Evidence, Issue, Part, PartKind, Role, Severity, Span, Target
from kg_build.structure.tables import Cell, Table

__all__ = ["table_parts"]

_ROLES = {"lead": Role.LEAD, "participating": Role.PARTICIPATING, "responsible": Role.RESPONSIBLE}
_WORDED = ("task", "progress", "goal", "indicator")


def table_parts(table: Table, reading: Reading) -> Iterator[Part]:
    """One action a row; a domain where the domain column names a new one.

    A merged cell stands only in its first row, and again at the top of a page.
    """
    domains: dict[str, Part] = {}
    eid = ""
    counts: dict[str, int] = {}
    for row in table.rows:
        cells = {c.column: c for c in row if len(c.view)}
        heading = _domain_heading(cells.get("domain"), bool(domains), reading)
        if heading is not None:
            title = reading.words(heading)
            if title not in domains:
                domains[title] = _domain(cells["domain"].view, heading, len(domains) + 1, reading)
                yield domains[title]
            eid = domains[title].eid
        if "task" in cells:
            counts[eid] = counts.get(eid, 0) + 1
            prefix = f"{eid}__" if eid else ""
            yield _action(row, cells, f"{prefix}act_{counts[eid]}", eid or None, reading)
    reading.issues += [_cut_short(table.rest)] if table.rest else []


def _cut_short(rest: Sequence[View]) -> Issue:
    return Issue(
        "row-cut-short",
        Severity.WARNING,
        _span(rest),
        "表格最后一行单元格不全，未采用",
        "The last row of the table lacks cells and was not used",
    )


def _domain_heading(cell: Cell | None, has_domains: bool, reading: Reading) -> View | None:
    """The domain that a cell names; a stray character beside numbered domains is none."""
    if cell is None:
        return None
    number = marker(cell.view.text)
    if number is not None and number.length < len(cell.view):
        return cell.view[number.length :]
    if number is not None:
        return None
    if has_domains and len(cell.view) == 1:
        reading.issues.append(
            Issue(
                "stray-text",
                Severity.INFO,
                cell.view.span(),
                f"领域栏中的“{cell.view.text}”不是领域名称，未采用",
                f"“{cell.view.text}” in the domain column names no domain and was not used",
            )
        )
        return None
    return cell.view


def _domain(cell: View, heading: View, n: int, reading: Reading) -> Part:
    number = reading.words(cell[: len(cell) - len(heading)]) if len(cell) > len(heading) else ""
    return Part(
        eid=f"dom_{n}",
        kind=PartKind.DOMAIN,
        number=number.rstrip("、.．"),
        title=reading.words(heading),
        text=reading.words(heading),
        evidence=Evidence(heading.span(), "domain.column"),
        span=cell.span(),
    )


def _action(
    row: Sequence[Cell], cells: dict[str, Cell], eid: str, domain: str | None, reading: Reading
) -> Part:
    task = cells["task"].view
    title = next(split(task, "。!?;"), task)
    worded = [c for c in row if c.column in _WORDED and len(c.view)]
    part = Part(
        eid=eid,
        kind=PartKind.ACTION,
        number=reading.words(cells["number"].view) if "number" in cells else "",
        title=reading.words(title),
        text="\n".join(reading.words(c.view) for c in worded),
        evidence=Evidence(title.span(), "action.row"),
        span=_span([c.view for c in cells.values()]),
        domain=domain,
        progress=reading.words(cells["progress"].view) if "progress" in cells else None,
        goal=reading.words(cells["goal"].view) if "goal" in cells else None,
        targets=tuple(_targets(worded, reading)),
    )
    return with_duties(part, tuple(_claims(row)), reading)


def _span(views: Sequence[View]) -> Span:
    spans = [v.span() for v in views]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _targets(cells: Sequence[Cell], reading: Reading) -> Iterator[Target]:
    for cell in cells:
        yield from targets((cell.view,), Scope(reading.text, cell.year), reading.issues)


def _claims(row: Sequence[Cell]) -> Iterator[tuple[Claim, Tag]]:
    for cell in row:
        role = _ROLES.get(cell.column)
        if role and (tag := cell_tag(cell.view, role)):
            yield from ((claim, tag) for claim in tag.claims)
