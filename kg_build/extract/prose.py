"""Duties in running prose, where an item has no tag: `由县教育局牵头,会同县财政局制定办法`.

Only a named body as the subject of an explicit verb counts, or a department that is told what it
shall do (县财政局要); what all are exhorted to (各部门要) is no one's duty. Such claims are less
certain than tags and carry rules `prose.*`.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from kg_build.extract.brackets import split
from kg_build.extract.claims import Claim
from kg_build.extract.unit_names import (
    body_at_head,
    is_generic,
    is_named_body,
    is_unit_name,
    unit_names,
)
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Role

__all__ = ["divided", "headed_claims", "prose_claims", "speaks_of_duty"]

_SURE = Decimal("0.7")
_LESS_SURE = Decimal("0.6")
_LONGEST_SUBJECT = 80
#: names of several bodies: 建设主管部门, 开发区
_OF_MANY = re.compile("(?:部门|单位|区|镇|街道|乡)$")
_DEPARTMENT = re.compile("[局厅委部办署]$")
_MODAL = re.compile(
    r"(?:要|应当|应|须|需|具体|主要|共同|分别|联合|统一|积极|密切|协同|依法"
    r"|按(?:照)?(?:各自)?职责(?:分工)?){0,3}$"
)
_WITH = re.compile(r"会同|(?<=牵头)(?:协调|组织|联合)")
_INNER = re.compile("(?<=牵头|负责|配合|参与|协助)、")
_BY = re.compile(r"(?<!自)由")
#: how a clause begins that goes on with what a body does
_AS_SAID = re.compile(
    "(?:并|具体|主要|统一|(?:按照|根据|依据|依)[^,。;]{1,16}?(?:要求|职责|分工|规定|部署))?"
)
_LONGEST_FIELD = 5  # a body named by its field alone: 园林绿化、市场监管部门


def prose_claims(views: Sequence[View]) -> Iterator[tuple[View, tuple[Claim, ...]]]:
    """The sentences that lay down duties, each with its claims."""
    for view in views:
        for sentence in split(view, "。;!?") if _any_sign().search(view.text) else ():
            claims = tuple(_claims(sentence))
            if any(c.role is not Role.PARTICIPATING for c in claims):
                yield sentence, claims


def headed_claims(views: Sequence[View], *, among_others: bool = False) -> tuple[Claim, ...]:
    """The bodies that head an item which says what they do: `1.派出所。负责排查隐患`.

    The first verb of duty gives the role; without one they are responsible. `among_others` where
    bodies head the items beside it: then any name of a body will do.
    """
    first = views[0] if views else View("", ())
    heading = next(split(first[:_LONGEST_SUBJECT], "。:;,"), first)
    rest = [
        *split(first[len(heading) :], "。;,"),
        *(s for v in views[1:2] for s in split(v, "。;,")),
    ]
    names = tuple(unit_names(heading)) if rest else ()
    if not names or not all(_heads(n.text, rest[0], among_others) for n in names):
        return ()
    verb = _any_verb().search(rest[0].text)
    role = Role(_prose()[verb.lastgroup or ""].values["role"]) if verb else Role.RESPONSIBLE
    return tuple(Claim(n, role, "prose.heading", _SURE) for n in names)


def _heads(name: str, does: View, among_others: bool) -> bool:
    """Whether a name heads what a body does; less of a name is enough before a verb of duty.

    `does` begins with the sign behind the name.
    """
    is_named = is_named_body(name) or (name.startswith("各") and is_unit_name(name))
    if is_named or not is_unit_name(name) or is_generic(name):
        return is_named
    is_like = among_others and (does.text.startswith(":") or _OF_MANY.search(name) is not None)
    return is_like or _any_verb().match(does.text, 1) is not None


def divided(content: View) -> tuple[Claim, ...]:
    """The claims of work divided in a bracket: `A:负责选址;B:负责资金`, `A制定办法,B落实经费`.

    Each piece must begin with bodies; two at least, or one with a verb of duty.
    """
    pieces = [c for piece in split(content, ";。") for c in _shares(piece)]
    found = [_share(piece) for piece in pieces]
    is_sure = len(found) > 1 or bool(pieces and _any_verb().search(pieces[0].text))
    return tuple(c for claims in found for c in claims) if is_sure and all(found) else ()


def _shares(piece: View) -> Iterator[View]:
    """The shares in a piece; what follows a colon is one body's, commas and all."""
    if ":" in piece.text:
        yield piece
    else:
        yield from split(piece, ",")


def _share(piece: View) -> tuple[Claim, ...]:
    """The bodies that a share of work begins with; their verb gives the role."""
    if subject := _subject(piece, may_be_fields=False):
        names, rule, _ = subject
        return tuple(_claim(n, Role(rule.values["role"]), rule.id) for n in names)
    head, colon, does = piece.text.partition(":")
    *others, last = [*unit_names(piece[: len(head)])] or [piece[:0]]
    names = (*others, last if colon else body_at_head(last))
    if not all(is_named_body(n.text) for n in names):
        return ()
    verb = _any_verb().match(does)
    role = Role(_prose()[verb.lastgroup or ""].values["role"]) if verb else Role.RESPONSIBLE
    return tuple(Claim(n, role, "prose.divided", _LESS_SURE) for n in names)


