"""Running heads, running feet and page numbers: what stands on pages and not in the text."""

import re
from collections import Counter
from collections.abc import Sequence

from kg_build.readers.pdf.lines import Line

__all__ = ["furniture", "is_leader", "marked_number"]

_PAGE_NUMBER = re.compile(
    r"[-.·~]{0,3}第?(?:[0-9]{1,4}|[ivxIVX]{1,6})页?(?:[/共,]{1,2}[0-9]{1,4}页?)?[-.·~]{0,3}"
)
_LEADER = re.compile(r".{1,200}?(?:[.·]{6,}|…{2,}).{0,4}[0-9]{1,4}")
_DIGITS = re.compile(r"[0-9]+")
_OUTERMOST = 3  # lines at the head and at the foot of a page
_ZONE = 0.16  # of the page's height
_HEIGHTS = 4.0  # points by which a running head may move
_SHARE = 0.4  # of the pages that a running head stands on, at least
_FEWEST = 3


def furniture(pages: Sequence[tuple[Sequence[Line], float, float]]) -> set[int]:
    """The ids of lines that belong to the page, not to the text.

    Each page comes as its lines from top to bottom with its top and its bottom.
    """
    outer = [[*_outer(lines, top, bottom)] for lines, top, bottom in pages]
    often = Counter(key for page in outer for key in {_key(line, at) for line, at in page})
    enough = max(_FEWEST, _SHARE * len(pages)) if len(pages) > 2 else 2
    return {
        id(line)
        for page in outer
        for line, at in page
        if often[_key(line, at)] >= enough or _PAGE_NUMBER.fullmatch(line.folded)
    }


def marked_number(lines: Sequence[Line]) -> Line | None:
    """The last of some lines if it is a page number, and by its marks nothing else."""
    said = lines[-1].folded if lines else ""
    is_bare = said.isascii() and said.isalnum()
    return lines[-1] if _PAGE_NUMBER.fullmatch(said) and not is_bare else None


def _outer(lines: Sequence[Line], top: float, bottom: float) -> list[tuple[Line, float]]:
    """The lines in the head and foot of a page, with their distance from its edge."""
    zone = _ZONE * (bottom - top)
    head = [(n, top - n.top) for n in lines[:_OUTERMOST] if n.bottom < top + zone]
    foot = [(n, bottom - n.top) for n in lines[-_OUTERMOST:] if n.top > bottom - zone]
    return [*head, *foot]


def _key(line: Line, at: float) -> tuple[str, int]:
    return _DIGITS.sub("#", line.folded), round(at / _HEIGHTS)


def is_leader(line: Line) -> bool:
    """Whether a line is one of a table of contents."""
    return bool(_LEADER.fullmatch(line.folded))
