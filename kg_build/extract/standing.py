"""Rules stated once: units that other items have too, or that the first of each list leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg_build.extract.claims import Claim, listed, role_of
from kg_build.families import patterns
from kg_build.lex.view import View
from kg_build.model import Role, Span

__all__ = ["Standing", "holds_for_whole_plan", "standing"]

_NOTE = re.compile(r"[(【*※]?(?:备?注|说明|注释|填表说明)[0-9]{0,2}[:.、)】]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule stated once. `others` is what the rest of a list does where its first one leads."""

    span: Span
    claims: tuple[Claim, ...] = ()
    order_gives_lead: bool = False
    others: Role | None = None


def standing(view: View) -> tuple[View, tuple[Standing, ...]]:
    """The text without the rules that are stated in it, and those rules."""
    found: list[Standing] = []
    kept = view
    for rule in patterns("roles", "standing") if _may_state(view.text) else ():
        match = rule.regex.search(kept.text)
        if match:
            found.append(_rule(kept, match, rule.id))
            kept = _without(kept, *_with_brackets(kept.text, *match.span()))
    return (kept[: len(kept.text.rstrip("。;,("))] if found else view), tuple(found)


def _with_brackets(text: str, begin: int, end: int) -> tuple[int, int]:
    """The range with the brackets that hold nothing else."""
    is_alone = text[begin - 1 : begin] == "(" and text[end : end + 1] == ")"
    return (begin - 1, end + 1) if is_alone else (begin, end)


def _without(view: View, begin: int, end: int) -> View:
    return View(view.text[:begin] + view.text[end:], view.at[:begin] + view.at[end:])


def holds_for_whole_plan(view: View) -> bool:
    """Whether a paragraph is a note, which speaks of all items before and after it."""
    return bool(_NOTE.match(view.text))


def _may_state(text: str) -> bool:
    return "不再" in text or "牵头" in text or "主办" in text or "主责" in text


def _rule(view: View, match: re.Match[str], rule: str) -> Standing:
    span = view.span(match.start(), match.end())
    groups = match.re.groupindex
    if "units" in groups:
        return Standing(span, tuple(_claims(view, match, rule)))
    others = role_of(f"{match['others']}单位") if "others" in groups and match["others"] else None
    by_order = rule != "standing.asterisk"
    return Standing(span, order_gives_lead=by_order, others=others[0] if others else None)


def _claims(view: View, match: re.Match[str], rule: str) -> Iterator[Claim]:
    found = role_of(match["verb"]) or role_of(f"{match['verb']}单位")
    if found:
        yield from listed(view[match.start("units") : match.end("units")], found[0], rule)
