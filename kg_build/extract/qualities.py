"""Targets without a number: what shall hold for all, and qualities as worded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.extract.clauses import Sentence
from kg_build.extract.ties import stripped
from kg_build.families import Pattern, patterns

__all__ = ["Quality", "all_of", "qualities"]

_WORD = 2  # a Chinese word is two characters as a rule
_LONGEST = 60

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """A quality promised, as ranges of the sentence: who or what, and the words that say it.

    `form` words a measure from `{measure}` and `{verb}`; `clause` is where it all stands.
    `value` is what it comes to where it means all (100) or none (0).
    """

    measure: Range
    words: Range
    verb: Range
    clause: Range
    form: str
    rule: str
    value: Decimal | None = None


def all_of(sentence: Sentence) -> Iterator[Quality]:
    """What shall hold for all or for none: 全覆盖, 全部改造到位, 零发生."""
    for quality, rule in _found(sentence, patterns("quantities", "all")):
        yield replace(quality, value=Decimal(rule.values.get("value", 100)))


def qualities(sentence: Sentence) -> Iterator[Quality]:
    """What shall be without a number: 应建尽建, 逐年下降."""
    for quality, _ in _found(sentence, patterns("quantities", "qualitative")):
        yield quality


def _found(sentence: Sentence, rules: tuple[Pattern, ...]) -> Iterator[tuple[Quality, Pattern]]:
    """What the first rule that is met says in each clause."""
    taken: set[Range] = set()
    for rule in rules:
        if not any(sign in sentence.view.text for sign in rule.values["signs"]):
            continue
        before: Range | None = None
        for clause in sentence.clauses():
            match = rule.regex.search(sentence.view.text, *clause)
            if match and clause not in taken:
                taken.add(clause)
                yield _quality(sentence, match, rule, (clause, before)), rule
            before = clause


def _quality(
    sentence: Sentence, match: re.Match[str], rule: Pattern, clauses: tuple[Range, Range | None]
) -> Quality:
    """A match, with the object of the clause before where its own clause names none."""
    clause, before = clauses
    groups = match.re.groupindex
    of = match.span("measure") if "measure" in groups else (clause[0], _end(match))
    of = max(of[0], of[1] - _LONGEST), of[1]
    measure, begin = stripped(sentence, *of), min(of[0], match.start())
    if measure[1] - measure[0] < _WORD and before is not None and "looks_back" in rule.values:
        object_before = stripped(sentence, *before)
        if _names(sentence, object_before):
            measure, begin = object_before, before[0]
    return Quality(
        measure=measure,
        words=match.span("quality" if "quality" in groups else 0),
        verb=match.span("verb") if "verb" in groups else (0, 0),
        clause=(begin, match.end()),
        form=rule.values.get("measure", "{measure}"),
        rule=rule.id,
    )


def _end(match: re.Match[str]) -> int:
    """Where the measure before a match ends."""
    return match.end("of") if "of" in match.re.groupindex else match.start()


def _names(sentence: Sentence, words: Range) -> bool:
    """Whether words name something: not too many, and no number among them."""
    text = sentence.view.text[slice(*words)]
    return _WORD <= len(text) <= _LONGEST and not any(c.isdigit() for c in text)
