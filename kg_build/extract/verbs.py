"""Lists of bodies with a verb behind them: A牵头,B、C按职责分工负责."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice

from kg_build.extract.brackets import split
from kg_build.extract.claims import Claim, is_aside, is_deadline, listed
from kg_build.extract.unit_names import body_at_head, is_generic, is_unit_name, unit_names
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Role

__all__ = ["by_verbs", "is_list", "is_verb", "together"]

_ASSIGNED = re.compile(r"[^,;。、:()由]{0,14}(?<!自)由")
_WITH = re.compile("会同|协同|联合")
_LONGEST_VERB = 30
_MOST_MANNERS = 4
_MOST_CUTS = 16
_LONGEST_JOINT = 300
_LONGEST_MANNER = 10
_PROBABLE = Decimal("0.8")
#: a verb behind which the next list may follow at once: A牵头、B配合
_INNER = re.compile(
    r"(?:负责)?(?:牵头|指导|配合|参与|负责)(?:负责|推进|落实|实施)?(?:[、/]|(?=..))"
)


_ANY_ROLE = (Role.RESPONSIBLE, "")
_ALONE = (Role.RESPONSIBLE, "joint.alone")
_MAIN = (Role.RESPONSIBLE, "bracket.units")
_AIDING = frozenset({Role.PARTICIPATING, Role.GUIDING})


def is_verb(text: str) -> bool:
    """Whether a clause is a verb without a list: 按职责分工负责."""
    return _ending().match(text) is not None


def by_verbs(
    view: View, label: tuple[Role, str] | None = None, *, strict: bool = False
) -> tuple[Claim, ...]:
    """The claims of clauses that end in a verb.

    Clauses without a verb wait for the next one, unless a label before them all gives their role
    or that one only aids them: `A;B配合`.
    A clause that names no bodies is passed over; `strict` then takes the whole for no tag.
    """
    claims: list[Claim] = []
    waiting: list[View] = []
    for clause in _clauses(view):
        found = _verb(clause)
        if found is None:
            waiting.append(clause)
            continue
        rule, end = found
        role = Role(rule.values["role"]), rule.id
        named = _aiding(clause[:end]) if claims or waiting else ()
        named = named or _before_verb(clause[:end], role)
        theirs = label or (_MAIN if role[0] in _AIDING and not claims else role)
        before = [c for part in waiting for c in _before_verb(part, theirs)]
        if strict and ((end and not named) or not (named or before or claims)):
            return ()
        claims += (*before, *named)
        waiting = []
    if claims:
        role = label or _supporting(claims[-1])
        claims += [c for part in waiting for c in _tail(part, *role)]
    return tuple(claims)


def together(view: View, role: tuple[Role, str] = _ALONE) -> tuple[Claim, ...]:
    """The claims of `A会同B` without a verb: the first answers, the other takes part.

    A label before them gives the first its `role`.
    """
    first, *others = [p for p in split(view, ",;。") if not is_deadline(p.text)] or [view]
    claims = list(_joint(first, role))
    if not claims or not all(is_list(p) for p in others):
        return ()
    return (*claims, *(c for p in others for c in _tail(p, claims[-1].role, claims[-1].rule)))


def _clauses(view: View) -> Iterator[View]:
    """The clauses between commas, cut behind inner verbs, without deadlines and points."""
    for clause in split(view, ",;。"):
        if not (is_deadline(clause.text) or is_aside(clause.text)):
            yield from _cut(clause)


def _cut(clause: View) -> Iterator[View]:
    """The clause in pieces that end in a verb, where its end does too: A牵头、B配合."""
    begin = 0
    last = _verb(clause)
    for match in islice(_INNER.finditer(clause.text, 2), _MOST_CUTS if last else 0):
        head = clause[begin : match.end() - (match[0][-1] in "、/")]
        verb = _verb(head)
        has_list = verb is not None and bool(_before_verb(head[: verb[1]], _ANY_ROLE))
        if has_list and last and last[1] > match.end():
            yield head
            begin = match.end()
    yield clause[begin:]


@cache
def _rules() -> dict[str, Pattern]:
    """The rules that may end a clause, each by the group of `_ending` that stands for it."""
    verbs = {f"verb_{n}": rule for n, rule in enumerate(patterns("roles", "verb"))}
    return verbs | {f"as_{n}": rule for n, rule in enumerate(patterns("roles", "label"))}


@cache
def _ending() -> re.Pattern[str]:
    """A verb at the end, how the work is divided before it, or 为牵头单位 in its place.

    A search finds the leftmost, so the longest verb counts.
    """
    manner = "|".join(f"(?:{p.regex.pattern})" for p in patterns("roles", "manner"))
    verbs = "|".join(
        f"{'为' if group.startswith('as') else ''}(?P<{group}>{rule.regex.pattern})"
        for group, rule in _rules().items()
    )
    return re.compile(f"(?:{manner}){{0,{_MOST_MANNERS}}}(?:{verbs})。?$")


def _verb(clause: View) -> tuple[Pattern, int] | None:
    """The verb that ends a clause and where the list before it ends: the longest verb counts."""
    match = _ending().search(clause.text, max(0, len(clause) - _LONGEST_VERB))
    return (_rules()[match.lastgroup], match.start()) if match and match.lastgroup else None


def is_list(view: View) -> bool:
    """Whether some names of a list are surely bodies and the others may be."""
    names = [c.name.text for c in listed(view, Role.RESPONSIBLE, "")]
    count = sum(1 for _ in unit_names(view))
    return len(names) == count and any(is_unit_name(n) and not is_generic(n) for n in names)


def _before_verb(part: View, role: tuple[Role, str]) -> tuple[Claim, ...]:
    """The names of a list, those after 会同 taking part; none where it is no list.

    What is assigned may stand before them: `以上工作由A牵头`.
    """
    assigned = _ASSIGNED.match(part.text)
    names = part[assigned.end() :] if assigned else part
    joint = tuple(_joint(names, role))
    return joint or (tuple(listed(names, *role)) if is_list(names) else _with_manner(names, role))


def _with_manner(part: View, role: tuple[Role, str]) -> tuple[Claim, ...]:
    """The names of a list whose last one runs into how it does its part: A、B结合实际(落实)."""
    *others, last = [*unit_names(part)] or [part]
    head = body_at_head(last)
    if not len(head) or len(last) - len(head) > _LONGEST_MANNER:
        return ()
    if not all(is_unit_name(n.text) for n in others):
        return ()
    return tuple(Claim(name, *role, _PROBABLE) for name in (*others, head))


def _joint(part: View, role: tuple[Role, str]) -> Iterator[Claim]:
    for joint in patterns("roles", "joint"):
        for match in joint.regex.finditer(part.text, 1, _LONGEST_JOINT):
            left, right = part[: match.start()], part[match.end() :]
            if is_list(left) and is_list(right):
                yield from listed(left, *role)
                yield from listed(right, Role(joint.values["role"]), joint.id)
                return


def _supporting(last: Claim) -> tuple[Role, str]:
    """The role of names after the last verb, as in `A牵头,B配合,各镇(街道)`: they support."""
    return Role.PARTICIPATING if last.role is Role.LEAD else last.role, last.rule


def _tail(part: View, role: Role, rule: str) -> Iterator[Claim]:
    if joined := _aiding(part):
        yield from joined
        return
    for name in unit_names(part):
        if is_unit_name(name.text):
            yield Claim(name, role, rule, _PROBABLE)


def _aiding(part: View) -> tuple[Claim, ...]:
    """The names of a clause that goes on with 会同; the last may run into what it does."""
    with_them = _WITH.match(part.text)
    *others, last = [*unit_names(part[with_them.end() :])] if with_them else [part[:0]]
    names = (*others, last if is_unit_name(last.text) else body_at_head(last))
    if not all(is_unit_name(n.text) for n in names):
        return ()
    return tuple(Claim(n, Role.PARTICIPATING, "joint.with", _PROBABLE) for n in names)
