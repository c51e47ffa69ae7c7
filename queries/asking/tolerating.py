"""Questions with words that say nothing here: 周村民政局一共背了多少项任务.

A verb, an adverb or a pronoun that no name and no text has is left out, and the answer says so.
Nouns never are: they may be what the question is about.
"""

from collections.abc import Callable
from dataclasses import replace

from queries.asking.chart import Piece
from queries.asking.lexicon import Sense
from queries.asking.question import Question
from queries.asking.reading import Misreading, Reading
from queries.asking.understanding import understand

__all__ = ["understand_most"]

# Parts of speech (ICTCLAS) of words that may be left out: verbs, adverbs, pronouns, prepositions,
# conjunctions, particles, numerals and measure words.
_LIGHT = (
    "v",
    "vd",
    "vi",
    "d",
    "r",
    "p",
    "c",
    "u",
    "ul",
    "uj",
    "uz",
    "ud",
    "ug",
    "uv",
    "y",
    "m",
    "q",
)
_UNUSED = ("没有用到“{}”。", "Not used: “{}”.")
_WORDS = ("unknown_word", "unknown_indicator", "unknown_domain", "combination")


def understand_most(question: Question, tag: Callable[[str], str]) -> Reading | Misreading:
    """The reading of a question, if need be without its light words; `tag` tells what a word is."""
    whole = understand(question)
    if not isinstance(whole, Misreading) or whole.reason not in _WORDS:
        return whole
    light = [p for p in question.pieces if _is_light(question, p, tag)]
    if not light:
        return whole
    silent = tuple(_silenced(p) if p in light else p for p in question.pieces)
    rest = understand(replace(question, pieces=silent))
    if isinstance(rest, Misreading) or not rest.conditions:
        return whole
    said = "”“".join(p.text for p in light)
    note = (_UNUSED[0].format(said), _UNUSED[1].format(said))
    return replace(rest, notes=(*rest.notes, note))


def _is_light(question: Question, piece: Piece, tag: Callable[[str], str]) -> bool:
    if piece.senses or piece.text.isascii() or tag(piece.text) not in _LIGHT:
        return False
    return len(piece.text) == 1 or not question.occurs(piece.text)


def _silenced(piece: Piece) -> Piece:
    return replace(piece, senses=(Sense("filler", "", piece.text),))
