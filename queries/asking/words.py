"""The words of questions and the routes to queries, read from `words.toml` and `routes.toml`."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from queries.asking.folding import fold

__all__ = [
    "Endings",
    "Partial",
    "Pattern",
    "Route",
    "Rule",
    "Wordings",
    "Words",
    "load_wordings",
    "load_words",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words of one kind and meaning, with questions that show them."""

    kind: str
    means: str
    said: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape of text that carries a value, or that `means` the same whatever it says.

    `matches` and `rejects` are tried by a test.
    """

    kind: str
    means: str
    expression: re.Pattern[str]
    matches: tuple[str, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endings:
    """Parts of names that people leave out or add."""

    place: tuple[str, ...]
    place_en: tuple[str, ...]
    unit_prefix: tuple[str, ...]
    authority: tuple[str, ...]
    measure: tuple[str, ...]
    total: tuple[str, ...]
    measured: tuple[str, ...]
    department: tuple[str, ...]
    department_en: tuple[str, ...]
    body: re.Pattern[str]
    body_en: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Partial:
    """How names said in part are told: the nouns and cues behind them, words that tell nothing.

    `asked` is what stands before a noun that asks; `short` has the words that abbreviations stand
    for; `plan_en` are English nouns of plans, `linking_en` what stands between words of a name.
    """

    plan: re.Pattern[str]
    plan_en: re.Pattern[str]
    linking_en: re.Pattern[str]
    domain: re.Pattern[str]
    group: re.Pattern[str]
    asked: re.Pattern[str]
    generic: tuple[str, ...]
    short: dict[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Words:
    """All words and shapes that do not come from the graph."""

    rules: tuple[Rule, ...]
    patterns: tuple[Pattern, ...]
    operators: dict[str, str] = field(hash=False)
    names: dict[str, re.Pattern[str]] = field(hash=False)
    endings: Endings
    partial: Partial
    unsaid: dict[str, re.Pattern[str]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Route:
    """A named query and the readings it answers."""

    asked: str
    aggregate: str
    query: str
    show: tuple[str, ...]
    needs: frozenset[str]
    counts: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Routes, and how classes, conditions and values are said: (Chinese, English)."""

    routes: tuple[Route, ...]
    said: dict[str, dict[str, tuple[str, str]]] = field(hash=False)
    suggestions: dict[str, tuple[str, ...]] = field(hash=False)

    def say(self, group: str, name: str, language: str) -> str:
        """The wording of `name`, or `name` itself where there is none."""
        pair = self.said[group].get(name)
        return pair[language == "en"] if pair else name


@cache
def load_words() -> Words:
    """The content of `words.toml`, its words folded as questions are."""
    content = _read("words.toml")
    endings = {
        key: tuple(value) for key, value in content["endings"].items() if isinstance(value, list)
    }
    return Words(
        rules=tuple(_rule(table) for table in content["word"])
        + tuple(_source(table) for table in content["source"]),
        patterns=tuple(_pattern(table) for table in content["pattern"]),
        operators={fold(w): sign for sign, said in content["operators"].items() for w in said},
        names={kind: re.compile(shape) for kind, shape in content["names"].items()},
        endings=Endings(
            **endings,
            body=re.compile(content["endings"]["body"]),
            body_en=re.compile(content["endings"]["body_en"]),
        ),
        partial=_partial(content["partial"]),
        unsaid={name: re.compile(shape) for name, shape in content["unsaid"].items()},
    )


@cache
def load_wordings() -> Wordings:
    """The content of `routes.toml`."""
    content = _read("routes.toml")
    routes = tuple(_route(table) for table in content.pop("route"))
    suggestions = {language: tuple(lines) for language, lines in content.pop("suggestions").items()}
    said = {
        group: {name: (pair[0], pair[1]) for name, pair in table.items()}
        for group, table in content.items()
    }
    return Wordings(routes, said, suggestions)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def _rule(table: dict[str, Any]) -> Rule:
    said = tuple(dict.fromkeys(fold(word) for word in (*table["zh"], *table["en"])))
    return Rule(table["kind"], table["means"], said, tuple(table["examples"]))


def _source(table: dict[str, Any]) -> Rule:
    said = tuple(fold(word) for word in (*table["zh"], *table["en"]))
    return Rule("source", table["holds"], said, ())


def _pattern(table: dict[str, Any]) -> Pattern:
    return Pattern(
        table["kind"],
        table.get("means", ""),
        re.compile(table["expression"]),
        tuple(table["matches"]),
        tuple(table["rejects"]),
    )


def _partial(table: dict[str, Any]) -> Partial:
    return Partial(
        plan=re.compile(table["plan"]),
        plan_en=re.compile(table["plan_en"]),
        linking_en=re.compile(table["linking_en"]),
        domain=re.compile(table["domain"]),
        group=re.compile(table["group"]),
        asked=re.compile(table["asked"]),
        generic=tuple(fold(word) for word in table["generic"]),
        short=table["short"],
    )


def _route(table: dict[str, Any]) -> Route:
    return Route(
        table["asked"],
        table["aggregate"],
        table["query"],
        tuple(table["show"]),
        frozenset(table.get("needs", ())),
        table.get("counts"),
        table.get("by"),
    )
