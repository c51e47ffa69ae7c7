"""How names are compared: one spelling for width, space and brackets, and near spellings.

Letter pairs that few names have weigh more when looking for near names; how near they are is then
measured on the whole names.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from queries.asking.folding import fold

__all__ = ["Spellings", "code_key", "key"]

_SIGNS = re.compile(r"[\W_]+")
_ENOUGH = 0.55  # a name of four characters may miss one and have one too many
_CLOSER = 24  # names looked at in full
_READ = 4000  # entries of lists of rare letter pairs read for one name


def key(name: str) -> str:
    """The spelling by which names are the same: without space, brackets, punctuation and case.

    A name of signs only (%) keeps them.
    """
    folded = fold(name)
    return _SIGNS.sub("", folded) or folded


def code_key(code: str) -> str:
    """The spelling by which codes are the same; points stay, for 3.8.1 is not 38.1."""
    return re.sub(r"\s+", "", fold(code))


class Spellings:
    """Spellings to look near ones up in."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(dict.fromkeys(keys))
        lists: defaultdict[str, list[int]] = defaultdict(list)
        for number, spelling in enumerate(self._keys):
            for pair in _pairs(spelling):
                lists[pair].append(number)
        self._lists = dict(lists)

    def near(self, wanted: str) -> list[tuple[str, float]]:
        """Spellings near a wanted one with how near, 0 to 1, best first; itself is left out."""
        shared: defaultdict[int, float] = defaultdict(float)
        lists = sorted(
            (found for pair in _pairs(wanted) if (found := self._lists.get(pair))), key=len
        )
        read = 0
        for found in lists:
            if read and read + len(found) > _READ:
                break
            read += len(found)
            weight = math.log(1 + len(self._keys) / len(found))
            for number in found:
                shared[number] += weight
        closest = sorted(shared, key=lambda n: (-shared[n] / (len(self._keys[n]) + len(wanted)), n))
        scored = ((self._keys[n], likeness(wanted, self._keys[n])) for n in closest[:_CLOSER])
        kept = [(spelling, near) for spelling, near in scored if spelling != wanted]
        return sorted(((s, n) for s, n in kept if n >= _ENOUGH), key=lambda it: (-it[1], it[0]))


def likeness(one: str, other: str) -> float:
    """Twice the letters that two spellings share in order, of all their letters."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pairs(spelling: str) -> set[str]:
    """Neighbouring letters, those of its ends with the ends."""
    return {a + b for a, b in pairwise(f"\0{spelling}\0")}
