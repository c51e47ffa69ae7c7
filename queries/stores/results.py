"""SPARQL results in JSON, as tables.

Source: https://www.w3.org/TR/sparql11-results-json/
"""

from collections.abc import Mapping
from typing import Any

from queries.stores.port import Table, Term

__all__ = ["table_of"]

_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def table_of(document: Mapping[str, Any], *, truncated: bool = False) -> Table:
    """The table of a SELECT query's results. Raises: `KeyError` where these are none."""
    columns = tuple(document["head"]["vars"])
    rows = tuple(
        tuple(_term(binding.get(name)) for name in columns)
        for binding in document["results"]["bindings"]
    )
    return Table(columns, rows, truncated)


def _term(cell: dict[str, str] | None) -> Term | None:
    if cell is None:
        return None
    match cell["type"]:
        case "uri":
            return Term("iri", cell["value"])
        case "bnode":
            return Term("bnode", cell["value"])
    language = cell.get("xml:lang")
    plain = _LANGUAGE if language else _STRING
    return Term("literal", cell["value"], cell.get("datatype", plain), language)
