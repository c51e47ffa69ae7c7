"""The numbers of a text, and what explains each."""

from collections.abc import Iterator

from kg_build.extract.numbers import UNEXPLAINED, explained
from kg_build.lex.view import tidy
from kg_build.model import Document, Facts
from kg_build.report.figures import Number, Passage

__all__ = ["numbers"]

_AROUND = 12  # characters shown on either side


def numbers(document: Document, facts: Facts) -> Iterator[Number]:
    """Every number in reading order; one that nothing explains has no kind."""
    for span, kind in explained(document, facts):
        around = document.text[max(0, span.start - _AROUND) : span.end + _AROUND]
        passage = Passage(span.start, span.end, tidy(around))
        yield Number(passage, "" if kind == UNEXPLAINED else kind)
