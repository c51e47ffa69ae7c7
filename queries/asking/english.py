"""What English words of a question are about: a topic, a plan, or Chinese words of the texts."""

from collections.abc import Iterable, Iterator
from functools import reduce

from queries.asking.chart import Piece
from queries.asking.glossary import OR
from queries.asking.lexicon import Sense
from queries.asking.question import Question, Run
from queries.asking.reading import Condition, Reading, Unreadable, condition_on

__all__ = ["english_conditions"]


def english_conditions(question: Question, reading: Reading, run: Run) -> Iterator[Condition]:
    """English words as the topic that they name alone, or as Chinese words of the text.

    Raises: `Unreadable` for words that no name and no text has.
    """
    joined = _joined(question, run)
    if joined and joined[0] is not run:
        return  # read with the run that it is joined to
    whole = len(run.pieces) == 1 and run.pieces[0].all_of("topic")
    asks = reading.asked == "targets" and question.has("amount", "quantity")
    if whole and not asks and not joined:
        parameter = "mention" if question.has("mention") else "topic"
        yield Condition(parameter, tuple(s.value for s in whole), (run.text,))
        return
    pieces = [p for r in joined or (run,) for p in r.pieces]
    if missing := [p.text for p in pieces if not _is_said(question, reading, p)]:
        raise Unreadable("unknown_word", *missing)
    senses = [s for p in run.pieces if (s := p.sense("gloss"))]
    if not joined and not asks and (plans := _plans_about(question, senses)):
        yield condition_on("plan", plans)
        return
    for sense in _any_of(joined) if joined else senses:
        yield _says(sense)
    for piece in () if joined else run.pieces:
        if not piece.sense("gloss"):
            yield condition_on("topic", piece.all_of("topic"))
    if reading.asked == "targets":
        yield from _qualified(question, run)


def _qualified(question: Question, run: Run) -> Iterator[Condition]:
    """Child-friendly before schools: a word that other readings take with their topic."""
    before = question.pieces[run.first - 1 : run.first]
    for sense in (s for p in before if p.text.isascii() for s in p.all_of("wording")):
        yield _says(Sense("gloss", sense.value, before[0].text, exact=False))


def _says(gloss: Sense) -> Condition:
    label = f"{gloss.label} {gloss.value.replace(OR, '、')}"
    light = () if gloss.exact else (gloss.value,)
    return Condition("says", (gloss.value,), (label,), loose=bool(light), light=light)


def _joined(question: Question, run: Run) -> tuple[Run, ...]:
    """The runs of English words that "and" or "or" joins to this one, and itself; else none."""
    if question.both():
        return ()
    chains: list[list[Run]] = []
    for one in question.runs():
        if one.joined and chains:
            chains[-1].append(one)
        else:
            chains.append([one])
    chain = next(c for c in chains if any(one.first == run.first for one in c))
    glossed = all(p.sense("gloss") for one in chain for p in one.pieces)
    if len(chain) < 2 or not glossed:
        return ()
    return tuple(run if one.first == run.first else one for one in chain)


def _any_of(runs: Iterable[Run]) -> list[Sense]:
    """The words of joined runs: any of those that stand beside "and" or "or", and all others.

    Walking and cycling systems: walking or cycling, and systems. Hearing screening or metabolic
    screening: hearing or metabolic, and screening.
    """
    said = [[s for p in run.pieces if (s := p.sense("gloss"))] for run in runs]
    shared = [s for s in said[0] if all(s in other for other in said)]
    said = [[s for s in one if s not in shared] for one in said]
    own = [one for one in said if one]
    return shared + (reduce(_either, own) if own else [])


def _either(before: list[Sense], after: list[Sense]) -> list[Sense]:
    one, other = before[-1], after[0]
    both = Sense(
        "gloss",
        f"{one.value}{OR}{other.value}",
        f"{one.label} / {other.label}",
        exact=one.exact or other.exact,
    )
    return [*before[:-1], both, *after[1:]]


def _is_said(question: Question, reading: Reading, piece: Piece) -> bool:
    """Whether a piece names a topic, only qualifies, or its Chinese is where it is looked for."""
    gloss = piece.sense("gloss")
    if piece.sense("topic") or not gloss:
        return piece.sense("topic") is not None
    kinds = ("indicator", "action", "plan")
    names = [s.label for kind in kinds for s in question.lexicon.of_kind(kind)]
    words = gloss.value.split(OR)
    named = not gloss.exact or any(word in name for word in words for name in names)
    return named or (reading.asked != "targets" and any(map(question.occurs, words)))


def _plans_about(question: Question, glosses: list[Sense]) -> tuple[Sense, ...]:
    """The plans whose titles say every one of some English words, where few do."""
    plans = question.lexicon.of_kind("plan")
    found = [
        plan
        for plan in plans
        if all(any(word in plan.label for word in g.value.split(OR)) for g in glosses)
    ]
    few = len({p.value for p in found}) * 3 <= len({p.value for p in plans})
    return tuple(found) if few and glosses else ()
