"""Sentences and table cells of a text, and which of them a known part or a fact holds."""

import re
from collections.abc import Iterator, Sequence

from kg_build.lex.view import View, tidy, view_of
from kg_build.model import BlockKind, Document, Facts, Span
from kg_build.report.figures import Passage, Sentence
from kg_build.report.parts import Known
from kg_build.report.tallies import evidence_of

__all__ = ["passage", "sentences"]

_END = re.compile("[。!?;]")
_WORDS = re.compile(r"\w")


def sentences(document: Document, known: Sequence[Known], facts: Facts) -> Iterator[Sentence]:
    """Every sentence and cell, with the known part that its beginning stands in."""
    parts = _painted(document, known)
    stated = bytearray(len(document.text))
    for _, evidence in evidence_of(facts):
        span = evidence.span
        stated[span.start : span.end] = b"\1" * (span.end - span.start)
    for view in _pieces(document):
        span = view.span()
        is_stated = stated.find(1, span.start, span.end) >= 0
        yield Sentence(passage(document, span), parts[span.start], is_stated)


def _painted(document: Document, known: Sequence[Known]) -> list[str]:
    """The known part at each place of the text; the later of two counts."""
    parts = [""] * len(document.text)
    for name, span in known:
        parts[span.start : span.end] = [name] * (span.end - span.start)
    return parts


def _pieces(document: Document) -> Iterator[View]:
    for block in document.blocks:
        if block.kind is BlockKind.LAYOUT:
            continue
        view = view_of(document.text, block.spans)
        cut = view.cut(_END) if block.kind is BlockKind.PARAGRAPH else [view]
        yield from (piece for piece in cut if _WORDS.search(piece.text))


def passage(document: Document, span: Span) -> Passage:
    """Where some words stand, and the words."""
    return Passage(span.start, span.end, tidy(document.text[span.start : span.end]))
