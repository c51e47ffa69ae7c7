"""The texts of pages in Chinese and English, from `translations.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["LANGUAGES", "Language", "examples", "terms", "texts"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def texts(language: Language) -> Mapping[str, str]:
    """All texts by dotted key, e.g. `home.ask`."""
    return dict(_flat("", _tables(), language))


@cache
def terms(language: Language) -> Mapping[str, str]:
    """Names of shared terms by IRI, for those whose ontology is not in the graph."""
    return {iri: pair[language] for iri, pair in _tables()["term"].items()}


def examples(language: Language) -> tuple[str, ...]:
    """Questions that a reader may start with."""
    return tuple(pair[language] for pair in _tables()["examples"].values())


@cache
def _tables() -> dict[str, dict[str, dict[Language, str]]]:
    return tomllib.loads(files(__package__).joinpath("translations.toml").read_text("utf-8"))


def _flat(
    prefix: str, tables: Mapping[str, Mapping[str, Mapping[Language, str]]], language: Language
) -> Iterator[tuple[str, str]]:
    for table, entries in tables.items():
        for key, pair in entries.items():
            yield f"{prefix}{table}.{key}", pair[language]
