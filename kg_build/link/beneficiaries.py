"""Beneficiaries: the groups of people and businesses that an action or a target is for."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.lex.gazetteer import Gazetteer
from kg_build.link.sightings import Sighting, mentions, sightings, words_of
from kg_build.model import Document, Facts, Mention, Part, Target
from ontology import BASE

__all__ = ["context_rules", "link_beneficiaries"]

_REACH = 24  # letters before and behind a name that the rules may look at


def link_beneficiaries(document: Document, facts: Facts) -> Facts:
    """The facts with the groups that each part and each target is for.

    A group is found by its name in the title, in what a target measures or in the text, not where
    the name is part of a body's, a title's or another word.
    """
    return replace(facts, parts=tuple(_part(document.text, part) for part in facts.parts))


@cache
def context_rules() -> dict[str, Any]:
    """The tables of `beneficiaries.toml`."""
    return tomllib.loads((files(__package__) / "beneficiaries.toml").read_text(encoding="utf-8"))


def _part(text: str, part: Part) -> Part:
    found = [*sightings(text, part, _words())]
    own = mentions(found, "beneficiary", _is_for)
    targets = tuple(replace(t, beneficiaries=_of(t, found)) for t in part.targets)
    return replace(part, beneficiaries=own, targets=targets)


def _of(target: Target, found: list[Sighting]) -> tuple[Mention, ...]:
    own = (seen for seen in found if seen.target is target)
    return mentions(own, "beneficiary", _is_for)


def _is_for(seen: Sighting, concept: str) -> bool:
    """Whether a name stands for the group itself, as one for whom something is done."""
    before, after = seen.before[-_REACH:], seen.after[:_REACH]
    if before.rfind("《") > before.rfind("》"):
        return False
    if any(_meets(rule, before, after) for rule in _rules("struck")):
        return False
    return concept not in _taken() or _is_given(seen.where, before, after)


def _is_given(where: str, before: str, after: str) -> bool:
    """Whether something is done for a group that also acts."""
    if re.match(context_rules()["taken"]["after"], after):
        return False
    return any(_meets(rule, before, after) for rule in _rules("given") if where in rule["where"])


def _meets(rule: dict[str, Any], before: str, after: str) -> bool:
    return bool(rule["before"].search(before) and rule["after"].match(after))


@cache
def _rules(kind: str) -> tuple[dict[str, Any], ...]:
    """The rules of a kind, their patterns compiled; a side that is not named may be anything."""
    rules = context_rules()[kind]
    return tuple({**r, **{s: re.compile(r.get(s, "")) for s in ("before", "after")}} for r in rules)


@cache
def _taken() -> frozenset[str]:
    """The groups that act as often as something is done for them."""
    return frozenset(f"{BASE}id/beneficiary/{code}" for code in context_rules()["taken"]["groups"])


@cache
def _words() -> Gazetteer:
    return words_of("beneficiary")
