"""What a question is answered with."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from queries.asking.choosing import Slot
from queries.asking.reading import Chip

__all__ = ["Answer", "Bar", "Heading", "Quotation", "Repair"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of an answer, titled in both languages."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """The sentence that says what a row says. Offsets are code points into the document's text."""

    quote: str
    document: str
    start: int
    end: int
    iri: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several numbers that are looked at beside one another; `chosen` ones are answers."""

    label: str
    value: float
    said: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """A near name, and the question with it in place of what was not understood."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows as people read them, each with the sentence that says so, and how they came about.

    `links` has the IRI behind each cell, `evidence` a quotation per row, or None without one.
    `understood` is false where the question was not read; `message` then says what was not, and
    `suggestions` are questions that can be answered, `missed` spans of the question (code points)
    that were not understood, `repairs` the question with near names. `after` is the question that
    this one follows; `changes` are those to the question, or to the one it follows.
    """

    question: str
    language: str
    understood: bool
    reading: str = ""
    chips: tuple[Chip, ...] = ()
    query: str = ""
    sparql: str = ""
    columns: tuple[Heading, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str | None, ...], ...] = ()
    evidence: tuple[Quotation | None, ...] = ()
    message: str = ""
    suggestions: tuple[str, ...] = ()
    after: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    bars: tuple[Bar, ...] = ()
    missed: tuple[range, ...] = ()
    repairs: tuple[Repair, ...] = ()
    offered: Callable[[], tuple[Slot, ...]] = field(default=tuple, repr=False, compare=False)

    def choices(self) -> list[dict[str, Any]]:
        """What can be chosen for each condition, as plain lists and dictionaries."""
        return [_plain(slot) for slot in self.offered()]

    def as_json(self) -> dict[str, Any]:
        """The answer as plain lists and dictionaries; `links` has an IRI or null per cell.

        `columns` are titles in the answer's language, `fields` the names of the columns.
        """
        return {
            "question": self.question,
            "language": self.language,
            "understood": self.understood,
            "reading": self.reading,
            "chips": [{"kind": c.kind, "label": c.label, "iri": c.iri} for c in self.chips],
            "query": self.query,
            "sparql": self.sparql,
            "columns": [c.en if self.language == "en" else c.zh for c in self.columns],
            "columns_zh": [c.zh for c in self.columns],
            "columns_en": [c.en for c in self.columns],
            "fields": [c.name for c in self.columns],
            "rows": [list(row) for row in self.rows],
            "links": [list(row) for row in self.links],
            "evidence": [_quotation(q) if q else None for q in self.evidence],
            "message": self.message,
            "suggestions": list(self.suggestions),
            "after": self.after,
            "set": [value for name, value in self.changes if name == "set"],
            "drop": [value for name, value in self.changes if name == "drop"],
            "bars": [_plain(bar) for bar in self.bars],
            "missed": [[span.start, span.stop] for span in self.missed],
            "repairs": [_plain(repair) for repair in self.repairs],
        }


def _plain(it: Any) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(it)
    return plain


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "quote": quotation.quote,
        "document": quotation.document,
        "start": quotation.start,
        "end": quotation.end,
        "iri": quotation.iri,
    }
