"""Questions with words that say nothing here: 周村民政局一共背了多少项任务.

A verb, an adverb or a pronoun that no name and no text has is left out, and the answer says so.
Nouns never are: they may be what the question is about.
"""

from collections.abc import Callable, Iterator
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
# What a clause has that is no mere courtesy.
_SAYS = (
    *("which", "who", "amount", "quantity", "when", "tally", "rank", "extreme", "more", "compare"),
    *("place", "plan", "unit", "function", "indicator", "group", "role", "negation", "except"),
    *("year", "until", "since", "period", "month", "value", "number", "attribute", "cite", "topic"),
    *("unanswerable", "domain", "action", "beneficiary", "status"),
)
_UNUSED = ("没有用到“{}”。", "Not used: “{}”.")
_WORDS = ("unknown_word", "unknown_indicator", "unknown_domain", "combination")


def understand_most(question: Question, tag: Callable[[str], str]) -> Reading | Misreading:
    """The reading of a question, if need be without its light words; `tag` tells what a word is."""
    whole = understand(question)
    if not isinstance(whole, Misreading) or whole.reason not in _WORDS:
        return whole
    light = [p for p in question.pieces if _is_light(question, p, tag)]
    polite = [p for clause in _clauses(question) if _is_aside(clause) for p in clause]
    for left_out in (light, [*light, *polite]):
        if left_out and (rest := _without(question, left_out)):
            return rest
    return whole


def _without(question: Question, left_out: list[Piece]) -> Reading | None:
    """The reading without some pieces, which it says; none where it is not understood either."""
    silent = tuple(_silenced(p) if p in left_out else p for p in question.pieces)
    rest = understand(replace(question, pieces=silent))
    if isinstance(rest, Misreading) or not rest.conditions:
        return None
    said = "”“".join(p.text for p in sorted(left_out, key=lambda p: p.start) if not p.senses)
    note = (_UNUSED[0].format(said), _UNUSED[1].format(said))
    return replace(rest, notes=(*rest.notes, note) if said else rest.notes)


def _clauses(question: Question) -> Iterator[list[Piece]]:
    """The pieces between marks of punctuation; Chinese has no other gaps."""
    clause: list[Piece] = []
    for piece in question.pieces:
        if clause and clause[-1].end < piece.start and not piece.text.isascii():
            yield clause
            clause = []
        clause.append(piece)
    yield clause


def _is_aside(clause: list[Piece]) -> bool:
    """Whether a clause asks nothing and names nothing: 我在准备会议材料."""
    return not any(p.sense(*_SAYS) for p in clause)


def _is_light(question: Question, piece: Piece, tag: Callable[[str], str]) -> bool:
    if piece.senses or piece.text.isascii() or tag(piece.text) not in _LIGHT:
        return False
    return len(piece.text) == 1 or not question.occurs(piece.text)


def _silenced(piece: Piece) -> Piece:
    return replace(piece, senses=(Sense("filler", "", piece.text),))
