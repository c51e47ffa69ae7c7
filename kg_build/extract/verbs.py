"""Lists of bodies with a verb behind them: A牵头,B、C按职责分工负责."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg_build.extract.brackets import split
from kg_build.extract.claims import Claim, is_aside, is_deadline, listed
from kg_build.extract.unit_names import is_generic, is_unit_name, unit_names
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Role

__all__ = ["by_verbs", "is_list", "is_verb", "together"]

_ASSIGNED = re.compile(r"[^,;。、:()由]{0,14}(?<!自)由")
_LONGEST_VERB = 30
_MOST_MANNERS = 4
#: a verb behind which the next list may follow at once: A牵头、B配合
_INNER = re.compile(
    r"(?:负责)?(?:牵头|指导|配合|参与|负责)(?:负责|推进|落实|实施)?(?:[、/]|(?=..))"
)


_ANY_ROLE = (Role.RESPONSIBLE, "")


def is_verb(text: str) -> bool:
    """Whether a clause is a verb without a list: 按职责分工负责."""
    return any((m := regex.search(text)) and m.start() == 0 for _, regex in _verbs())


def by_verbs(view: View, label: tuple[Role, str] | None = None) -> tuple[Claim, ...]:
    """The claims of clauses that end in a verb; none where one of them is no list of bodies.

    Clauses without a verb wait for the next one, unless a label before them all gives their role.
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
        named = _before_verb(clause[:end], role)
        before = [c for part in waiting for c in _before_verb(part, label or role)]
        if (end and not named) or not (named or before or claims):
            return ()
        claims += (*before, *named)
        waiting = []
    if claims:
        role = label or _supporting(claims[-1])
        claims += [c for part in waiting for c in _tail(part, *role)]
    return tuple(claims)


def together(view: View) -> tuple[Claim, ...]:
    """The claims of `A会同B` without a verb: the first answers, the other takes part."""
    first, *others = [p for p in split(view, ",;。") if not is_deadline(p.text)] or [view]
    claims = list(_joint(first, (Role.RESPONSIBLE, "joint.alone")))
    if not claims or not all(is_list(p) for p in others):
        return ()
    return (*claims, *(c for p in others for c in _tail(p, claims[-1].role, claims[-1].rule)))


def _clauses(view: View) -> Iterator[View]:
    """The clauses between commas, cut behind inner verbs, without deadlines and points."""
    for clause in split(view, ",;。"):
        if not (is_deadline(clause.text) or is_aside(clause.text)):
            yield from _cut(clause)


def _cut(clause: View) -> Iterator[View]:
    begin = 0
    for match in _INNER.finditer(clause.text, 2):
        end = match.end() - (match[0][-1] in "、/")
        head = clause[begin:end]
        verb = _verb(head)
        following = _verb(clause[match.end() :])
        is_whole = verb is not None and bool(_before_verb(head[: verb[1]], _ANY_ROLE))
        if is_whole and following and following[1]:
            yield head
            begin = match.end()
    yield clause[begin:]


@cache
def _verbs() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    manner = "|".join(f"(?:{p.regex.pattern})" for p in patterns("roles", "manner"))
    before = f"(?P<verb>(?:{manner}){{0,{_MOST_MANNERS}}}"
    found = [
        (rule, re.compile(rf"{before}(?:{rule.regex.pattern}))。?$"))
        for rule in patterns("roles", "verb")
    ]
    named = [
        (rule, re.compile(rf"{before}为(?:{rule.regex.pattern}))。?$"))
        for rule in patterns("roles", "label")
    ]
    return (*found, *named)


def _verb(clause: View) -> tuple[Pattern, int] | None:
    """The verb that ends a clause and where the list before it ends: the longest verb counts."""
    best: tuple[Pattern, int] | None = None
    for rule, regex in _verbs():
        match = regex.search(clause.text, max(0, len(clause) - _LONGEST_VERB))
        if match and (best is None or match.start("verb") < best[1]):
            best = rule, match.start("verb")
    return best


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
    return tuple(_joint(names, role)) or (tuple(listed(names, *role)) if is_list(names) else ())


def _joint(part: View, role: tuple[Role, str]) -> Iterator[Claim]:
    for joint in patterns("roles", "joint"):
        for match in joint.regex.finditer(part.text, 1):
            left, right = part[: match.start()], part[match.end() :]
            if is_list(left) and is_list(right):
                yield from listed(left, *role)
                yield from listed(right, Role(joint.values["role"]), joint.id)
                return


def _supporting(last: Claim) -> tuple[Role, str]:
    """The role of names after the last verb, as in `A牵头,B配合,各镇(街道)`: they support."""
    return Role.PARTICIPATING if last.role is Role.LEAD else last.role, last.rule


def _tail(part: View, role: Role, rule: str) -> Iterator[Claim]:
    for name in unit_names(part):
        if is_unit_name(name.text):
            yield Claim(name, role, rule, Decimal("0.8"))
