"""Vocabularies and their entries: names, codes, the tree, mappings and how much they are used."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology import PREFIXES, ZT
from queries.answers.inquiry import Inquiry, Row
from queries.answers.values import Label, Ref, Used

__all__ = [
    "SHOWN",
    "Branch",
    "Concept",
    "Event",
    "LabelSet",
    "Match",
    "Scheme",
    "concept",
    "scheme",
]

_SKOS = PREFIXES["skos"]
_IN_SCHEME, _TOP = _SKOS + "inScheme", _SKOS + "topConceptOf"
_NOTATION = _SKOS + "notation"
_PREFERRED, _OTHER, _HIDDEN = _SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel"
_MATCHES = frozenset(
    f"{_SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")
)

# What a mapping is from the other side.
_TURNED = {
    _SKOS + "broadMatch": _SKOS + "narrowMatch",
    _SKOS + "narrowMatch": _SKOS + "broadMatch",
    ZT + "followedBy": PREFIXES["dcterms"] + "replaces",
}

#: Properties of an entry that a `Concept` tells in its own way.
SHOWN = _MATCHES | {_IN_SCHEME, _TOP, _NOTATION, _PREFERRED, _OTHER, _HIDDEN}
SHOWN |= {_SKOS + "broader", ZT + "followedBy"}

_WHOLE = 150  # entries; a larger vocabulary is opened level by level
_WAYS = 6  # ways from the top to an entry that has several broader ones
_ABOUT_SCHEME = {
    PREFIXES["dcterms"] + "title",
    PREFIXES["rdfs"] + "label",
    PREFIXES["rdf"] + "type",
}


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The names of an entry in one language; hidden ones are for finding only."""

    language: str
    preferred: tuple[str, ...]
    other: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry in its tree: how many stand directly below it, and how often it is used.

    `uses` counts those of narrower entries too. `below` is empty where the branch is closed.
    """

    ref: Ref
    code: str
    narrower: int
    uses: int
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A mapping to another entry, as seen from this one, whichever of them states it.

    `stated` is "here", "there" or "both"; `verified` the other entry's status, "" where none is.
    """

    strength: Ref
    other: Ref
    scheme: Ref | None
    stated: str
    verified: str


@dataclass(frozen=True, slots=True)
class Event:
    """A reform that an entry went through; `year` and `verified` are "" where none is stated."""

    ref: Ref
    year: str
    verified: str


