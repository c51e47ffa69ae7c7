"""What every store gives: tables, truths and standard serialisations."""

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

__all__ = ["Dataset", "Store", "Table", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term of an answer; `datatype` and `language` belong to literals only."""

    kind: Literal["iri", "literal", "bnode"]
    value: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT query; an unbound cell is `None`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def dicts(self) -> list[dict[str, str]]:
        """Rows as plain values by column; unbound cells are left out."""
        return [
            {name: cell.value for name, cell in zip(self.columns, row, strict=True) if cell}
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a request of the SPARQL Protocol says beside its query.

    Where it names graphs, the query is about these only, whatever it says itself; without any it
    is about all. `base` completes relative IRIs.

    Source: https://www.w3.org/TR/sparql11-protocol/#dataset
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


@runtime_checkable
class Store(Protocol):
    """A place that answers SPARQL 1.1 queries.

    The default graph of a query that names none is the union of all named graphs.

    Raises: `QueryRejected` where the text is not a query of the form asked for,
    `StoreUnavailable` where the store cannot be read.
    """

    def select(self, query: str) -> Table:
        """The table of a SELECT query."""
        ...

    def ask(self, query: str) -> bool:
        """The truth of an ASK query."""
        ...

    def answer(self, query: str, media_type: str) -> bytes:
        """Any query's answer in a standard serialisation, complete."""
        ...
