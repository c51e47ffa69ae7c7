"""Topics: what an action is about, and what its text mentions on the way.

A topic is the part's own (`main`) where its title or the measure of a target names it. An action
whose own words show none has those of its programme, its domain or its plan.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kg_build.lex.gazetteer import Gazetteer
from kg_build.link.sightings import Sighting, mentions, sightings, titled, words_of
from kg_build.model import Document, Facts, Mention, Part, PartKind
from ontology import BASE

__all__ = ["link_topics", "topic_rules"]

_INHERITED = Decimal("0.7")


def link_topics(document: Document, facts: Facts) -> Facts:
    """The facts with topics on every part, each topic once and with the word that shows it."""
    parts = [replace(part, topics=_topics(document.text, part)) for part in facts.parts]
    headings = {part.eid: part.topics for part in parts}
    plan = _of_plan(document, facts)
    return replace(facts, parts=tuple(_with_inherited(part, headings, plan) for part in parts))


@cache
def topic_rules() -> dict[str, frozenset[str]]:
    """The lists of `topics.toml`: `only`, `never`, which are IRIs of topics, and `words`."""
    tables = tomllib.loads((files(__package__) / "topics.toml").read_text(encoding="utf-8"))
    coded = {"only": tables["title"]["only"], "never": tables["heading"]["never"]}
    topics = {k: frozenset(f"{BASE}id/topic/{code}" for code in v) for k, v in coded.items()}
    return {**topics, "words": frozenset(tables["other"]["words"])}


def _topics(text: str, part: Part) -> tuple[Mention, ...]:
    return mentions(sightings(text, part, _words()), "topic", _counts)


def _counts(seen: Sighting, concept: str) -> bool:
    return seen.where != "measure" or concept not in topic_rules()["only"]


def _of_plan(document: Document, facts: Facts) -> tuple[Mention, ...]:
    """The topics of the plan's title."""
    spans = [e.span for field, e in facts.front.evidence if field == "title"]
    if not facts.front.title or not spans:
        return ()
    # What stands before 关于 is who issues the plan.
    subject = facts.front.title.rpartition("关于")[2]
    found = titled(document.text, subject, spans, _words())
    return mentions(found, "topic", _counts)


def _with_inherited(
    part: Part, headings: dict[str, tuple[Mention, ...]], plan: tuple[Mention, ...]
) -> Part:
    """An action without topics of its own with those of the nearest heading that has some."""
    if part.kind is not PartKind.ACTION or any(topic.main for topic in part.topics):
        return part
    above = (headings.get(eid or "", ()) for eid in (part.programme, part.domain))
    named = (("heading", topics) for topics in above)
    for rule, topics in (*named, ("plan", plan)):
        if found := tuple(_handed_on(topics, rule)):
            own = {topic.concept for topic in found}
            return replace(part, topics=(*found, *(t for t in part.topics if t.concept not in own)))
    return part


def _handed_on(topics: Iterable[Mention], rule: str) -> Iterator[Mention]:
    for topic in topics:
        if topic.main and topic.concept not in topic_rules()["never"]:
            evidence = replace(topic.evidence, rule=f"topic.{rule}", confidence=_INHERITED)
            yield replace(topic, evidence=evidence)


@cache
def _words() -> Gazetteer:
    return words_of("topic", sorted(topic_rules()["words"]))