@dataclass(frozen=True, slots=True)
class Concept:
    """What makes a thing an entry of a vocabulary.

    `ways` lead from the top of the vocabulary to the entry, which is not among them.
    """

    schemes: tuple[Ref, ...]
    codes: tuple[str, ...]
    labels: tuple[LabelSet, ...]
    ways: tuple[tuple[Ref, ...], ...]
    narrower: tuple[Branch, ...]
    matches: tuple[Match, ...]
    history: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary: its tree whole, or of a large one the top and what is opened to reach `at`."""

    ref: Ref
    statements: tuple[tuple[Ref, Label], ...]
    entries: int
    used: int
    uses: int
    tree: tuple[Branch, ...]
    is_whole: bool
    at: Ref | None
    queries: tuple[Used, ...]


def concept(inquiry: Inquiry, iri: str) -> Concept | None:
    """A thing as an entry of a vocabulary, None where it stands in none."""
    said = _said(inquiry, iri)
    if not (schemes := said[_IN_SCHEME, ""]):
        return None
    rows = inquiry.rows("pages/ancestors", concept=iri)
    return Concept(
        schemes=tuple(map(inquiry.ref, schemes)),
        codes=tuple(said[_NOTATION, ""]),
        labels=tuple(_labels(said)),
        ways=tuple(tuple(map(inquiry.ref, way)) for way in _ways(rows, iri)),
        narrower=_branches(inquiry, _levels(inquiry, [iri]), iri),
        matches=tuple(_matches(inquiry, iri)),
        history=tuple(
            Event(inquiry.ref(row["reform"]), row.get("year", ""), row.get("verified", ""))
            for row in inquiry.rows("pages/history", concept=iri)
        ),
    )


def scheme(inquiry: Inquiry, iri: str, at: str = "") -> Scheme:
    """A vocabulary, opened down to the entry `at` if there is such."""
    rows = inquiry.rows("browse/vocabularies")
    counts = next((row for row in rows if row["scheme"] == iri), {})
    is_whole = int(counts.get("entries", 0)) <= _WHOLE
    opened = [iri, *_above(inquiry, at)]
    levels = _all_levels(inquiry, iri) if is_whole else _levels(inquiry, opened)
    return Scheme(
        ref=inquiry.ref(iri),
        statements=tuple(_facts(inquiry, iri)),
        entries=int(counts.get("entries", 0)),
        used=int(counts.get("used", 0)),
        uses=int(counts.get("uses", 0)),
        tree=_branches(inquiry, levels, iri),
        is_whole=is_whole,
        at=inquiry.optional_ref(at if any(at == r["entry"] for r in _rows(levels)) else None),
        queries=inquiry.used,
    )


Levels = Mapping[str, Sequence[Row]]


def _said(inquiry: Inquiry, iri: str) -> defaultdict[tuple[str, str], list[str]]:
    """The values of each property in each language, "" for what has none."""
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for prop, value in inquiry.table("pages/statements", thing=iri).rows:
        if prop and value:
            said[prop.value, (value.language or "")[:2]].append(value.value)
    return said


def _labels(said: Mapping[tuple[str, str], list[str]]) -> Iterator[LabelSet]:
    languages = {language for name, language in said if name in {_PREFERRED, _OTHER, _HIDDEN}}
    for language in sorted(languages, key=lambda code: (code != "zh", code)):
        names = (tuple(said.get((n, language), ())) for n in (_PREFERRED, _OTHER, _HIDDEN))
        yield LabelSet(language, *names)


def _facts(inquiry: Inquiry, iri: str) -> Iterator[tuple[Ref, Label]]:
    """What is said of a vocabulary itself, beside its name and class."""
    said = _said(inquiry, iri)
    for prop in dict.fromkeys(name for name, _ in said if name not in _ABOUT_SCHEME):
        zh, en, neutral = ("；".join(said.get((prop, code), ())) for code in ("zh", "en", ""))
        yield inquiry.ref(prop), Label(zh or neutral or en, en or neutral or zh)


def _ways(rows: Iterable[Row], iri: str) -> list[list[str]]:
    """The ways from the top down to an entry; a ring of entries is walked once."""
    above: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        above[row["entry"]].append(row["broader"])
    ways: list[list[str]] = [[iri]]
    done: list[list[str]] = []
    while ways and len(done) < _WAYS:
        way = ways.pop(0)
        further = [[b, *way] for b in above[way[0]] if b not in way]
        ways += further
        done += [] if further else [way[:-1]]
    return [way for way in done if way]


def _above(inquiry: Inquiry, at: str) -> list[str]:
    """An entry and all above it."""
    if not at:
        return []
    found = inquiry.rows("pages/ancestors", concept=at)
    return list(dict.fromkeys([at, *(row["broader"] for row in found)]))


def _levels(inquiry: Inquiry, above: Sequence[str]) -> dict[str, list[Row]]:
    """What stands directly below each."""
    levels: dict[str, list[Row]] = {}
    for row in inquiry.rows("pages/branches", above=above):
        levels.setdefault(row["above"], []).append(row)
    return levels


def _all_levels(inquiry: Inquiry, top: str) -> dict[str, list[Row]]:
    """What stands below each, down to the leaves."""
    levels: dict[str, list[Row]] = {}
    wanted = [top]
    while wanted:
        found = _levels(inquiry, wanted)
        levels |= {above: found.get(above, []) for above in wanted}
        below = {row["entry"] for it in wanted for row in levels[it] if row["narrower"] != "0"}
        wanted = sorted(below - levels.keys())
    return levels


def _rows(levels: Levels) -> Iterator[Row]:
    for rows in levels.values():
        yield from rows


def _branches(inquiry: Inquiry, levels: Levels, top: str) -> tuple[Branch, ...]:
    entries = sorted({row["entry"] for row in _rows(levels)})
    found = inquiry.rows("pages/use_counts", concept=entries) if entries else []
    uses = {row["concept"]: int(row["uses"]) for row in found}

    def below(iri: str, inside: frozenset[str]) -> tuple[Branch, ...]:
        rows = (row for row in levels.get(iri, ()) if row["entry"] not in inside)
        return tuple(
            Branch(
                ref=inquiry.ref(row["entry"]),
                code=row.get("code", ""),
                narrower=int(row["narrower"]),
                uses=uses.get(row["entry"], 0),
                below=below(row["entry"], inside | {row["entry"]}),
            )
            for row in sorted(rows, key=_by_code)
        )

    return below(top, frozenset({top}))


def _by_code(row: Row) -> list[tuple[int, str]]:
    """The order of codes, 2 before 10."""
    parts = re.findall(r"\d+|\D+", row.get("code", row["entry"]))
    return [(int(part) if part.isdecimal() else 0, part) for part in parts]


def _matches(inquiry: Inquiry, iri: str) -> Iterator[Match]:
    """The mappings of an entry; one that the other states is turned round."""
    rows = inquiry.rows("pages/matches", concept=iri)
    stated: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        is_there = row["direction"] == "in"
        strength = _TURNED.get(row["strength"], row["strength"]) if is_there else row["strength"]
        stated.setdefault((strength, row["other"]), {})["there" if is_there else "here"] = None
    of = {row["other"]: row for row in rows}
    for (strength, other), by in stated.items():
        yield Match(
            strength=inquiry.ref(strength),
            other=inquiry.ref(other),
            scheme=inquiry.optional_ref(of[other].get("scheme")),
            stated="both" if len(by) > 1 else next(iter(by)),
            verified=of[other].get("verified", ""),
        )
