"""How alike names are: letter pairs weighed by how rare they are, and nearest names."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from queries.asking.folding import fold

__all__ = ["Likeness", "left_of", "made_of", "nearest"]

_ENOUGH = 0.66
_PER = re.compile("(每[十百千万]+名?)人口")  # 每千人口 is 每千人
_WORD = re.compile(r"[a-z0-9][a-z0-9.\-]*")
_SMALL = frozenset({"a", "an", "and", "by", "for", "in", "of", "on", "or", "per", "the", "to"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Names to compare phrases with; a pair of letters weighs more the fewer names have it."""

    names: tuple[str, ...]
    endings: tuple[str, ...]
    weights: dict[str, float] = field(hash=False)

    @classmethod
    def of(cls, names: Iterable[str], endings: tuple[str, ...]) -> "Likeness":
        """Likeness to `names`; `endings` count for nothing at the end of a name."""
        unique = tuple(dict.fromkeys(names))
        seen = Counter(pair for name in unique for pair in _pairs(_bare(name, endings)))
        total = len(unique) + 1
        return cls(unique, endings, {pair: math.log(total / n) for pair, n in seen.items()})

    def alike(self, phrase: str) -> tuple[str, ...]:
        """The names that hold most of what `phrase` says."""
        wanted = _pairs(_bare(phrase, self.endings))
        unknown = math.log(len(self.names) + 1)
        whole = sum(self.weights.get(pair, unknown) for pair in wanted)
        if not whole:
            return tuple(name for name in self.names if phrase in fold(name))
        return tuple(name for name in self.names if self._shared(wanted, name) >= _ENOUGH * whole)

    def exact(self, phrase: str) -> tuple[str, ...]:
        """The names that are the phrase itself, but for endings."""
        wanted = _bare(phrase, self.endings)
        return tuple(name for name in self.names if _bare(name, self.endings) == wanted)

    def longer(self, phrase: str) -> tuple[str, ...]:
        """The names of which the phrase is what remains when words are left out."""
        wanted = _bare(phrase, self.endings)
        return tuple(name for name in self.names if left_of(fold(name), wanted))

    def _shared(self, wanted: set[str], name: str) -> float:
        return sum(self.weights[pair] for pair in wanted & _pairs(_bare(name, self.endings)))


def nearest(word: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The names most like a word that is none of them, best first."""
    wanted = _pairs(word)
    near = ((SequenceMatcher(None, word, n).ratio(), n) for n in set(names) if wanted & _pairs(n))
    ranked = sorted(near, key=lambda found: (-found[0], found[1]))
    return tuple(name for ratio, name in ranked[:count] if ratio > 0.3)


def _bare(name: str, endings: tuple[str, ...]) -> str:
    name = _PER.sub(r"\1人", fold(name))
    end = next((end for end in endings if name.endswith(end) and len(name) > len(end) + 1), "")
    return name.removesuffix(end)


def left_of(name: str, phrase: str) -> bool:
    """Whether a name has all of a phrase in order, in parts of two letters or more."""
    if not phrase:
        return True
    for size in range(len(phrase), 1, -1):
        at = name.find(phrase[:size])
        if at >= 0 and left_of(name[at + size :], phrase[size:]):
            return True
    return False


def made_of(name: str, phrase: str) -> bool:
    """Whether a name has all of a phrase, in parts of two letters or more and in any order."""
    if not phrase:
        return True
    return any(
        phrase[:size] in name and made_of(name, phrase[size:]) for size in range(len(phrase), 1, -1)
    )


def _pairs(text: str) -> set[str]:
    """Neighbouring letters; of an English text its words, for most letter pairs are in any text."""
    if text.isascii():
        return set(_WORD.findall(text.lower())) - _SMALL
    letters = [c for c in text if c.isalnum() or c == "%"]
    return {a + b for a, b in pairwise(letters)}
