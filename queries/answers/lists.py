"""Answers over the whole graph: the first page, lists with facets, and neighbourhoods."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ontology import BASE, ZT
from queries.answers.inquiry import Inquiry
from queries.answers.values import Label, Ref, Used
from queries.catalog import NamedQuery, named

__all__ = [
    "Cell",
    "Facet",
    "Home",
    "Listing",
    "Neighbour",
    "Neighbourhood",
    "PlanCard",
    "home",
    "kind_of",
    "listing",
    "neighbourhood",
]

Cell = Ref | str | None


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan at a glance."""

    ref: Ref
    place: Ref | None
    status: Ref | None
    begin: str
    until: str
    number: str
    actions: int
    units: int
    targets: int


@dataclass(frozen=True, slots=True)
class Home:
    """What is in the graph. Topics and national domains come with their numbers of actions."""

    counts: tuple[tuple[Ref, int], ...]
    plans: tuple[PlanCard, ...]
    topics: tuple[tuple[Ref, int], ...]
    domains: tuple[tuple[Ref, int], ...]
    queries: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A column by which a list can be narrowed: its values with their numbers of rows."""

    column: str
    title: Label
    values: tuple[tuple[Ref, int], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A named query's answer as a table. `total` counts the rows before narrowing."""

    name: str
    title: Label
    description: Label
    columns: tuple[tuple[str, Label], ...]
    rows: tuple[tuple[Cell, ...], ...]
    facets: tuple[Facet, ...]
    total: int
    queries: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing one step away; `direction` is "out" where the relation leads to it."""

    ref: Ref
    kind: str
    relation: Ref
    direction: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing and its neighbours, special relations first; `total` counts all there are."""

    ref: Ref
    kind: str
    neighbours: tuple[Neighbour, ...]
    total: int
    queries: tuple[Used, ...]


def home(inquiry: Inquiry) -> Home:
    """Everything the first page shows."""
    counts = {r["class"]: int(r["count"]) for r in inquiry.rows("browse/counts")}
    topics = inquiry.rows("browse/topics")
    national: Counter[str] = Counter()
    for row in inquiry.rows("browse/domains"):
        if "national" in row:
            national[row["national"]] += int(row["actions"])
    plans = tuple(_card(inquiry, row) for row in inquiry.rows("browse/plans"))
    return Home(
        counts=tuple((inquiry.ref(ZT + name), counts.get(ZT + name, 0)) for name in _COUNTED),
        plans=plans,
        topics=tuple((inquiry.ref(r["topic"]), int(r["main"])) for r in topics if r["main"] != "0"),
        domains=tuple((inquiry.ref(iri), count) for iri, count in sorted(national.items())),
        queries=inquiry.used,
    )


_COUNTED = ("Plan", "Action", "Unit", "Responsibility", "Target", "Evidence")


def listing(
    inquiry: Inquiry,
    name: str,
    values: Mapping[str, str | Sequence[str]],
    *,
    facets: Sequence[str] = (),
    chosen: Mapping[str, str] | None = None,
) -> Listing:
    """The answer of the named query `name`, with columns of IRIs as links.

    `facets` are columns to narrow by, `chosen` the IRI chosen for some of them; "q" in `chosen`
    keeps the rows with that text in any cell's name.
    """
    query, chosen = named(name), chosen or {}
    table = inquiry.table(name, **values)
    every = [
        tuple(
            None if t is None else inquiry.ref(t.value) if t.kind == "iri" else t.value for t in row
        )
        for row in table.rows
    ]
    at = {column: i for i, column in enumerate(table.columns)}
    rows = [row for row in every if _fits(row, at, chosen)]
    return Listing(
        name=name,
        title=Label(query.title_zh, query.title_en),
        description=Label(query.description_zh, query.description_en),
        columns=tuple((column, _title(query, column)) for column in table.columns),
        rows=tuple(rows),
        facets=tuple(
            _facet(query, column, [row[at[column]] for row in every], chosen.get(column, ""))
            for column in facets
        ),
        total=len(every),
        queries=inquiry.used,
    )


def neighbourhood(inquiry: Inquiry, iri: str, *, limit: int) -> Neighbourhood:
    """The first `limit` neighbours of a thing, each once, by its most special relation."""
    nearest: dict[str, dict[str, str]] = {}
    for row in inquiry.rows("pages/neighbours", thing=iri):
        if row["neighbour"] != iri:
            nearest.setdefault(row["neighbour"], row)
    kept = list(nearest.values())[:limit]
    return Neighbourhood(
        ref=inquiry.ref(iri),
        kind=kind_of(iri),
        neighbours=tuple(
            Neighbour(
                ref=inquiry.ref(row["neighbour"]),
                kind=kind_of(row["neighbour"]),
                relation=inquiry.ref(row["property"]),
                direction=row["direction"],
            )
            for row in kept
        ),
        total=len(nearest),
        queries=inquiry.used,
    )


def kind_of(iri: str) -> str:
    """What an IRI of ours stands for, by its form: plan, part, target, unit, place and so on."""
    if not iri.startswith(BASE + "id/"):
        return "other"
    first, *rest = iri.removeprefix(BASE + "id/").split("/")
    if first == "plan" and len(rest) > 1:
        return rest[2] if len(rest) > 2 else "part"
    return first


def _card(inquiry: Inquiry, row: Mapping[str, str]) -> PlanCard:
    return PlanCard(
        ref=inquiry.ref(row["plan"]),
        place=inquiry.optional_ref(row.get("place")),
        status=inquiry.optional_ref(row.get("status")),
        begin=row.get("begin", ""),
        until=row.get("until", ""),
        number=row.get("number", ""),
        actions=int(row["actions"]),
        units=int(row["units"]),
        targets=int(row["targets"]),
    )


def _fits(row: Sequence[Cell], at: Mapping[str, int], chosen: Mapping[str, str]) -> bool:
    for column, wanted in chosen.items():
        if column in at and wanted:
            cell = row[at[column]]
            if (cell.iri if isinstance(cell, Ref) else cell) != wanted:
                return False
    sought = chosen.get("q", "").casefold()
    return not sought or any(sought in name.casefold() for name in _names(row))


def _names(row: Iterable[Cell]) -> Iterable[str]:
    for cell in row:
        if isinstance(cell, Ref):
            yield cell.label.zh
            yield cell.label.en
        elif cell:
            yield cell


def _title(query: NamedQuery, column: str) -> Label:
    for declared in query.columns:
        if declared.name == column:
            return Label(declared.title_zh, declared.title_en)
    return Label(column, column)


def _facet(query: NamedQuery, column: str, cells: Iterable[Cell], chosen: str) -> Facet:
    counts = Counter(cell for cell in cells if isinstance(cell, Ref))
    return Facet(column, _title(query, column), tuple(counts.most_common()), chosen)
