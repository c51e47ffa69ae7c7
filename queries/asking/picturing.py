"""Bars of an answer: numbers that are looked at beside one another rather than read."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from queries.asking.answer import Bar

__all__ = ["bars"]

_FEWEST, _MOST = 2, 20
_SAID = ("unit_name", "domain_title", "about", "in_place", "indicator_name", "plan_title")
_NUMBERS = ("count", "target")
_Row = dict[str, str]


def bars(
    rows: list[_Row], show: tuple[str, ...], chosen: list[_Row], cell: Callable[[str, _Row], str]
) -> tuple[Bar, ...]:
    """A bar for each row that has a number, the longest first; none where they cannot be compared.

    `rows` are all that were ranked, `chosen` those of them that answer; `cell` says a cell.
    """
    column = next((name for name in _NUMBERS if name in show), None)
    number = "count" if column == "count" else "number"
    if column is None or len({row.get("unit_text") for row in rows}) > 1:
        return ()
    said = {id(row) for row in chosen}
    found = [
        Bar(label, float(Decimal(row[number])), cell(column, row), id(row) in said)
        for row, label in zip(rows, _labels(rows, show, cell), strict=True)
        if number in row
    ]
    found.sort(key=lambda bar: -bar.value)
    drawn = _FEWEST <= len(found) <= _MOST or (column == "count" and len(found) > _MOST)
    return tuple(found[:_MOST]) if drawn and found[0].value > 0 else ()


def _labels(
    rows: list[_Row], show: tuple[str, ...], cell: Callable[[str, _Row], str]
) -> Iterator[str]:
    """The fewest columns that tell the rows apart."""
    named = [name for name in _SAID if name in show]
    for size in range(1, len(named) + 1):
        labels = [" · ".join(filter(None, (cell(n, row) for n in named[:size]))) for row in rows]
        if len(set(labels)) == len(labels):
            break
    yield from labels
