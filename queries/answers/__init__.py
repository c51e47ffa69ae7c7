"""Read models: one frozen dataclass per page, the same for HTML and JSON.

`about` gives the answer for any thing of the graph; which kind of answer depends on its class.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ontology import BASE, PREFIXES, ZT
from queries.answers import concepts, entities, lists, passages, plans, units
from queries.answers.concepts import Scheme
from queries.answers.entities import Entry, Indicator, Place
from queries.answers.inquiry import Inquiry
from queries.answers.lists import Home, Listing, Neighbourhood
from queries.answers.passages import Text
from queries.answers.plans import Part, Plan
from queries.answers.units import Unit
from queries.answers.values import Quote
from queries.stores.port import Store

__all__ = [
    "Answer",
    "Listing",
    "about",
    "home",
    "listing",
    "neighbourhood",
    "quote",
    "quotes",
    "text",
]

Answer = Plan | Part | Unit | Indicator | Place | Scheme | Entry

_PAGES: Mapping[str, Callable[[Inquiry, str], Answer | None]] = {
    ZT + "Plan": plans.plan,
    ZT + "OtherDocument": plans.plan,
    ZT + "Domain": plans.part,
    ZT + "Programme": plans.part,
    ZT + "Action": plans.part,
    ZT + "Safeguard": plans.part,
    ZT + "Unit": units.unit,
    ZT + "UnitGroup": units.unit,
    ZT + "Indicator": entities.indicator,
    ZT + "Place": entities.place,
}


def about(store: Store, iri: str, at: str = "") -> Answer | None:
    """What the graph says about a thing; None where it says nothing.

    A vocabulary is opened down to the entry `at`.
    """
    types = {row["type"] for row in Inquiry(store).rows("pages/types", thing=iri)}
    if PREFIXES["skos"] + "ConceptScheme" in types:
        return concepts.scheme(Inquiry(store), iri, at)
    for kind, page in _PAGES.items():
        if kind in types and (answer := page(Inquiry(store), iri)):
            return answer
    return entities.entry(Inquiry(store), iri)


def quote(store: Store, iri: str) -> Quote | None:
    """A piece of evidence by its own IRI."""
    return Inquiry(store).quote(iri)


def quotes(store: Store, facts: Iterable[str]) -> dict[str, tuple[Quote, ...]]:
    """The evidence of each fact."""
    return Inquiry(store).quotes(facts)


def text(store: Store, slug: str, chosen: range) -> Text | None:
    """A plan's text with its evidence, the code points `chosen` marked out."""
    return passages.text(Inquiry(store), f"{BASE}id/plan/{slug}", chosen)


def home(store: Store) -> Home:
    """What is in the graph."""
    return lists.home(Inquiry(store))


def listing(
    store: Store,
    name: str,
    values: Mapping[str, str | Sequence[str]],
    *,
    facets: Sequence[str] = (),
    chosen: Mapping[str, str] | None = None,
) -> Listing:
    """A named query's answer as a table, narrowed to what is `chosen`."""
    return lists.listing(Inquiry(store), name, values, facets=facets, chosen=chosen)


def neighbourhood(store: Store, iri: str, *, limit: int = 24) -> Neighbourhood:
    """A thing and what it is directly linked with."""
    return lists.neighbourhood(Inquiry(store), iri, limit=limit)
