"""The national and international entries that a plan's indicator may meet, by name and by code."""

from functools import cache

from kg_build.link.measured import Measured, measured
from ontology import BASE, ZT, Concept, concepts

__all__ = ["code_of", "concept_of", "entries", "followed", "matches", "named_alike"]

_NATIONAL = BASE + "id/national/"
_FILES = ("national-children", "national-development", "national-health")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ISSUED = "http://purl.org/dc/terms/issued"


@cache
def entries() -> dict[str, Concept]:
    """All entries by IRI."""
    return {c.iri: c for name in (*_FILES, "sdg") for c in concepts(name)}


def concept_of(code: str) -> str | None:
    """The IRI of an entry by scheme and code: `ETGY2021/H10`; `SDG/4.1.2` by any of its codes."""
    return _by_code().get(code)


def code_of(iri: str) -> str:
    """Scheme and code of an entry, as `concept_of` reads them."""
    if iri.startswith(_NATIONAL):
        return iri.removeprefix(_NATIONAL)
    return f"SDG/{entries()[iri].notation}"


def matches(iri: str, strength: str) -> tuple[str, ...]:
    """The entries that the vocabulary itself sets beside this one; a strength of SKOS."""
    return entries()[iri].values.get(_SKOS + strength, ())


def followed(iri: str, year: int | None) -> bool:
    """Whether a later document had set an entry in the place of this one by `year`."""
    concept = entries().get(iri)
    later = concept.values.get(ZT + "followedBy", ()) if concept else ()
    issued = (y for new in later for y in entries()[new].values.get(_ISSUED, ()))
    return year is not None and any(int(y) <= year for y in issued)


def named_alike(name: Measured) -> list[tuple[str, Measured]]:
    """The national indicators one of whose names has the same core."""
    return _by_core().get(name.core, []) if len(name.core) > 1 else []


@cache
def _by_code() -> dict[str, str]:
    own = {iri.removeprefix(_NATIONAL): iri for iri in entries() if iri.startswith(_NATIONAL)}
    return own | {
        f"SDG/{code}": c.iri
        for c in concepts("sdg")
        for code in c.values.get(_SKOS + "notation", ())
    }


@cache
def _by_core() -> dict[str, list[tuple[str, Measured]]]:
    """National indicators by the core of each of their names.

    Those of the United Nations are not read this way: their names are definitions, and
    their units are not given. Themes and the vocabulary's own matches lead to them.
    """
    table: dict[str, list[tuple[str, Measured]]] = {}
    for concept in (c for name in _FILES for c in concepts(name)):
        if ZT + "NationalIndicator" in concept.values.get(_TYPE, ()):
            unit = next(iter(concept.values.get(ZT + "unitText", ())), None)
            for label in dict.fromkeys(concept.labels):
                known = measured(label, unit=unit)
                table.setdefault(known.core, []).append((concept.iri, known))
    return table
