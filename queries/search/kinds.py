"""The kinds of things that a search finds (`kinds.toml`)."""

import tomllib
from importlib.resources import files

from ontology import ZT
from queries.answers.values import Label

__all__ = ["BY_CLASS", "KINDS", "SENTENCE", "UNIT"]

_TABLE = tomllib.loads(files("queries.search").joinpath("kinds.toml").read_text("utf-8"))["kind"]

#: names by code, in the order in which a page lists them
KINDS = {kind["code"]: Label(kind["zh"], kind["en"]) for kind in _TABLE}
#: codes by the IRI of the class
BY_CLASS = {ZT + kind["class"]: kind["code"] for kind in _TABLE if "class" in kind}
UNIT = BY_CLASS[ZT + "Agent"]
SENTENCE = "sentence"
