"""Topics: what an action is about, and what its text mentions on the way.

A topic is the part's own (`main`) where its title or the measure of a target names it.
"""

from dataclasses import replace
from functools import cache

from kg_build.lex.gazetteer import Gazetteer
from kg_build.link.sightings import mentions, sightings, words_of
from kg_build.model import Document, Facts, Mention, Part

__all__ = ["link_topics"]


def link_topics(document: Document, facts: Facts) -> Facts:
    """The facts with topics on every part, each topic once and with the word that shows it."""
    parts = tuple(replace(part, topics=_topics(document.text, part)) for part in facts.parts)
    return replace(facts, parts=parts)


def _topics(text: str, part: Part) -> tuple[Mention, ...]:
    return mentions(sightings(text, part, _words()), "topic", lambda seen, concept: True)


@cache
def _words() -> Gazetteer:
    return words_of("topic")
