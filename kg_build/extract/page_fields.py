"""The fields that a page says about its document in lines of its own: 发文字号:, 成文日期:."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from kg_build.extract.brackets import split
from kg_build.families import patterns
from kg_build.lex.view import View

__all__ = ["known_fields", "labelled"]

_LONGEST_BAR = 200  # letters of a line of labels and values
_LABEL = re.compile(r"[\[【(]?(?P<name>[A-Za-z一-鿿]{2,10})[\]】)]?:")


def labelled(views: Sequence[View]) -> dict[str, View]:
    """The first value of each label by its rule, beside the label, below it or in the next cell."""
    found: dict[str, View] = {}
    cells = [cell for view in views for cell in split(view, "|") if len(cell)]
    for view, below in zip_longest(cells, cells[1:]):
        for rule, value in _fields(view):
            if len(value):
                found.setdefault(rule, value)
            elif below is not None and not below.text.endswith(":"):
                found.setdefault(rule, below)
    return found


def known_fields(labels: Mapping[str, View]) -> dict[str, View]:
    """The values by field of the front matter, that of the surest label first."""
    fields: dict[str, View] = {}
    for known in patterns("official_document", "metadata"):
        if known.id in labels:
            fields.setdefault(known.values["field"], labels[known.id])
    return fields


def _fields(view: View) -> Iterator[tuple[str, View]]:
    """The rules of the labels in a line that begins with one, and the values behind them."""
    found = [label] if (label := _label(view, 0)) else []
    for n in range(1, min(len(view), _LONGEST_BAR) if found else 0):
        if n >= found[-1][2] and view.gap(n) and (label := _label(view, n)):
            found.append(label)
    ends = [*(begin for _, begin, _ in found[1:]), len(view)][: len(found)]
    yield from ((rule, view[at:end]) for (rule, _, at), end in zip(found, ends, strict=True))


def _label(view: View, at: int) -> tuple[str, int, int] | None:
    """The rule of the label at a place, where it begins and ends."""
    match = _LABEL.match(view.text, at)
    rule = _metadata_rule(match["name"]) if match else None
    return (rule, at, match.end()) if match and rule else None


def _metadata_rule(name: str) -> str | None:
    rules = patterns("official_document", "metadata")
    return next((r.id for r in rules if r.regex.fullmatch(name)), None)
