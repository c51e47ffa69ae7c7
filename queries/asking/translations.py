"""English names with their Chinese in brackets behind them, which alone tells what is meant."""

import re
from collections.abc import Callable, Sequence

from queries.asking.chart import CONTENT, Piece

__all__ = ["untranslated"]

_BRACKETED = re.compile(r"\(([^()a-z]*[一-鿿][^()a-z]*)\)")
_NAMING = ("unit", "function", "cited", "plan", "thing")
_LINKS = ("of", "for", "and", "on")


def untranslated(text: str, pieces: Sequence[Piece], said: Callable[[str], bool]) -> str:
    """A folded question without the English before Chinese in brackets that the graph has."""
    for match in reversed(list(_BRACKETED.finditer(text))):
        inside = [p for p in pieces if match.start() <= p.start and p.end <= match.end()]
        known = inside and (all(p.senses for p in inside) or said(match[1]))
        before = [p for p in pieces if p.end <= match.start()]
        name = _name_before(before, match[1]) if known else None
        if name is not None:
            text = f"{text[:name]} {match[1]} {text[match.end() :]}"
    return text


def _name_before(before: Sequence[Piece], chinese: str) -> int | None:
    """Where the English name starts that ends before the bracket; none where there is none."""
    start: int | None = None
    for piece in reversed(before):
        if _is_named(piece, chinese):
            start = piece.start
        elif start is None or piece.text not in _LINKS:
            break
    return start


def _is_named(piece: Piece, chinese: str) -> bool:
    """Whether an English piece may be part of a name: no word that asks, a place if it is in it."""
    if not piece.text.isascii():
        return False
    if place := piece.sense("place"):
        return place.label in chinese or place.label.rstrip("省市区县") in chinese
    kinds = {s.kind for s in piece.senses}
    return kinds <= {*CONTENT, *_NAMING} or piece.sense("nation") is not None
