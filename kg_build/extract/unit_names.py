"""Names of bodies in a list: where one ends and the next begins."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg_build.extract.brackets import split
from kg_build.families import table
from kg_build.lex.view import View

__all__ = ["MARKS", "could_be_name", "is_department", "is_generic", "is_unit_name", "unit_names"]

#: signs that single out the lead in a list
MARKS = "*★☆▲△#"

_SEPARATORS = "、,;/|"
_JOIN = re.compile(r"以及|及其|和各|及各|与各|和|及|与")
_LEADING = re.compile(
    rf"^(?:由|要(?=各)|(?:单位|部门)(?:以及|及|和|与)(?=[各沿省市县区])|以及|及|和|与|并|[{MARKS}●■◆○•·:-])+"
)
_AND_OTHERS = re.compile(r"等(?!级|额|次)")
#: what goes with a party committee: 县委、县政府 are two names, 党委、政府 one
_PARTY = re.compile(r"(?:党委|党工委)$")
_ITS_OFFICE = re.compile(r"(?:人民)?政府|管委会|管理委员会")
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}[.、)]|\([0-9]{1,2}\)|[①-⑳])")
_OFFICES = ("委", "办", "局")
_LONGEST = 40
_LONGEST_UNKNOWN = 14  # a name that ends as no body does: 县一中, 青河融媒
_LONGEST_PIECE = 200  # several names with nothing but 和 or white space between
_PERSON = 4  # letters of a person's name
_CLOSERS = ")】〕]"


@cache
def _unit(key: str) -> re.Pattern[str]:
    return re.compile(table("roles")["unit"][key])


@cache
def _ending(key: str) -> re.Pattern[str]:
    ending = table("roles")["unit"][key]
    return re.compile(
        rf"{ending}[{MARKS}]?(?:\([^()]{{0,40}}\)|[〈〔\[][^〈〉〔〕\[\]]{{0,40}}[〉〕\]])?[{MARKS}]?$"
    )


def is_unit_name(text: str) -> bool:
    """Whether a folded text ends as the name of a body, or of a group of them, does."""
    return (
        1 < len(text) <= _LONGEST
        and bool(_ending("suffix").search(text))
        and not _unit("says_more").search(text)
    )


def is_department(text: str) -> bool:
    """Whether a folded text ends as the name of a government or party department does."""
    return is_unit_name(text) and bool(_ending("department").search(text))


def is_named_body(text: str) -> bool:
    """Whether a folded text names a body well enough for a sentence to be about it."""
    return (
        is_unit_name(text)
        and bool(_ending("named").search(text))
        and not (is_generic(text) or _unit("vague").search(text))
        and text.count("(") == text.count(")")
    )


def body_at_head(view: View) -> View:
    """The body that a text begins with, before what it does: 县财政局制定办法."""
    doing = _unit("doing").search(view.text, 2)
    name = view[: doing.start()] if doing else view
    return name if is_named_body(name.text) else name[:0]


def could_be_name(text: str) -> bool:
    """Whether a folded text is short enough, and says no more, than a body's name would."""
    return 1 < len(text) <= _LONGEST_UNKNOWN and not _unit("says_more").search(text)


def is_generic(text: str) -> bool:
    """Whether a folded text names a body in so general a way that slogans do so too."""
    return bool(_unit("generic").fullmatch(text))


def unit_names(view: View) -> Iterator[View]:
    """The names in a list such as `县发改局、教育局等部门,各镇(街道)`, marks and notes kept.

    What follows 等 is a name of its own (各行业主管部门) unless it says nothing (等部门).
    """
    view = view[: len(view.text.rstrip("。"))]
    for piece in (p for run in _before_each(view) for p in _pieces(run)):
        for part in _others(piece) if len(piece) <= _LONGEST_PIECE else (piece,):
            for name in _side_by_side(part):
                yield from _joined(_without_post(name))


def _before_each(view: View) -> Iterator[View]:
    """The runs of a list that white space parts before 各, as lines of a cell do."""
    begin = 0
    for at in range(1, len(view)):
        if view.text[at] == "各" and view.gap(at):
            yield view[begin:at]
            begin = at
    yield view[begin:]


