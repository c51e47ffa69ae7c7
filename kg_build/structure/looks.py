"""What the pieces of a row look like, and so which columns they belong to.

A row's pieces are a word of letters, one for each, that the columns of its table spell out.
"""

import re
from functools import cache

from kg_build.structure.columns import UNITS, lists_units, says_when

__all__ = ["letter", "row_form"]

_OPEN = re.compile("[;:,、]$")
#: columns that may stay empty and whose words are no task
_LOOSE = frozenset({"result", "remark", "person", "points", "criteria"})


def letter(words: str, above: str) -> str:
    """The letter of a piece: deadline, unit, units or text that go on from an open piece, text."""
    if says_when(words):
        return "d"
    if lists_units(words):
        return "v" if above.endswith("、") and lists_units(above) else "u"
    return "x" if _OPEN.search(above) else "t"


@cache
def row_form(columns: tuple[str, ...], *, is_last: bool = False) -> re.Pattern[str]:
    """What a row's pieces behind its number look like: a group for each column.

    Of two columns of units the first is filled, for who assists does not act alone. Several
    lines of units at the end of the last row may be a signature.
    """
    forms = [_cell(columns, n, is_last=is_last) for n in range(1, len(columns))]
    return re.compile("".join(f"({form})" for form in forms))


def _cell(columns: tuple[str, ...], at: int, *, is_last: bool) -> str:
    name, after = columns[at], columns[at + 1 : at + 2]
    if name in UNITS:
        if columns[at - 1] in UNITS:
            return "(?:uv*)?"
        if UNITS & set(after):
            return "uv*"
        return "(?:[uv]+(?=d)|(?:uv*)?)" if is_last else "[uv]*"
    if name == "deadline":
        return "d?"
    if name in _LOOSE:
        everything = "[tx]*" if is_last else ".*"
        return "(?:tx*)?" if after else everything
    return "tx*"
