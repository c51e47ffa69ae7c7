"""Units in whose names no function was found, as a table for whoever extends the vocabulary."""

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from ontology import concepts
from queries.answering import run
from queries.stores.port import Store, Table

__all__ = ["table_of_unknown"]

_BOM = "\ufeff"  # by which spreadsheets know UTF-8
_HEADINGS = (
    "次数 uses",
    "单位 unit",
    "地方 place",
    "出处 where",
    "相近名称 nearest",
    "IRI",
)
_NEAREST = 3
_ALIKE = 0.3  # of 1: 招商办 and 招商引资 share two letters of seven


def table_of_unknown(store: Store) -> str:
    """The table as CSV, commonest first."""
    out = io.StringIO()
    csv.writer(out).writerows([_HEADINGS, *_rows(run(store, "browse/unknown_units"))])
    return _BOM + out.getvalue()


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    for row in table.dicts():
        yield (
            row["uses"],
            row["name"],
            row.get("where", ""),
            "：".join(filter(None, (row.get("plan", ""), row.get("title", "")))),
            "、".join(_nearest(row["name"])),
            row["unit"],
        )


def _nearest(name: str) -> list[str]:
    """Words of the vocabulary that look like the name, with the function each stands for."""
    found = get_close_matches(name, _words(), n=_NEAREST, cutoff=_ALIKE)
    return [f"{word}（{_words()[word]}）" for word in found]


@cache
def _words() -> dict[str, str]:
    return {label: c.label_zh for c in concepts("function") for label in c.labels}
