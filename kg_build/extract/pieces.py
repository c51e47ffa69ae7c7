"""What a number measures, put together from pieces of its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg_build.extract.baselines import Comparison
from kg_build.extract.clauses import Sentence
from kg_build.lex.view import tidy

__all__ = ["SHARE", "Measure", "Piece", "without", "worded"]

#: what a percentage is called that no word names a share
SHARE = "占比"
#: a range of the sentence, or a word that the form implies
Piece = str | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number measures, as pieces of the sentence in the order in which they read.

    A piece is a range of the sentence or a word that the form implies (`每个`, `占比`).
    `begin..end` is the clause that states it; `per` are the pieces that say for each of what;
    `every` is how often; `way` is 1 or -1 where a verb before the measure says that it changes.
    """

    pieces: tuple[Piece, ...]
    begin: int
    end: int
    form: str
    per: tuple[Piece, ...] = ()
    way: int = 0
    every: tuple[Piece, ...] = ()


def worded(sentence: Sentence, source: str, pieces: Sequence[Piece]) -> str:
    """The pieces in the document's own words."""
    return "".join(p if isinstance(p, str) else _words(sentence, source, *p) for p in pieces)


def _words(sentence: Sentence, source: str, begin: int, end: int) -> str:
    if begin >= end:
        return ""
    span = sentence.view.span(begin, end)
    return tidy(source[span.start : span.end])


def without(pieces: Sequence[Piece], compared: Sequence[Comparison]) -> tuple[Piece, ...]:
    """The pieces without the words that name an earlier time: `占比较2020年提高`."""
    for comparison in compared:
        pieces = [p for piece in pieces for p in _cut(piece, comparison)]
    return tuple(pieces)


def _cut(piece: Piece, cut: Comparison) -> tuple[Piece, ...]:
    if isinstance(piece, str) or not piece[0] <= cut.begin < piece[1]:
        return (piece,)
    return (piece[0], cut.begin), (min(cut.end, piece[1]), piece[1])
