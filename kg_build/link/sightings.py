"""Where words of a vocabulary stand in a part: its title, what its targets measure, its text.

A list of three or more in a title (社区、学校、图书馆、医院等) gives examples and names no subject.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg_build.lex.gazetteer import Gazetteer, Match
from kg_build.lex.view import View, fold, tidy, view_of
from kg_build.model import Evidence, Mention, Part, PartKind, Span, Target
from ontology import concepts

__all__ = ["Sighting", "mentions", "sightings", "titled", "words_of"]

# Their spans hold whole chapters: only their titles say what they are about.
_TITLE_ONLY = frozenset({PartKind.DOMAIN, PartKind.PROGRAMME})
_NOTHING = ""
#: of what a title or a target shows, and of what the text only mentions
_SHOWN, _MENTIONED = Decimal("0.9"), Decimal("0.8")
_LIST = re.compile(r"[^、，,。；:]{1,12}(?:、[^、，,。；:]{1,12}){1,30}、[^、，,。；:]{1,12}?等")
# Of a paragraph that was taken for a title the first sentence says what it is about.
_TITLE = re.compile(r"[^。:]{6,100}?(?=[。:])|.{1,100}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A word in the folded text that it was found in, and the span of the document that shows it.

    `where` is title, measure or text; `target` is the target whose measure has the word.
    """

    word: Match
    text: str
    span: Span
    where: str
    target: Target | None = None

    @property
    def before(self) -> str:
        """What stands before the word."""
        return self.text[: self.word.start]

    @property
    def after(self) -> str:
        """What stands behind the word."""
        return self.text[self.word.end :]


def sightings(text: str, part: Part, words: Gazetteer) -> Iterator[Sighting]:
    """The words in a part of a document, those of its title first, those of its text last."""
    reading = _Reading(text, part, words)
    yield from titled(text, part.title, (part.evidence.span, part.span), words)
    yield from reading.of_targets()
    yield from reading.of_body()


def titled(text: str, title: str, spans: Sequence[Span], words: Gazetteer) -> Iterator[Sighting]:
    """The words in a title, which stands in one of some spans of the document's text."""
    opening = _TITLE.match(fold(tidy(title)))
    folded = opening[0] if opening else ""
    examples = [m.span() for m in _LIST.finditer(folded)]
    for word in words.find(folded):
        if not any(start <= word.start and word.end <= end for start, end in examples):
            yield Sighting(word, folded, _where(text, word, spans), "title")


def mentions(
    found: Iterable[Sighting], rule: str, counts: Callable[[Sighting, str], bool]
) -> tuple[Mention, ...]:
    """Each entry once, with the first word that shows it; `counts` judges a word for an entry."""
    first: dict[str, Mention] = {}
    for seen in found:
        for concept in seen.word.codes:
            if concept != _NOTHING and concept not in first and counts(seen, concept):
                first[concept] = _mention(seen, concept, rule)
    return tuple(sorted(first.values(), key=lambda m: (not m.main, m.evidence.span, m.concept)))


def words_of(vocabulary: str, others: Iterable[str] = ()) -> Gazetteer:
    """The Chinese labels of a vocabulary, folded, with the entries that they stand for.

    `others` are words that hold a label and stand for no entry.
    """
    entries = concepts(vocabulary)
    labels = ((fold(tidy(label)), c.iri) for c in entries for label in c.labels)
    return Gazetteer((*labels, *((fold(word), _NOTHING) for word in others)))


def _mention(seen: Sighting, concept: str, rule: str) -> Mention:
    is_main = seen.where != "text"
    confidence = _SHOWN if is_main else _MENTIONED
    return Mention(concept, is_main, Evidence(seen.span, f"{rule}.{seen.where}", confidence))


def _where(text: str, word: Match, spans: Sequence[Span]) -> Span:
    """Where the word stands in the first span that has it; else that span, which implies it."""
    for view in (view_of(text, [span]) for span in spans):
        at = view.text.find(word.word)
        if at >= 0:
            return view.span(at, at + len(word.word))
    return spans[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A part in its document."""

    text: str
    part: Part
    words: Gazetteer

    def of_targets(self) -> Iterator[Sighting]:
        for target in self.part.targets:
            measure = fold(tidy(target.measure))
            for word in self.words.find(measure):
                span = _where(self.text, word, (target.evidence.span, self.part.span))
                yield Sighting(word, measure, span, "measure", target)

    def of_body(self) -> Iterator[Sighting]:
        if self.part.kind in _TITLE_ONLY:
            return
        for view in self._body():
            for word in self.words.find(view.text):
                yield Sighting(word, view.text, view.span(word.start, word.end), "text")

    def _body(self) -> Iterator[View]:
        """The part's text without the names of those who are responsible."""
        last = self.part.span.start
        for span in sorted(r.evidence.span for r in self.part.responsibilities):
            if last < span.start <= self.part.span.end:
                yield view_of(self.text, [Span(last, span.start)])
            last = max(last, span.end)
        if last < self.part.span.end:
            yield view_of(self.text, [Span(last, self.part.span.end)])
