"""A search answered: what has all words, best first, each with the sentence that says it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from queries.answers.values import Label, Ref
from queries.search.facets import choices, meant, narrowed
from queries.search.folding import fold, places, words
from queries.search.found import Found, Hit, Run, Sentence
from queries.search.index import Index, Row
from queries.search.kinds import SENTENCE

__all__ = ["LONGEST", "search"]

LONGEST = 500  # characters of a question

_BEFORE, _SHOWN = 40, 140  # characters shown before the first word found, and in all


class _Cited(NamedTuple):
    document: str
    start: int
    end: int
    quote: str


def search(
    index: Index,
    question: str,
    *,
    chosen: Mapping[str, Sequence[str]] | None = None,
    window: range = range(10),
) -> Found:
    """What has all words of `question`, which is plain text; see `folding` for what matters in it.

    `chosen` narrows by facet (kind, place, national, domain, year); of several values of one, any
    do, a name does as well, and a place stands for all in it. `window` says which hits are wanted.

    Raises: `BadParameter` for a facet that there is not, `StoreUnavailable`.
    """
    sought, chosen = words(question), meant(index, chosen or {})
    counts = index.counts(sought) if sought else []
    left = narrowed(index, counts, chosen)
    name = fold(question)
    rows = index.hits(sought, name, scopes=left.scopes, window=window) if left.total else []
    return Found(
        question=question,
        words=sought,
        total=left.total,
        unfiltered=sum(count for _, count in counts),
        first=window.start,
        hits=tuple(_hits(index, rows, sought)),
        facets=choices(index, left.counts, chosen),
    )


def _hits(index: Index, rows: Sequence[Row], sought: Sequence[str]) -> Iterator[Hit]:
    said = _said(index, rows, sought)
    spoken = [row[2] for row in rows if row[0] == SENTENCE]
    owners = index.titles(spoken) if spoken else {}
    for kind, iri, about, plan, scope, title, document, start, end, quote in rows:
        names = (title or owners.get(about, "") or document).split("\n")
        own = _Cited(document, start, end, quote)
        home = index.values(scope)["place"][:1]
        yield Hit(
            kind=kind,
            ref=Ref(about, Label(names[0], names[0])),
            title=_runs(names[0], sought),
            other=_other(names, sought),
            plan=Ref(plan, index.label(plan)) if plan not in {"", about} else None,
            place=Ref(home[0], index.label(home[0])) if home else None,
            sentence=_sentence(said.get(iri, own), sought) if quote else None,
        )


def _said(index: Index, rows: Sequence[Row], sought: Sequence[str]) -> dict[str, _Cited]:
    """The sentence with most of the words, of each thing whose name and evidence lack some."""
    lacking = [row[1] for row in rows if not any(_has(text, sought) for text in (row[5], row[9]))]
    best: dict[str, tuple[int, _Cited]] = {}
    for about, *cited in index.sentences(lacking) if lacking else ():
        found = _Cited(*cited)
        many = sum(_has(found.quote, [word]) for word in sought)
        if many and (about not in best or many > best[about][0]):
            best[about] = (many, found)
    return {about: cited for about, (_, cited) in best.items()}


def _has(text: str, sought: Sequence[str]) -> bool:
    return all(word in text or word in fold(text) for word in sought)


def _other(names: Sequence[str], sought: Sequence[str]) -> tuple[Run, ...]:
    """Another name that has words which the first one lacks."""
    missing = [word for word in sought if not _has(names[0], [word])] if names[1:] else []
    found = (name for name in names[1:] if any(_has(name, [word]) for word in missing))
    return next((_runs(name, missing) for name in found), ())


def _sentence(cited: _Cited, sought: Sequence[str]) -> Sentence:
    return Sentence(*cited, _runs(cited.quote, sought, _SHOWN))


def _runs(text: str, sought: Sequence[str], shown: int = 0) -> tuple[Run, ...]:
    """A text with the words in it told apart; at most `shown` characters of it, 0 for all."""
    marks = places(text, sought)
    begin, stop = 0, len(text)
    if 0 < shown < stop:
        begin = max(0, min(marks[0].start - _BEFORE, stop - shown)) if marks else 0
        stop = begin + shown
    runs = [Run("…", sought=False)] if begin else []
    for mark in marks:
        if mark.start < stop:
            runs += _told(text[begin : mark.start], text[mark.start : min(mark.stop, stop)])
            begin = min(mark.stop, stop)
    ending = text[begin:stop] + ("…" if stop < len(text) else "")
    return (*runs, Run(ending, sought=False)) if ending else tuple(runs)


def _told(before: str, word: str) -> list[Run]:
    found = Run(word, sought=True)
    return [Run(before, sought=False), found] if before else [found]
