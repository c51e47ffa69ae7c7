"""Linking: names, topics and measures in the facts become entries of vocabularies.

Holds: units, topics, beneficiaries, units of measurement, national indicators, domains, measures.
May import: `kg_build.model`, `kg_build.lex`, `ontology`.
Never: readers, structure, extraction, RDF terms.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg_build.link.beneficiaries import link_beneficiaries
from kg_build.link.domains import link_domains
from kg_build.link.indicators import link_indicators
from kg_build.link.measures import link_measures
from kg_build.link.topics import link_topics
from kg_build.link.units import link_units
from kg_build.links import Correction
from kg_build.model import Document, Facts

__all__ = ["link"]


def link(document: Document, facts: Facts, corrections: Sequence[Correction] = ()) -> Facts:
    """The facts with every link that the vocabularies allow. What is not known stays unlinked.

    `corrections` are what people decided on the document's indicators.
    """
    linked = link_topics(document, link_units(facts))
    linked = link_beneficiaries(document, linked)
    plan = document.slug if facts.number is None else f"{document.slug}/plan_{facts.number}"
    own = [correction for correction in corrections if correction.plan == plan]
    linked = link_domains(link_indicators(link_measures(linked), own))
    further = (link(document, other, corrections) for other in facts.further)
    return replace(linked, further=tuple(further))
