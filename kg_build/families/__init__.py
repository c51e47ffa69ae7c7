"""Families of plans as data: numbering, chapters, titles, role markers, quantities.

Every rule names its pattern and examples (`matches`, `rejects`) that the test suite runs.
Patterns read folded views (`kg_build.lex.view`).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.errors import RuleError
from kg_build.lex.numerals import integer

__all__ = ["Marker", "Pattern", "any_of", "description", "marker", "pattern", "patterns", "table"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule of a family file."""

    id: str
    regex: re.Pattern[str]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marker:
    """The number at the head of a paragraph. `length` counts view characters."""

    style: str
    level: int
    value: int
    length: int


@cache
def table(name: str) -> dict[str, Any]:
    """A family file as it stands.

    Raises: RuleError where the file is missing or no TOML.
    """
    try:
        return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"families/{name}.toml: {error}") from error


@cache
def patterns(name: str, kind: str) -> tuple[Pattern, ...]:
    """The rules under `[[kind]]` of a family file, in the order of the file.

    Raises: RuleError, naming the rule whose pattern is wrong.
    """
    found = []
    for rule in table(name).get(kind, ()):
        try:
            found.append(Pattern(rule["id"], re.compile(rule["pattern"]), rule))
        except (KeyError, re.error) as error:
            raise RuleError(
                f"families/{name}.toml: [[{kind}]] {rule.get('id')}: {error}"
            ) from error
    return tuple(found)


@cache
def pattern(name: str, kind: str, rule: str) -> re.Pattern[str]:
    """The pattern of one rule.

    Raises: RuleError where there is no such rule.
    """
    for candidate in patterns(name, kind):
        if candidate.id == rule:
            return candidate.regex
    raise RuleError(f"families/{name}.toml: no [[{kind}]] with id {rule!r}")


def any_of(words: Iterable[str], longer: Mapping[str, str] | None = None) -> str:
    """A pattern of one of some words, longer ones first.

    `longer` are the characters before which a word is part of another: 人 in 121人才.
    """
    parts = longer or {}
    return "|".join(
        re.escape(w) + (f"(?![{parts[w]}])" if w in parts else "")
        for w in sorted(words, key=len, reverse=True)
    )


def marker(text: str) -> Marker | None:
    """The numbering at the head of a folded text, if it has one.

    Example:
        >>> marker("(二)1")
        Marker(style='chinese_bracketed', level=50, value=2, length=3)
    """
    for rule in patterns("official_document", "numbering"):
        match = rule.regex.match(text)
        if match:
            level = int(rule.values["level"])
            if rule.values.get("deeper_by_dot"):
                level += match[0].count(".") - 1
            number = match[match.lastgroup or 0]  # some styles have two forms, `n` and `m`
            return Marker(rule.id, level, _value(number), match.end())
    return None


def _value(number: str) -> int:
    if number.isascii() and number.isalpha():
        return ord(number.lower()) - ord("a") + 1
    if len(number) == 1 and (single := unicodedata.numeric(number, None)):
        return int(single)
    return integer(number) or 0


@cache
def description(rule: str) -> tuple[str, str] | None:
    """What a rule of evidence does, in Chinese and English; `verb.lead` is described by `verb`."""
    known = {r["id"]: (r["about_zh"], r["about_en"]) for r in table("rules")["rule"]}
    while rule not in known and "." in rule:
        rule = rule.rpartition(".")[0]
    return known.get(rule)
