"""Known words in a text: leftmost, longest, never overlapping."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Gazetteer", "Match"]


@dataclass(frozen=True, slots=True)
class Match:
    """A known word in a text and the codes it stands for.

    **Offsets:** code points into the text searched, half-open.
    """

    start: int
    end: int
    word: str
    codes: tuple[str, ...]


class Gazetteer:
    """Words with the codes they stand for; one word may stand for several codes."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        words: dict[str, dict[str, None]] = {}
        for word, code in entries:
            if word:
                words.setdefault(word, {})[code] = None
        self._codes = {word: tuple(codes) for word, codes in words.items()}
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda w: (-len(w), w)):
            self._by_first.setdefault(word[0], []).append(word)

    def codes(self, word: str) -> tuple[str, ...]:
        """The codes of a word, none where it is not known."""
        return self._codes.get(word, ())

    def find(self, text: str) -> Iterator[Match]:
        """The known words of a text in reading order."""
        start = 0
        while start < len(text):
            word = self._at(text, start)
            if word:
                yield Match(start, start + len(word), word, self._codes[word])
            start += len(word) or 1

    def _at(self, text: str, start: int) -> str:
        candidates = self._by_first.get(text[start], ())
        return next((word for word in candidates if text.startswith(word, start)), "")
