"""Topics: what an action is about, and what its text mentions on the way.

A topic is the part's own (`main`) where its title or the measure of a target names it. A list of
four or more (社区、学校、图书馆、医院等) gives examples and makes none of them the title's topic.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from kg_build.lex.gazetteer import Gazetteer, Match
from kg_build.lex.view import View, fold, tidy, view_of
from kg_build.model import Document, Evidence, Facts, Part, PartKind, Span, TopicMention
from ontology import concepts

__all__ = ["link_topics"]

# Their spans hold whole chapters: only their titles say what they are about.
_TITLE_ONLY = frozenset({PartKind.DOMAIN, PartKind.PROGRAMME})
#: of a topic of the title or of a target, and of one that the text only mentions
_MAIN, _MENTIONED = Decimal("0.9"), Decimal("0.8")
_LIST = re.compile(r"[^、，,。；:]{1,12}(?:、[^、，,。；:]{1,12}){2,30}、[^、，,。；:]{1,12}?等")
_LONGEST_TITLE = 300  # what is longer is a paragraph that was taken for one


def link_topics(document: Document, facts: Facts) -> Facts:
    """The facts with topics on every part, each topic once and with the word that shows it."""
    parts = tuple(replace(part, topics=_topics(document.text, part)) for part in facts.parts)
    return replace(facts, parts=parts)


def _topics(text: str, part: Part) -> tuple[TopicMention, ...]:
    reading = _Reading(text, part)
    found: dict[str, TopicMention] = {}
    for mention in (*reading.of_title(), *reading.of_targets(), *reading.of_body()):
        found.setdefault(mention.concept, mention)
    return tuple(sorted(found.values(), key=lambda m: (not m.main, m.evidence.span, m.concept)))


@dataclass(frozen=True)
class _Reading:
    """A part in its document."""

    text: str
    part: Part

    def of_title(self) -> Iterator[TopicMention]:
        title = fold(tidy(self.part.title[:_LONGEST_TITLE]))
        examples = [m.span() for m in _LIST.finditer(title)]
        for word in _words().find(title):
            if not any(start <= word.start and word.end <= end for start, end in examples):
                yield from _mentions(word, self._where(word, self.part.evidence.span), "title")

    def of_targets(self) -> Iterator[TopicMention]:
        for target in self.part.targets:
            for word in _words().find(fold(tidy(target.measure))):
                yield from _mentions(word, self._where(word, target.evidence.span), "measure")

    def of_body(self) -> Iterator[TopicMention]:
        if self.part.kind in _TITLE_ONLY:
            return
        for view in self._body():
            for word in _words().find(view.text):
                yield from _mentions(word, view.span(word.start, word.end), "text")

    def _where(self, word: Match, span: Span) -> Span:
        """Where the word stands in a span, else in the part; else the span, which implies it."""
        for view in (view_of(self.text, [span]), self._whole):
            at = view.text.find(word.word)
            if at >= 0:
                return view.span(at, at + len(word.word))
        return span

    @cached_property
    def _whole(self) -> View:
        return view_of(self.text, [self.part.span])

    def _body(self) -> Iterator[View]:
        """The part's text without the names of those who are responsible."""
        last = self.part.span.start
        for span in sorted(r.evidence.span for r in self.part.responsibilities):
            if last < span.start <= self.part.span.end:
                yield view_of(self.text, [Span(last, span.start)])
            last = max(last, span.end)
        if last < self.part.span.end:
            yield view_of(self.text, [Span(last, self.part.span.end)])


def _mentions(word: Match, span: Span, rule: str) -> Iterator[TopicMention]:
    for code in word.codes:
        yield TopicMention(
            code,
            rule != "text",
            Evidence(span, f"topic.{rule}", _MENTIONED if rule == "text" else _MAIN),
        )


@cache
def _words() -> Gazetteer:
    return Gazetteer(_entries())


def _entries() -> Iterable[tuple[str, str]]:
    for concept in concepts("topic"):
        for label in concept.labels:
            yield fold(tidy(label)), concept.iri
