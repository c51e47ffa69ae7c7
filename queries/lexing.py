"""The bare words of a SPARQL text, for decisions that must fall before a store sees it.

A pattern and no grammar: it takes linear time and no stack whatever the text, and leaves
judging the syntax to the store.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["QUERY_FORMS", "UPDATE_FORMS", "Word", "query_form", "words"]

QUERY_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATE_FORMS = frozenset({
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "CREATE",
    "DROP",
    "ADD",
    "MOVE",
    "COPY",
    "WITH",
})

# https://www.w3.org/TR/sparql11-query/#sparqlGrammar: what may hold a keyword without being one
# (comments, IRIs, strings, variables, language tags, prefixed names), then words and braces.
# Bounds keep it linear, and a long string left open takes the rest of the text.
_TOKEN = re.compile(
    r"""
    \#[^\n\r]*
  | <[^<>"{}|^`\\\x00-\x20]*>
  | \"{3}(?:[^"\\]|\\.|\"(?!\"\"))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
  | (?P<open>\"{3} | '{3}).*
  | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
  | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
  | (?:[^\W\d_][\w.\-]{0,200}+|_)?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)*+
  | (?P<word>[^\W\d_][\w]*)
  | (?P<brace>[{}])
  | \.?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word in upper case, a brace, or the quotes of a long string that never ends.

    `depth` counts the braces open around it.
    """

    text: str
    start: int
    depth: int


def words(query: str) -> Iterator[Word]:
    """The bare words and braces of a text, in order; offsets are code points."""
    depth = 0
    for match in _TOKEN.finditer(query):
        if match["brace"] == "}":
            depth -= 1
        if text := match["word"] or match["brace"] or match["open"]:
            yield Word(text.upper(), match.start(), depth)
        if match["brace"] == "{":
            depth += 1


def query_form(query: str) -> str | None:
    """The first word that says what a text does, of queries or updates; `None` without one."""
    forms = QUERY_FORMS | UPDATE_FORMS
    return next((word.text for word in words(query) if word.text in forms), None)
