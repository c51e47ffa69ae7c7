"""English words of questions and the Chinese that plans have for them, read from `english.toml`."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from queries.asking.lexicon import Sense

__all__ = ["OR", "glosses", "load_glossary"]

OR = "|"  # between the Chinese words of which a text has one
_WORDS = re.compile(r"[a-z][a-z0-9'\-]*")
_LONGEST = 6  # words


def glosses(text: str) -> Iterator[tuple[int, int, Sense]]:
    """Start, end and sense of every English term in a folded question."""
    words = [match.span() for match in _WORDS.finditer(text)]
    known = load_glossary() if words else {}
    for first, (start, _) in enumerate(words):
        for _, end in words[first : first + _LONGEST]:
            if sense := known.get(text[start:end]):
                yield start, end, sense


@cache
def load_glossary() -> dict[str, Sense]:
    """Terms by their English forms; a sense is exact unless its word only qualifies others."""
    text = (files(__package__) / "english.toml").read_text(encoding="utf-8")
    return {
        form: Sense("gloss", OR.join(term["zh"]), form, exact=term.get("weight") != "light")
        for term in tomllib.loads(text)["term"]
        for form in term["en"]
    }
