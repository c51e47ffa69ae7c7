"""From the table of a named query to the rows people read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from queries.asking.answer import Bar, Heading, Quotation
from queries.asking.lexicon import Lexicon
from queries.asking.picturing import bars
from queries.asking.reading import Reading
from queries.asking.words import Route, Wordings
from queries.catalog import named
from queries.stores.port import Table

__all__ = ["Presented", "present"]

# The column whose IRI a cell leads to.
_LINKS = {
    "unit_name": "unit",
    "unit": "unit",
    "action_title": "action",
    "plan_title": "plan",
    "in_place": "in_place",
    "domain_title": "in_domain",
    "indicator_name": "indicator",
    "group_name": "group",
    "national_name": "national",
    "cited_title": "cited",
    "about": "about",
    "part_title": "part",
}
_WORDED = {"judged": "verdicts", "national_verified": "verification"}
_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Presented:
    """Headings, cells, the IRI behind each cell, the quotation of each row, and a picture."""

    columns: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str | None, ...], ...]
    evidence: tuple[Quotation | None, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Speech:
    lexicon: Lexicon
    wordings: Wordings
    language: str

    def cell(self, name: str, row: _Row) -> str:
        if name == "target":
            return self.amount(row, "")
        if name == "national_target":
            return self.amount(row, "national_")
        value = row.get(name, "")
        if name in _WORDED:
            return self.wordings.say(_WORDED[name], value, self.language)
        if name in {"deadline", "national_year"} and value and self.language == "zh":
            return f"{value}年"
        return self.lexicon.label(value, self.language) if value.startswith("http") else value

    def amount(self, row: _Row, prefix: str) -> str:
        """Comparator, number and unit: 不低于4.5个; what is stated in words, in those words."""
        number = row.get(prefix + "number")
        if number is None:
            return row.get("written", "")
        unit = row.get(prefix + "unit" if prefix else "unit_text", "")
        gap = " " if self.language == "en" else ""
        per = row["per"] + gap if not prefix and "per" in row else ""
        if upper := row.get("number_max") if not prefix else None:
            return f"{per}{_plain(number)}–{_plain(upper)}{unit}"
        way = row.get(prefix + "comparator", "").rsplit("/", 1)[-1]
        said = self.wordings.say("comparators", way, self.language)
        return f"{per}{said}{_plain(number)}{unit}"


def present(
    table: Table, reading: Reading, route: Route, *, speech: tuple[Lexicon, Wordings, str]
) -> Presented:
    """The rows of `table` that the reading asks for, in words of the language of `speech`."""
    says = _Speech(*speech)
    all_rows = table.dicts()
    chosen = _chosen(all_rows, reading)
    rows = list(_grouped(chosen, route.show, says.cell))
    return Presented(
        bars=_bars(all_rows, chosen, reading, route, says),
        columns=tuple(_heading(name, route, says.wordings) for name in route.show),
        rows=tuple(cells for cells, _ in rows),
        links=tuple(tuple(_link(name, same[0]) for name in route.show) for _, same in rows),
        evidence=tuple(_quotation(same[0]) for _, same in rows),
    )


def _bars(
    rows: list[_Row], chosen: list[_Row], reading: Reading, route: Route, says: _Speech
) -> tuple[Bar, ...]:
    """Bars of what is counted or ranked, and of the targets of one indicator."""
    one_value = reading.has("indicator") and "unit_name" not in route.show
    if "count" not in route.show and not one_value:
        return ()
    firsts = [same[0] for _, same in _grouped(rows, route.show, says.cell)]
    return bars(firsts, route.show, chosen, says.cell)


def _chosen(rows: list[_Row], reading: Reading) -> list[_Row]:
    """Of a rank only the first, with those that equal it."""
    key = {"rank": "count", "extreme": "number"}.get(reading.aggregate)
    if key is None:
        return rows
    numbered = [row for row in rows if key in row]
    pick: Callable[[Iterable[Decimal]], Decimal] = max if reading.direction == "most" else min
    best = pick(Decimal(row[key]) for row in numbered) if numbered else None
    return [row for row in numbered if Decimal(row[key]) == best]


def _grouped(
    rows: Iterable[_Row], show: tuple[str, ...], cell: Callable[[str, _Row], str]
) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    """Rows that read the same become one."""
    found: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        found.setdefault(tuple(cell(name, row) for name in show), []).append(row)
    yield from found.items()


def _quotation(row: _Row) -> Quotation | None:
    if "quote" not in row:
        return None
    start, end = int(row["start"]), int(row["end"])
    return Quotation(row["quote"], row["document"], start, end, row["fact"])


def _heading(name: str, route: Route, wordings: Wordings) -> Heading:
    if name in wordings.said["titles"]:
        return Heading(name, *wordings.said["titles"][name])
    column = next(c for c in named(route.query).columns if c.name == name)
    return Heading(name, column.title_zh, column.title_en)


def _link(name: str, row: _Row) -> str | None:
    return row.get(_LINKS[name]) if name in _LINKS else None


def _plain(number: str) -> str:
    return format(Decimal(number).normalize(), "f")