def _pieces(view: View) -> Iterator[View]:
    """What stands between separators; divisions of one 各, and 委、办、局, stay together."""
    begin, end = 0, -1
    for piece in split(view, _SEPARATORS):
        start = bisect_left(view.at, piece.at[0])
        goes_on = end == start - 1 and view.text[end] == "、"
        is_office = piece.text in _OFFICES and view.text[begin:end].endswith(_OFFICES)
        first = _JOIN.split(piece.text, maxsplit=1)[0]
        is_part = _is_division(first) and _are_divisions(view.text[begin:end])
        is_one = _are_one(view.text[begin : max(end, begin)], piece.text)
        if goes_on and (is_office or is_part or is_one):
            end = start + len(piece)
            continue
        if end > begin:
            yield view[begin:end]
        begin, end = start, start + len(piece)
    if end > begin:
        yield view[begin:end]


def _are_one(left: str, right: str) -> bool:
    """Whether a party committee and the government or office beside it are named as one."""
    return bool(_PARTY.search(left) and _ITS_OFFICE.fullmatch(right))


def _is_division(text: str) -> bool:
    return bool(_unit("division").fullmatch(text))


def _are_divisions(text: str) -> bool:
    first = text.split("、", maxsplit=1)[0]
    return first.startswith("各") and _is_division(first[1:].removeprefix("有关"))


def _side_by_side(piece: View) -> Iterator[View]:
    """`区教育局 区财政局`: names with nothing but white space between.

    A person's name behind white space is left out.
    """
    begin = 0
    for at in range(1, len(piece)) if len(piece) <= _LONGEST_PIECE else ():
        is_gap = piece.gap(at)
        if not (is_gap and at - begin > 2 and is_unit_name(piece.text[begin:at])):
            continue
        if is_unit_name(piece.text[at:]):
            yield piece[begin:at]
            begin = at
        elif len(piece) - at <= _PERSON:
            yield piece[begin:at]
            return
    yield piece[begin:]


def _others(piece: View) -> Iterator[View]:
    """`区财政局等各行业主管部门` as its two names; a bare 等, 等部门 or 等九部门 is dropped."""
    for match in _AND_OTHERS.finditer(piece.text):
        before, after = piece[: match.start()], piece[match.end() :]
        if is_unit_name(before.text):
            yield before
            empty = _unit("empty").match(after.text)
            rest = after[empty.end() :] if empty else after
            if len(rest) and not is_generic(rest.text):
                yield rest
            return
    yield piece


def _without_post(name: View) -> View:
    """`县教育局局长` as the body: whoever holds the post is not what is named."""
    post = _unit("post").search(name.text)
    return name[: post.start()] if post and is_unit_name(name.text[: post.start()]) else name


def _joined(piece: View) -> Iterator[View]:
    """`A和B` as two names, where both sides are names: 教育和体育局 stays one."""
    piece = _stripped(piece)
    for match in _joins(piece.text) if len(piece) <= _LONGEST_PIECE else ():
        left = piece[: match.start()]
        begin = match.end() - 1 if match[0].endswith("各") else match.end()
        right = piece[begin:]
        if _are_one(left.text, right.text):
            break
        if _is_whole(left.text) and is_unit_name(right.text) and not is_generic(right.text):
            yield from _joined(left)
            yield from _joined(right)
            return
    if len(piece):
        yield piece


def _joins(text: str) -> list[re.Match[str]]:
    """Where names may be joined, surest first: `部门和单位及各地区` is parted before 各地区."""
    return sorted(_JOIN.finditer(text), key=lambda match: not match[0].endswith("各"))


def _is_whole(text: str) -> bool:
    """Whether a name may end before 和: 各区 and 县教育局, but not 县市场 (和质量监管局)."""
    is_named = text.startswith("各") or any(_ending(e).search(text) for e in ("named", "group"))
    return is_named and is_unit_name(text) and not is_generic(text)


def _stripped(piece: View) -> View:
    """The name without numbering, bullets, leading 由 or 及, end marks and stray brackets."""
    numbered = _NUMBERING.match(piece.text)
    piece = piece[numbered.end() :] if numbered else piece
    lead = _LEADING.match(piece.text)
    if lead:
        is_marked = any(c in MARKS for c in lead[0])
        piece = piece[lead.end() - 1 if is_marked and lead[0][-1] in MARKS else lead.end() :]
    text = piece.text.rstrip("。.:等")
    if text[-1:] in _CLOSERS and text.count("(") < text.count(")"):
        text = text[:-1]
    return piece[: len(text)]
