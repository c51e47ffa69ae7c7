"""English words of questions and the Chinese that plans have for them.

Our own terms (`english.toml`) come first; for words that they lack, and only for those, the
dictionary's words are taken that the texts have.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from queries.asking.dictionary import LONGEST, chinese_for
from queries.asking.lexicon import Sense

__all__ = ["OR", "glosses", "load_glossary", "looked_up"]

OR = "|"  # between the Chinese words of which a text has one
_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_LONGEST = 6  # words of a term
_MOST = 6  # words for one: what has more senses than that says too little
_SHORTEST = 3  # letters of a word looked up

_Span = tuple[int, int]


def glosses(text: str) -> Iterator[tuple[int, int, Sense]]:
    """Start, end and sense of every English term in a folded question."""
    known = load_glossary() if _WORDS.search(text) else {}
    for start, end in _phrases(text, _LONGEST):
        if sense := known.get(_spaced(text[start:end])):
            yield start, end, sense


def looked_up(
    text: str, unread: Iterable[_Span], said: Callable[[str], bool]
) -> Iterator[tuple[int, int, Sense]]:
    """Start, end and sense of dictionary words over spans that nothing knows; `said` in texts."""
    spans = [(start, end) for start, end in unread if end - start >= _SHORTEST]
    for start, end in _phrases(text, LONGEST) if spans else ():
        if not any(start < last and first < end for first, last in spans):
            continue
        form = _spaced(text[start:end])
        words = tuple(filter(said, chinese_for(form)))
        if 0 < len(words) <= _MOST:
            yield start, end, Sense("gloss", OR.join(words), form)


@cache
def load_glossary() -> dict[str, Sense]:
    """Terms by their English forms; a sense is exact unless its word only qualifies others."""
    text = (files(__package__) / "english.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text)["term"]
    return {_spaced(form): _sense(term, form) for term in terms for form in term["en"]}


def _sense(term: dict[str, Any], form: str) -> Sense:
    return Sense("gloss", OR.join(term["zh"]), form, exact=term.get("weight") != "light")


def _phrases(text: str, longest: int) -> Iterator[_Span]:
    """Start and end of up to so many words, between which only a space or hyphen stands."""
    words = [match.span() for match in _WORDS.finditer(text)]
    for first, (start, _) in enumerate(words):
        for before, (_, end) in enumerate(words[first : first + longest], start=first):
            yield start, end
            if text[end : words[before + 1][0] if words[before + 1 :] else None] not in {" ", "-"}:
                break


def _spaced(text: str) -> str:
    return text.replace("-", " ")
