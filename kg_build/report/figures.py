"""The figures of a report: frozen values, printed as text or JSON."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["IssueKind", "Number", "Passage", "Report", "Sentence", "Sign", "Understood", "share"]


class Understood(StrEnum):
    """How much of what looks like a responsibility tag became facts."""

    WHOLLY = "understood"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the document and where they stand."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a table cell: the part that holds it, empty where none does."""

    passage: Passage
    part: str
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the words around it and what explains it, empty where nothing does."""

    passage: Passage
    kind: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What looks like a responsibility tag, the names read from it and what is left over."""

    passage: Passage
    names: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def understood(self) -> Understood:
        """Whether every name in it became a fact."""
        if not self.names:
            return Understood.NOT
        return Understood.PARTLY if self.left else Understood.WHOLLY


@dataclass(frozen=True, slots=True)
class IssueKind:
    """The issues of one code: how many, what the first says, and where the first stand."""

    code: str
    severity: str
    message_zh: str
    message_en: str
    count: int
    first: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was read of one document and what was not.

    `title` and `kind` are the main plan's, `further` those of others in the same file.
    """

    file: str
    title: str | None
    kind: str
    further: tuple[tuple[str | None, str], ...]
    media_type: str
    encoding: str
    pages: int
    paragraphs: int
    cells: int
    tables: int
    facts: tuple[tuple[str, int], ...]
    sentences: tuple[Sentence, ...]
    signs: tuple[Sign, ...]
    numbers: tuple[Number, ...]
    rules: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[Decimal, int], ...]
    unsure: tuple[tuple[str, int], ...]
    issues: tuple[IssueKind, ...]

    @property
    def known(self) -> float:
        """The share of sentences that stand in a known part."""
        return share([bool(s.part) for s in self.sentences])

    @property
    def stated(self) -> float:
        """The share of sentences that are evidence of a fact."""
        return share([s.is_stated for s in self.sentences])

    @property
    def unowned(self) -> tuple[Passage, ...]:
        """The sentences that neither a known part nor a fact holds."""
        return tuple(s.passage for s in self.sentences if not s.part and not s.is_stated)

    @property
    def sentences_by_part(self) -> tuple[tuple[str, int], ...]:
        """How many sentences each kind of part holds, most first."""
        return tuple(Counter(s.part for s in self.sentences if s.part).most_common())

    @property
    def explained(self) -> float:
        """The share of numbers that are explained."""
        return share([bool(n.kind) for n in self.numbers])

    @property
    def numbers_by_kind(self) -> tuple[tuple[str, int], ...]:
        """How many numbers there are of each kind, most first."""
        return tuple(Counter(n.kind for n in self.numbers if n.kind).most_common())

    @property
    def unexplained(self) -> tuple[Passage, ...]:
        """The numbers that nothing explains."""
        return tuple(n.passage for n in self.numbers if not n.kind)

    @property
    def signs_by_outcome(self) -> tuple[tuple[str, int], ...]:
        """How many tags were understood wholly, partly and not."""
        counts = Counter(s.understood for s in self.signs)
        return tuple((str(u), counts[u]) for u in Understood)


def share(holds: Sequence[bool]) -> float:
    """The share for which something holds; 1 of nothing."""
    return sum(holds) / len(holds) if holds else 1.0
