"""A named query's answer as people read it: names with what they name, a sentence behind each row.

Five columns are one thing by agreement: `fact`, `quote`, `document`, `start` and `end` say which
words of which text, in code points, the row was read from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries.answering import run
from queries.answers.inquiry import Inquiry
from queries.answers.lists import Cell
from queries.answers.values import Label, Ref
from queries.catalog import Column, NamedQuery
from queries.stores.port import Store, Term

__all__ = ["CITATION", "Citation", "CitedRow", "CitedTable", "cited_table"]

CITATION = ("fact", "quote", "document", "start", "end")

_Terms = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that say what a row says; `document` is the slug of the text they stand in."""

    fact: str
    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A row: a thing with its name, a value or nothing per column, and its citation."""

    cells: tuple[Cell, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class CitedTable:
    """Some rows of an answer that has `total`, beginning at row `first` (from 0)."""

    columns: tuple[Column, ...]
    rows: tuple[CitedRow, ...]
    total: int
    first: int


def cited_table(
    store: Store,
    query: NamedQuery,
    values: Mapping[str, str | Sequence[str]],
    *,
    first: int = 0,
    limit: int | None = None,
) -> CitedTable:
    """The rows `first` to `first + limit` of a named query's answer.

    Columns that only say what another one names, or where a row was read, are no columns here.
    Raises: `BadParameter`, and what the store raises.
    """
    table = run(store, query.name, **values)
    chosen = table.rows[first:] if limit is None else table.rows[first : first + limit]
    rows = [{n: t for n, t in zip(table.columns, row, strict=True) if t} for row in chosen]
    columns = tuple(_shown(query))
    inquiry = Inquiry(store)
    inquiry.expect(row[c.name].value for c in columns for row in rows if _is_thing(row, c.name))
    return CitedTable(
        columns=columns,
        rows=tuple(
            CitedRow(tuple(_cell(inquiry, c, row) for c in columns), _citation(row)) for row in rows
        ),
        total=len(table.rows),
        first=first,
    )


def _shown(query: NamedQuery) -> Iterable[Column]:
    names = {column.name for column in query.columns}
    behind = {column.link for column in query.columns}
    behind |= names.intersection(CITATION) if names.issuperset(CITATION) else set()
    return (column for column in query.columns if column.name not in behind)


def _is_thing(row: _Terms, name: str) -> bool:
    return name in row and row[name].kind == "iri"


def _cell(inquiry: Inquiry, column: Column, row: _Terms) -> Cell:
    if column.name not in row:
        return None
    value = row[column.name].value
    if _is_thing(row, column.name):
        return inquiry.ref(value)
    return Ref(row[column.link].value, Label(value, value)) if column.link in row else value


def _citation(row: _Terms) -> Citation | None:
    if not set(CITATION) <= row.keys():
        return None
    return Citation(
        fact=row["fact"].value,
        document=row["document"].value.rsplit("/", 1)[-1],
        start=int(row["start"].value),
        end=int(row["end"].value),
        quote=row["quote"].value,
    )
