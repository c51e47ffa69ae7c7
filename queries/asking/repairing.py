"""What of a question was not understood, and the question with a name put right."""

from collections.abc import Iterable

from queries.asking.answer import Repair
from queries.asking.folding import fold
from queries.asking.lexicon import Lexicon
from queries.asking.reading import Misreading
from queries.asking.similarity import nearest

__all__ = ["missed", "repairs"]

# Reasons that may be a slip in a name.
_OF_NAMES = {
    "unknown_word",
    "no_plan",
    "no_unit",
    "unknown_indicator",
    "unknown_domain",
    "unknown_document",
}
# Names that a word which nothing has may have been meant for.
_NAMED = ("topic", "unit", "indicator", "domain", "cited", "group")


def missed(question: str, why: Misreading) -> tuple[range, ...]:
    """Where in the question stands what was not understood, in code points; neighbours are one."""
    found = (_span(question, word) for word in dict.fromkeys(why.words) if word)
    joined: list[range] = []
    for span in sorted((span for span in found if span), key=lambda span: span.start):
        if joined and span.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, span.stop))
        else:
            joined.append(span)
    return tuple(joined)


def repairs(question: str, why: Misreading, lexicon: Lexicon) -> tuple[Repair, ...]:
    """The question with each of the nearest names in place of what was not understood first."""
    if why.reason not in _OF_NAMES or not (spans := missed(question, why)):
        return ()
    before, word, after = _cut(question, spans[0])
    near = why.nearest or nearest(fold(word), _names(lexicon))
    return tuple(Repair(name, before + name + after) for name in near)


def _cut(question: str, span: range) -> tuple[str, str, str]:
    return question[: span.start], question[span.start : span.stop], question[span.stop :]


def _names(lexicon: Lexicon) -> Iterable[str]:
    yield from (sense.label for kind in _NAMED for sense in lexicon.of_kind(kind))
    yield from (lexicon.label(place, "zh") for place in lexicon.planned)


def _span(question: str, word: str) -> range | None:
    """Where a folded word stands; what folding takes away stands nowhere."""
    for start in range(len(question)):
        for end in range(start + 1, min(len(question), start + 2 * len(word)) + 1):
            if fold(question[start:end]) == word:
                return range(start, end)
    return None