def speaks_of_duty(content: View) -> bool:
    """Whether a text begins with a body and holds a verb of duty, as a tag would."""
    first = next(split(content, "、,;:"), content)
    return bool(_any_verb().search(content.text)) and len(body_at_head(first)) > 0


def _claims(sentence: View) -> Iterator[Claim]:
    has_lead = False
    actor: View | None = None  # who the sentence begins with
    for clause in _clauses(sentence):
        subject = _subject(clause, may_be_fields=has_lead)
        if subject is None and actor and not has_lead:
            subject = _carried(actor, clause)
        actor = body_at_head(clause) if actor is None else actor
        if subject:
            names, rule, _ = subject
            has_lead = True
            yield from (_claim(n, Role(rule.values["role"]), rule.id) for n in names)
        found = _WITH.search(clause.text, subject[2] if subject else 0)
        if found and (subject or not found.start()):
            yield from _joined(clause[found.end() :])


def _clauses(sentence: View) -> Iterator[View]:
    """The clauses of a sentence: A牵头、B配合 are two."""
    for clause in split(sentence, ",:"):
        begin = 0
        for verb in _INNER.finditer(clause.text, 2):
            yield clause[begin : verb.start()]
            begin = verb.end()
        yield clause[begin:]


def _claim(name: View, role: Role, rule: str) -> Claim:
    is_less = role is Role.PARTICIPATING or rule == "prose.told"
    return Claim(name, role, rule, _LESS_SURE if is_less else _SURE)


def _subject(clause: View, *, may_be_fields: bool) -> tuple[tuple[View, ...], Pattern, int] | None:
    """The bodies at the head of a clause or behind 由, their verb's rule and where it begins."""
    for match in _any_verb().finditer(clause.text, 0, _LONGEST_SUBJECT):
        head = clause[: match.start()]
        modal = _MODAL.search(head.text)
        head = head[: modal.start()] if modal else head
        by = [m.end() for m in _BY.finditer(head.text)]
        names = tuple(unit_names(head[by[-1] :] if by else head))
        if _are_bodies(names) or (may_be_fields and head.text.endswith("等") and _fields(names)):
            return names, _prose()[match.lastgroup or ""], match.start()
    return _told(clause)


def _told(clause: View) -> tuple[tuple[View, ...], Pattern, int] | None:
    """The departments at the head of a clause that are told what they shall do, and others."""
    for rule in patterns("roles", "told"):
        match = rule.regex.search(clause.text, 0, _LONGEST_SUBJECT)
        names = tuple(unit_names(clause[: match.start()])) if match else ()
        is_one = any(not n.text.startswith("各") and _DEPARTMENT.search(n.text) for n in names)
        if match and is_one and all(is_named_body(n.text) for n in names):
            return names, rule, match.start()
    return None


def _carried(actor: View, clause: View) -> tuple[tuple[View, ...], Pattern, int] | None:
    """The body that an earlier clause begins with, where this one says what it answers for."""
    said = _AS_SAID.match(clause.text)
    verb = _any_verb().match(clause.text, said.end() if said else 0)
    if verb is None or not len(actor):
        return None
    return (actor,), _prose()[verb.lastgroup or ""], verb.start()


def _are_bodies(names: Sequence[View]) -> bool:
    """Whether names are bodies, the last one's 部门 standing for those before it too."""
    *others, last = names or [View("", ())]
    if not is_named_body(last.text):
        return False
    named = all(is_named_body(n.text) for n in others)
    return named or (last.text.endswith("部门") and _fields(others))


def _fields(names: Sequence[View]) -> bool:
    return all(1 < len(n) <= _LONGEST_FIELD for n in names)


def _joined(listed: View) -> Iterator[Claim]:
    """The bodies behind 会同; the last of them runs into its verb."""
    *others, last = [*unit_names(listed)] or [listed[:0]]
    names = [*others, body_at_head(last)]
    if all(is_named_body(n.text) for n in others):
        yield from (_claim(n, Role.PARTICIPATING, "prose.with") for n in names if len(n))


@cache
def _prose() -> dict[str, Pattern]:
    return {f"rule_{n}": rule for n, rule in enumerate(patterns("roles", "prose"))}


@cache
def _any_verb() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{g}>{r.regex.pattern})" for g, r in _prose().items()))


@cache
def _any_sign() -> re.Pattern[str]:
    """What a text holds that may lay down a duty."""
    told = (rule.regex.pattern for rule in patterns("roles", "told"))
    return re.compile("|".join((_any_verb().pattern, *told)))
