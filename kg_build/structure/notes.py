"""Numbered notes below a list or a table: they explain it and are none of its items."""

from collections.abc import Sequence

from kg_build.families import Marker, marker, pattern
from kg_build.structure.numbering import ITEM_LEVEL
from kg_build.structure.paragraphs import Paragraph

__all__ = ["is_note", "without_notes"]

_LONGEST_MARKER = 12


def is_note(text: str) -> bool:
    """Whether a paragraph is marked as a note: `备注:`, `说明:`, `注2:`."""
    return bool(pattern("official_document", "note", "note").match(text))


def without_notes(
    pieces: Sequence[Paragraph], *, has_table: bool
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The pieces without those of numbered notes, and these; a note ends where its numbers do.

    Where nothing else is numbered and there is no table, there is nothing to explain.
    """
    kept: list[Paragraph] = []
    notes: list[Paragraph] = []
    last: Marker | None = None
    for n, piece in enumerate(pieces):
        head = _noted(pieces[n : n + 2])
        if head or (last and _goes_on(last, piece.marker)):
            last = head or piece.marker
            notes.append(piece)
        else:
            last = last if piece.marker is None else None  # a note may have lines of its own
            kept.append(piece)
    explain = has_table or any(p.marker for p in kept)
    return (kept, notes) if explain else (list(pieces), [])


def _noted(pieces: Sequence[Paragraph]) -> Marker | None:
    """The last number of the note that begins here, or what the first of its items goes on from."""
    text = pieces[0].view.text
    sign = pattern("official_document", "note", "note").match(text)
    if pieces[0].marker or sign is None:
        return None
    if sign.end() < len(text):
        return _last_number(text, sign.end())
    first = pieces[1].marker if len(pieces) > 1 else None
    is_list = first is not None and first.level >= ITEM_LEVEL and first.value == 1
    return Marker(first.style, first.level, 0, 0) if first and is_list else None


def _last_number(text: str, begin: int) -> Marker | None:
    """The last number in a note that has 1 right behind its mark: `注:1.…;2.…`."""
    last: Marker | None = None
    for at in range(begin, len(text)):
        if last and text[at - 1] not in "。;":
            continue
        found = marker(text[at : at + _LONGEST_MARKER])
        if found and found.level >= ITEM_LEVEL and _follows(last, found):
            last = found
        elif last is None:
            return None
    return last


def _follows(last: Marker | None, found: Marker) -> bool:
    return found.value == 1 if last is None else _goes_on(last, found)


def _goes_on(last: Marker, found: Marker | None) -> bool:
    return found is not None and found.style == last.style and found.value == last.value + 1
