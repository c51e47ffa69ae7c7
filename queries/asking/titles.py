"""Plans that an English question names by words of their Chinese titles: the livestock document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from queries.asking.glossary import OR, glosses
from queries.asking.lexicon import Lexicon, Sense
from queries.asking.words import Partial, Words

__all__ = ["EnglishTitles"]

_LONGEST = 7  # words before the noun
_WORD = re.compile(r"[^\s\-]+")


@dataclass(frozen=True, slots=True)
class EnglishTitles:
    """The titles of plans, found where a question has English words for their words."""

    rules: Partial
    plans: tuple[Sense, ...]

    @classmethod
    def of(cls, lexicon: Lexicon, words: Words) -> "EnglishTitles":
        """The titles of a graph's plans."""
        return cls(words.partial, lexicon.of_kind("plan"))

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
        """Start, end and plans of what names few of all plans, in a folded question."""
        nouns = tuple(self.rules.plan_en.finditer(text))
        terms = tuple(glosses(text)) if nouns else ()
        for noun in nouns:
            words = [m.start() for m in _WORD.finditer(text, 0, noun.start())][-_LONGEST:]
            for start in words:
                if found := self._named(_terms_of(text, start, noun.start(), terms, self.rules)):
                    yield start, noun.end(), found
                    break

    def _named(self, terms: tuple[Sense, ...]) -> tuple[Sense, ...]:
        said = [term.value.split(OR) for term in terms if term.exact]
        found = {
            plan.value: Sense("plan", plan.value, plan.label, plan.place, exact=False)
            for plan in self.plans
            if said and all(any(word in plan.label for word in words) for words in said)
        }
        few = len(found) * 3 <= len({plan.value for plan in self.plans})
        return tuple(found.values()) if few else ()


def _terms_of(
    text: str, start: int, end: int, terms: tuple[tuple[int, int, Sense], ...], rules: Partial
) -> tuple[Sense, ...]:
    """The terms that cover a span, the longest first, with linking words between; else none."""
    found: list[Sense] = []
    at = start
    while at < end:
        here = max(
            (t for t in terms if t[0] == at and t[1] <= end), key=lambda t: t[1], default=None
        )
        link = rules.linking_en.match(text, at)
        if here:
            found.append(here[2])
            at = here[1]
        elif link and not text[link.end() : link.end() + 1].isalnum():
            at = link.end()
        else:
            return ()
        at += text[at : at + 1] in {" ", "-"}
    return tuple(found)
