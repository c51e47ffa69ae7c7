"""The pieces of a question: the cover by known names and words that takes the fewest pieces."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from queries.asking.glossary import glosses, looked_up
from queries.asking.lexicon import Lexicon, Sense
from queries.asking.partial import PartialNames
from queries.asking.segmentation import Segmenter
from queries.asking.titles import EnglishTitles
from queries.asking.words import Words

__all__ = ["CONTENT", "Names", "Piece", "pieces"]

CONTENT = (
    "topic",
    "indicator",
    "action",
    "domain",
    "beneficiary",
    "gloss",
)  # what a question may be about

_LATIN = re.compile(r"[a-z0-9]")
_JOINING = ("、", "(")  # words of their own: 母婴室（哺乳室） is either
_AND = "和与及同跟"
_BETWEEN = re.compile(
    # A comma between English words is a word, a hyphen between them is not.
    r"[\s，。？！.?!：:；;、…()]+|,(?! [a-z])|(?<![a-z]),|(?<=[a-z])'s\b|(?<=[a-z])-(?=[a-z])"
)
_WORD = re.compile(r"[a-z][a-z0-9.\-']*|[0-9.]+|.")

# The price of a piece: known words are cheap, words of the language dearer than two known ones but
# cheaper than two known letters, loose letters dearest.
_KNOWN, _KNOWN_LETTER, _PATTERN, _PLAIN, _LETTER = 10, 11, 9, 23, 25
_PART = 12  # a name said in part: dearer than one known word, cheaper than two
_NUMBER_LETTER = (
    6  # each letter before the year of a document number, so that no question word is taken in
)


@dataclass(frozen=True, slots=True)
class Names:
    """What finds names in a question: all of them, those said in part, and words besides.

    `said` tells whether the graph's texts have a Chinese word.
    """

    lexicon: Lexicon
    partial: PartialNames
    titles: EnglishTitles
    segmenter: Segmenter
    said: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a folded question with what it may stand for; no senses: not known."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...] = ()

    def sense(self, *kinds: str) -> Sense | None:
        """The first sense that is of one of the kinds."""
        return next((s for kind in kinds for s in self.senses if s.kind == kind), None)

    def all_of(self, kind: str) -> tuple[Sense, ...]:
        """Every sense of a kind."""
        return tuple(s for s in self.senses if s.kind == kind)


def pieces(text: str, names: Names, words: Words, *, unknown: str = "") -> tuple[Piece, ...]:
    """The pieces of a folded question in order; punctuation is left out, but what joins is a word.

    Names of the kind `unknown` are read as any other text.
    """
    arcs: list[list[tuple[int, Piece]]] = [[] for _ in text]
    for price, piece in _candidates(text, names, words):
        named = names.lexicon.senses.get(piece.text, ())
        if not named or any(s.kind != unknown for s in named):
            arcs[piece.start].append((price, piece))
    found = _cheapest(text, arcs)
    unread = [(p.start, p.end) for p in found if not p.senses and p.text.isascii()]
    for start, end, sense in looked_up(text, unread, names.said):
        arcs[start].append((_PART, Piece(start, end, text[start:end], (sense,))))
    return _cheapest(text, arcs) if unread else found


def _candidates(text: str, names: Names, words: Words) -> Iterator[tuple[int, Piece]]:
    lexicon = names.lexicon
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + lexicon.longest) + 1):
            senses = lexicon.senses.get(text[start:end])
            if senses and _whole(text, start, end):
                price = _KNOWN if end - start > 1 else _KNOWN_LETTER
                if all(s.kind == "authority" for s in senses):
                    price = _PART  # 吴中 and 区政府妇儿工委办, not 吴中区政府
                if text[start] in _AND and all(s.kind == "place" for s in senses):
                    price = _PLAIN - 1  # 民政局和 and 县残联, not 和县
                yield price, Piece(start, end, text[start:end], senses)
    for start, end, sense in glosses(text):
        known = lexicon.senses.get(text[start:end], ())
        if all(s.kind in CONTENT for s in known):
            yield _KNOWN, Piece(start, end, text[start:end], (*known, sense))
    yield from _shapes(text, words)
    for start, end, senses in (*names.partial.find(text), *names.titles.find(text)):
        yield _PART, Piece(start, end, text[start:end], senses)
    for start, end in _plain(text, names.segmenter):
        yield _PLAIN, Piece(start, end, text[start:end])
    for start in range(len(text)):
        yield _LETTER, Piece(start, start + 1, text[start])
    for match in _BETWEEN.finditer(text):
        if match[0] not in _JOINING:
            yield 0, Piece(match.start(), match.end(), "")


def _shapes(text: str, words: Words) -> Iterator[tuple[int, Piece]]:
    for pattern in words.patterns:
        for start in range(len(text)):
            match = pattern.expression.match(text, start)
            if match and match.end() > start and _whole(text, start, match.end()):
                price = _PATTERN + _NUMBER_LETTER * max(match[0].find("〔"), 0)
                sense = Sense(pattern.kind, pattern.means or match[0], match[0])
                yield price, Piece(start, match.end(), match[0], (sense,))


def _plain(text: str, segmenter: Segmenter) -> Iterator[tuple[int, int]]:
    yield from segmenter.spans(text)
    yield from (match.span() for match in _WORD.finditer(text) if len(match[0]) > 1)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut at either end."""

    def joined(at: int) -> bool:
        return 0 < at < len(text) and all(_LATIN.match(c) for c in text[at - 1 : at + 1])

    return not joined(start) and not joined(end)


def _cheapest(text: str, arcs: list[list[tuple[int, Piece]]]) -> tuple[Piece, ...]:
    best: list[tuple[int, Piece | None]] = [(0, None)]
    best.extend((1 << 30, None) for _ in text)
    for start, leaving in enumerate(arcs):
        for price, piece in leaving:
            # Of equal covers the one whose earlier pieces are longer.
            if best[start][0] + price <= best[piece.end][0]:
                best[piece.end] = (best[start][0] + price, piece)
    found: list[Piece] = []
    at = len(text)
    while at and (last := best[at][1]):
        found.append(last)
        at = last.start
    return tuple(piece for piece in reversed(found) if piece.text)
