"""What a search gives: hits with the sentence that says it, and what they can be narrowed by.

Offsets are code points into the document's canonical text, half-open.
"""

from dataclasses import dataclass

from queries.answers.values import Label, Ref

__all__ = ["Choice", "Facet", "Found", "Hit", "Run", "Sentence"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of shown text; `sought` where it is a word that was searched for."""

    text: str
    sought: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that a hit can be cited by: `quote` is `text[start:end]` of `document`.

    `runs` show it with the words marked, shortened around the first of them where it is long.
    """

    document: str
    start: int
    end: int
    quote: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that has all words; of a sentence, `ref` is what it belongs to.

    `title` is its name with the words marked, `other` another of its names if only that has them.
    `sentence` is None for units, of which no one text tells.
    """

    kind: str
    ref: Ref
    title: tuple[Run, ...]
    other: tuple[Run, ...]
    plan: Ref | None
    place: Ref | None
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow by, and how many hits there are with it and all else that is chosen.

    `depth` is how many listed values stand above it (a province above its cities).
    """

    value: str
    label: Label
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: kind, place, national, domain or year. Of several chosen values any do."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a search. `words` are those sought, in the one form; `hits` begin at `first`.

    `unfiltered` counts what there is without anything chosen.
    """

    question: str
    words: tuple[str, ...]
    total: int
    unfiltered: int
    first: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
