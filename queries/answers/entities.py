"""Pages of indicators, places, vocabulary entries and everything else."""

from collections import Counter
from dataclasses import dataclass

from ontology import ZT
from queries.answers.comparisons import Comparison, comparisons
from queries.answers.concepts import SHOWN, Concept, concept
from queries.answers.inquiry import Inquiry, Row
from queries.answers.links import Link, links
from queries.answers.values import Fact, Quote, Ref, Target, Used

__all__ = [
    "Entry",
    "Indicator",
    "Place",
    "Usage",
    "Use",
    "entry",
    "indicator",
    "place",
]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_BROADER = _SKOS + "broader"
_LONG = 500  # characters; a text in full is for its own page
_LISTED = 60  # uses of one kind that a page shows with their sentences
_INVISIBLE = {ZT + "evidence", ZT + "content", ZT + "responsibility", _BROADER}


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a plan with its targets, the national ones beside them, and its links."""

    ref: Ref
    targets: tuple[Target, ...]
    comparisons: tuple[Comparison, ...]
    links: tuple[Link, ...]
    queries: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in its vocabulary, its plans (those of places below included) and its units."""

    ref: Ref
    concept: Concept | None
    plans: tuple[Ref, ...]
    units: tuple[Ref, ...]
    queries: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A part or unit that uses a vocabulary entry, with its place where the graph says it."""

    property: Ref
    thing: Ref
    place: Ref | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many things use an entry in one way, of how many plans, and in which places how many."""

    property: Ref
    things: int
    plans: int
    places: tuple[tuple[Ref, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Any other thing: what is stated about it, where it is used, what it is linked with.

    `concept` is what it is in a vocabulary, None where it stands in none; `usage` counts all uses,
    of which `uses` are the first of each kind.
    `verified` is "reported", "unverified", "unknown" (an indicator of a national document of which
    nothing is stated) or "" (not a matter of verification).
    """

    ref: Ref
    kinds: tuple[Ref, ...]
    statements: tuple[Fact, ...]
    concept: Concept | None
    usage: tuple[Usage, ...]
    uses: tuple[Use, ...]
    links: tuple[Link, ...]
    mentions: tuple[Fact, ...]
    quotes: tuple[Quote, ...]
    verified: str
    queries: tuple[Used, ...]


def indicator(inquiry: Inquiry, iri: str) -> Indicator:
    """Everything an indicator's page shows."""
    return Indicator(
        ref=inquiry.ref(iri),
        targets=inquiry.targets([iri]),
        comparisons=comparisons(inquiry, indicator=iri),
        links=links(inquiry, iri),
        queries=inquiry.used,
    )


def place(inquiry: Inquiry, iri: str) -> Place:
    """Everything a place's page shows."""
    rows = inquiry.rows("pages/place", place=iri)
    plans = dict.fromkeys(row["thing"] for row in rows if row["kind"] == ZT + "Plan")
    units = dict.fromkeys(row["thing"] for row in rows if row["kind"] != ZT + "Plan")
    return Place(
        ref=inquiry.ref(iri),
        concept=concept(inquiry, iri),
        plans=tuple(map(inquiry.ref, plans)),
        units=tuple(map(inquiry.ref, units)),
        queries=inquiry.used,
    )


def entry(inquiry: Inquiry, iri: str) -> Entry | None:
    """What the graph says about a thing; None where it says nothing."""
    types, statements = _statements(inquiry, iri)
    used = _used(inquiry, iri)
    entered = concept(inquiry, iri)
    mentions = () if used or entered else _mentions(inquiry, iri)
    if not any((types, statements, used, mentions)):
        return None
    return Entry(
        ref=inquiry.ref(iri),
        kinds=types,
        statements=tuple(
            fact for fact in statements if not entered or fact.property.iri not in SHOWN
        ),
        concept=entered,
        usage=_usage(inquiry, used),
        uses=_uses(inquiry, used),
        links=links(inquiry, iri),
        mentions=mentions,
        quotes=inquiry.quotes([iri])[iri],
        verified=_verification(types, statements),
        queries=inquiry.used,
    )


def _statements(inquiry: Inquiry, iri: str) -> tuple[tuple[Ref, ...], tuple[Fact, ...]]:
    """Classes, and the other statements."""
    types, found = [], []
    for prop, term in inquiry.table("pages/statements", thing=iri).rows:
        if not prop or not term or prop.value in _INVISIBLE or term.kind == "bnode":
            continue
        if prop.value == _TYPE:
            types.append(inquiry.ref(term.value))
        else:
            text = term.value if len(term.value) <= _LONG else term.value[:_LONG] + "…"
            value = inquiry.ref(term.value) if term.kind == "iri" else text
            found.append(Fact(inquiry.ref(prop.value), value))
    return tuple(types), tuple(found)


def _mentions(inquiry: Inquiry, iri: str) -> tuple[Fact, ...]:
    rows = inquiry.table("pages/mentions", thing=iri).rows
    return tuple(
        Fact(inquiry.ref(prop.value), inquiry.ref(subject.value))
        for subject, prop in rows
        if subject and prop and subject.kind == "iri" and prop.value != _BROADER
    )


def _used(inquiry: Inquiry, iri: str) -> list[Row]:
    """The uses of an entry and those below it; what is about a topic does not also mention it."""
    rows = inquiry.rows("pages/uses", concept=iri)
    main = {row["thing"] for row in rows if row["property"] == ZT + "topic"}
    mentioned = ZT + "mentionsTopic"
    return [row for row in rows if row["property"] != mentioned or row["thing"] not in main]


def _usage(inquiry: Inquiry, used: list[Row]) -> tuple[Usage, ...]:
    found = []
    for prop in dict.fromkeys(row["property"] for row in used):
        rows = [row for row in used if row["property"] == prop]
        where = {(row["thing"], row["place"]) for row in rows if "place" in row}
        places = Counter(place for _, place in sorted(where))
        found.append(
            Usage(
                property=inquiry.ref(prop),
                things=len({row["thing"] for row in rows}),
                plans=len({row["plan"] for row in rows if "plan" in row}),
                places=tuple((inquiry.ref(p), count) for p, count in places.most_common()),
            )
        )
    return tuple(sorted(found, key=lambda usage: -usage.things))


def _uses(inquiry: Inquiry, used: list[Row]) -> tuple[Use, ...]:
    """The first uses of each kind, with what is said of the entry or of one below it."""
    kept: dict[str, dict[str, str | None]] = {}
    for row in used:
        of_kind = kept.setdefault(row["property"], {})
        if len(of_kind) < _LISTED:
            of_kind.setdefault(row["thing"], row.get("place"))
    entries = {row["entry"] for row in used}
    quotes = inquiry.quotes(thing for things in kept.values() for thing in things)
    return tuple(
        Use(
            property=inquiry.ref(prop),
            thing=inquiry.ref(thing),
            place=inquiry.optional_ref(where),
            quotes=tuple(q for q in quotes[thing] if q.supports == prop and q.value in entries),
        )
        for prop, things in kept.items()
        for thing, where in things.items()
    )


def _verification(types: tuple[Ref, ...], statements: tuple[Fact, ...]) -> str:
    for fact in statements:
        if fact.property.iri == ZT + "verified" and isinstance(fact.value, str):
            return fact.value
    return "unknown" if any(t.iri == ZT + "NationalIndicator" for t in types) else ""
