"""Rules stated once: units that other items have too, or that the first of each list leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg_build.extract.claims import Claim, listed, role_of
from kg_build.families import Pattern, patterns
from kg_build.lex.view import View
from kg_build.model import Role, Span

__all__ = ["Standing", "standing"]

_SIGNS = ("不再", "牵头", "主办", "主责", "外,", "下同")


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule stated once. `others` is what the rest of a list does where its first one leads.

    With `from_here` its claims hold for the item that states it, too.
    """

    span: Span
    claims: tuple[Claim, ...] = ()
    order_gives_lead: bool = False
    others: Role | None = None
    from_here: bool = False


def standing(view: View) -> tuple[View, tuple[Standing, ...]]:
    """The text without the rules that are stated in it, and those rules."""
    found: list[Standing] = []
    kept = view
    for rule in patterns("roles", "standing") if _may_state(view.text) else ():
        match = rule.regex.search(kept.text)
        if match:
            found.append(_rule(kept, match, rule))
            kept = _without(kept, *_with_brackets(kept.text, *match.span()))
    return (kept[: len(kept.text.rstrip("。;,("))] if found else view), tuple(found)


def _with_brackets(text: str, begin: int, end: int) -> tuple[int, int]:
    """The range with the brackets that hold nothing else."""
    is_alone = text[begin - 1 : begin] == "(" and text[end : end + 1] == ")"
    return (begin - 1, end + 1) if is_alone else (begin, end)


def _without(view: View, begin: int, end: int) -> View:
    return View(view.text[:begin] + view.text[end:], view.at[:begin] + view.at[end:])


def _may_state(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _rule(view: View, match: re.Match[str], rule: Pattern) -> Standing:
    span = view.span(match.start(), match.end())
    groups = match.re.groupindex
    if "units" in groups:
        claims = tuple(_claims(view, match, rule))
        return Standing(span, claims, from_here="from_here" in rule.values)
    others = role_of(f"{match['others']}单位") if "others" in groups and match["others"] else None
    by_order = rule.id != "standing.asterisk"
    return Standing(span, order_gives_lead=by_order, others=others[0] if others else None)


def _claims(view: View, match: re.Match[str], rule: Pattern) -> Iterator[Claim]:
    units = view[match.start("units") : match.end("units")]
    if "role" in rule.values:
        yield from listed(units, Role(rule.values["role"]), rule.id)
    elif found := role_of(f"{match['verb']}单位") or role_of(match["verb"]):
        yield from listed(units, found[0], rule.id)
