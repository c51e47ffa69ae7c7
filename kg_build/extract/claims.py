"""Names in roles: what a list of bodies says, with the signs and notes on single names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.extract.unit_names import MARKS, could_be_name, is_unit_name, unit_names
from kg_build.families import patterns
from kg_build.lex.view import View
from kg_build.model import Role

__all__ = ["Claim", "is_aside", "is_deadline", "listed", "role_of"]

_CERTAIN = Decimal(1)
_PROBABLE = Decimal("0.8")
_NOTE = re.compile(r"\((?P<role>[^()]{2,8})\)$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One name in one role."""

    name: View
    role: Role
    rule: str
    confidence: Decimal = _CERTAIN


def listed(view: View, role: Role, rule: str) -> Iterator[Claim]:
    """The names of a list in the role that its label, verb or column gives.

    A note (`A(牵头)`) gives a single name another; where some names carry a mark, those lead and
    the others answer.
    """
    names = [n for n in unit_names(view) if not (is_deadline(n.text) or is_aside(n.text))]
    has_mark = any(_is_marked(n.text) for n in names)
    for name in names:
        plain = _without_marks(name)
        noted = _noted(plain)
        if noted:
            yield noted
        elif not could_be_name(plain.text) and not is_unit_name(plain.text):
            continue
        elif has_mark and _is_marked(name.text):
            yield Claim(plain, Role.LEAD, "asterisk")
        else:
            certain = _CERTAIN if is_unit_name(plain.text) else _PROBABLE
            yield Claim(plain, Role.RESPONSIBLE if has_mark else role, rule, certain)


def role_of(words: str) -> tuple[Role, str] | None:
    """The role and rule of a verb or label that stands alone: 牵头, 配合单位."""
    for kind in ("verb", "label"):
        for rule in patterns("roles", kind):
            if rule.regex.fullmatch(words):
                return Role(rule.values["role"]), rule.id
    return None


def is_deadline(text: str) -> bool:
    """Whether a clause says when something shall be done, and no more."""
    return _any("deadline", text)


def is_aside(text: str) -> bool:
    """Whether a clause is none of a tag's business, such as the points of an assessment."""
    return _any("aside", text)


def _any(kind: str, text: str) -> bool:
    return any(rule.regex.fullmatch(text) for rule in patterns("roles", kind))


def _noted(name: View) -> Claim | None:
    note = _NOTE.search(name.text)
    found = role_of(note["role"]) if note else None
    if note is None or found is None or not note.start():
        return None
    return Claim(name[: note.start()], *found)


def _is_marked(text: str) -> bool:
    return text[:1] in _marks() or text[-1:] in _marks()


def _without_marks(name: View) -> View:
    text = name.text
    begin = len(text) - len(text.lstrip(MARKS))
    return name[begin : len(text.rstrip(MARKS))]


@cache
def _marks() -> frozenset[str]:
    return frozenset(MARKS)
