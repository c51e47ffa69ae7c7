"""Lists of bodies with a label before them: 牵头单位:A 配合单位:B、C."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg_build.extract.brackets import split
from kg_build.extract.claims import Claim, is_deadline, listed
from kg_build.extract.unit_names import is_unit_name, unit_names
from kg_build.extract.verbs import by_verbs, together
from kg_build.families import Pattern, pattern, patterns, table
from kg_build.lex.view import View
from kg_build.model import Role

__all__ = ["BULLETS", "Labelled", "first_mark", "is_bare_label", "is_label", "labelled"]

BULLETS = re.compile(r"[-●■◆▲★※•·○◇□►➢√☆*]{0,4}")
_FULL = re.compile(r"(?:单位|部门|机关|科室|处室|主体|机构)$")
_LABEL = (
    r"(?P<open>[【〔\[(]?)(?P<label>{label})(?:{note})?(?P<close>[】〕\])]?)(?P<colon>[:为是]?)"
)
_BREAKS = ",;。、)】"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What labelled text says. `pieces` are the names and clauses behind its labels."""

    claims: tuple[Claim, ...]
    deadlines: tuple[View, ...]
    pieces: tuple[View, ...]
    has_label: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in a text: its rule, None for a field, where it begins and its list begins."""

    rule: Pattern | None
    begin: int
    end: int


def is_bare_label(view: View) -> bool:
    """Whether a text is a label and nothing else, its list being elsewhere."""
    text = view.text.rstrip(":")
    return any(
        rule and (m := regex.match(text)) and m.end() == len(text) for rule, regex in _rules()
    )


def is_label(view: View, at: int = 0) -> bool:
    """Whether a label stands at a place."""
    found = _label_at(view, at)
    return found is not None and found.rule is not None


def first_mark(view: View) -> int | None:
    """Where the first label or field begins, wherever one may."""
    return next((n for n in _begins(view) if _label_at(view, n)), None)


def labelled(view: View) -> Labelled:
    """The claims of text that begins with a label and may hold further labels and fields."""
    found = [label for at in _begins(view) if (label := _label_at(view, at))]
    claims: list[Claim] = []
    deadlines: list[View] = []
    pieces: list[View] = []
    for n, label in enumerate(found):
        stop = found[n + 1].begin if n + 1 < len(found) else len(view)
        content = view[label.end : stop]
        if label.rule:
            role = Role(label.rule.values["role"]), label.rule.id
            joint = by_verbs(content, role) or together(content, role)
            claims += joint or listed(content, *role)
            pieces += split(content, ",;。") if joint else unit_names(content)
            deadlines += [p for p in split(content, ",;。") if is_deadline(p.text)]
        elif pattern("roles", "field", "field.deadline").match(view.text, label.begin):
            deadlines += [content[: len(content.text.rstrip(";,。、"))]]
    return Labelled(
        tuple(claims),
        tuple(d for d in deadlines if len(d)),
        tuple(pieces),
        any(x.rule for x in found),
    )


def _label_at(view: View, at: int) -> _Label | None:
    """The label or field that begins at a place, and where the list after it begins.

    A label may have white space in place of its colon. A bare one (牵头:) needs bodies behind it.
    """
    for rule, regex in _rules():
        match = regex.match(view.text, at)
        if match is None:
            continue
        end = match.end()
        if rule is None:
            return _Label(None, at, end)
        if bool(match["open"]) != bool(match["close"]):
            continue
        has_colon = bool(match["colon"] == ":" or match["open"])
        is_full = bool(_FULL.search(match["label"]))
        if has_colon and (is_full or _begins_with_body(view[end:])):
            return _Label(rule, at, end)
        has_gap = match["colon"] or (end < len(view) and view.gap(end))
        if is_full and has_gap and _begins_with_body(view[end:]):
            return _Label(rule, at, end)
    return None


def _begins_with_body(view: View) -> bool:
    first = next(split(view[:_LOOK_AHEAD], "、,;。"), view[:0])
    gap = next((n for n in range(1, len(first)) if first.gap(n)), len(first))
    names = (next(unit_names(text), None) for text in (first, first[:gap]))
    return any(name is not None and is_unit_name(name.text) for name in names)


_LOOK_AHEAD = 60


def _begins(view: View) -> Iterator[int]:
    """Where a label may begin: at the start, after a separator, after white space."""
    at = BULLETS.match(view.text)
    yield at.end() if at else 0
    for n in range(1, len(view)):
        if view.text[n - 1] in _BREAKS or view.gap(n):
            yield n


@cache
def _rules() -> tuple[tuple[Pattern | None, re.Pattern[str]], ...]:
    note = table("roles")["label_note"]["pattern"]
    labels = [
        (rule, re.compile(_LABEL.format(label=rule.regex.pattern, note=note)))
        for rule in patterns("roles", "label")
    ]
    fields = "|".join(f"(?:{p.regex.pattern})" for p in patterns("roles", "field"))
    return ((None, re.compile(rf"(?:{fields}):")), *labels)
