"""Names of bodies in a list: where one ends and the next begins."""

import re
from collections.abc import Iterator
from functools import cache

from kg_build.extract.brackets import split
from kg_build.families import table
from kg_build.lex.view import View

__all__ = ["is_unit_name", "unit_names"]

_SEPARATORS = "、,;/|"
_JOIN = re.compile(r"以及|及其|和各|及各|与各|和|及|与")
_LEADING = re.compile(r"^(?:由|以及|及|和|与|并|\*)+")
_AND_OTHERS = re.compile(r"等(?!级|额|次)")
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}[.、)]|\([0-9]{1,2}\)|[①-⑳])")
_LONGEST = 40


@cache
def _suffix() -> re.Pattern[str]:
    rule = table("roles")["unit"]
    return re.compile(rf"{rule['suffix']}\*?(?:\([^()]*\)|〈[^〈〉]*〉)?$")


@cache
def _empty() -> re.Pattern[str]:
    return re.compile(table("roles")["unit"]["empty"])


def is_unit_name(text: str) -> bool:
    """Whether a folded text ends as the name of a body, or of a group of them, does."""
    return 1 < len(text) <= _LONGEST and bool(_suffix().search(text))


def unit_names(view: View) -> Iterator[View]:
    """The names in a list such as `县发改局、教育局等部门,各镇(街道)`, asterisks kept.

    What follows 等 is a name of its own (各行业主管部门) unless it says nothing (等部门).
    """
    for piece in split(view, _SEPARATORS):
        for part in _others(piece):
            for name in _side_by_side(part):
                yield from _joined(name)


def _side_by_side(piece: View) -> Iterator[View]:
    """`区教育局 区财政局`: names with nothing but white space between."""
    begin = 0
    for at in range(1, len(piece)):
        is_gap = piece.at[at] > piece.at[at - 1] + 1
        is_name = at - begin > 2 and is_unit_name(piece.text[begin:at])
        if is_gap and is_name and is_unit_name(piece.text[at:]):
            yield piece[begin:at]
            begin = at
    yield piece[begin:]


def _others(piece: View) -> Iterator[View]:
    """`区财政局等各行业主管部门` as its two names; a bare 等 or 等部门 is dropped."""
    for match in _AND_OTHERS.finditer(piece.text):
        before, after = piece[: match.start()], piece[match.end() :]
        if is_unit_name(before.text):
            yield before
            if not _empty().fullmatch(after.text):
                yield after
            return
    yield piece


def _joined(piece: View) -> Iterator[View]:
    """`A和B` as two names, where both sides are names: 教育和体育局 stays one."""
    piece = _stripped(piece)
    for match in _JOIN.finditer(piece.text):
        left = piece[: match.start()]
        begin = match.end() - 1 if match[0].endswith("各") else match.end()
        right = piece[begin:]
        if is_unit_name(left.text) and is_unit_name(right.text):
            yield left
            yield from _joined(right)
            return
    if len(piece):
        yield piece


def _stripped(piece: View) -> View:
    numbered = _NUMBERING.match(piece.text)
    piece = piece[numbered.end() :] if numbered else piece
    lead = _LEADING.match(piece.text)
    keep_star = lead is not None and "*" in lead[0]
    if lead:
        piece = piece[lead.end() - (1 if keep_star else 0) :]
    end = len(piece.text.rstrip("。.:"))
    return piece[:end]
