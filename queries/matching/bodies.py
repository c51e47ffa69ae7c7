"""What a body's name means, so that 卫健局, 区卫健委 and 卫生健康委员会 of one place meet.

Names of functions come from the vocabulary: those of one function are interchangeable in the name
of the body whose main work it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from queries.matching.entities import Entity
from queries.matching.spellings import key

__all__ = ["LEVELS", "Bodies", "Meaning"]

LEVELS = frozenset("省市州盟旗县区镇乡")

Meaning = tuple[frozenset[str], str]

# Between the level and the function, and behind the function: of one place, a 局 was a 委 before.
_OWNERS = ("委", "政府", "人民政府")
_KINDS = {
    "委员会": "",
    "分局": "",
    "局": "",
    "委": "",
    "厅": "",
    "办公室": "办",
    "办": "办",
    "部": "部",
}


class Bodies:
    """The functions of government by what they are called."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._functions: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            if "Function" in entity.kinds:
                for name, form in entity.names:
                    if form in {"name", "other"}:
                        self._functions[key(name)].add(entity.iri)

    def meaning(self, spelling: str) -> Meaning | None:
        """Functions and kind of the body that a spelling names; None where it says no function."""
        for stem, kind in _parts(spelling):
            if functions := self._of(stem):
                return functions, kind
        return None

    def _of(self, stem: str) -> frozenset[str]:
        """The functions that a stem names, as one and as two: 教育和体育."""
        found = set(self._functions.get(stem, ()))
        for end in range(2, len(stem) - 1):
            first, second = stem[:end], stem[end:].removeprefix("和")
            if first in self._functions and second in self._functions:
                found |= self._functions[first] | self._functions[second]
        return frozenset(found)


def _parts(spelling: str) -> Iterator[tuple[str, str]]:
    """What may be the function in a body's name, and the kind of body; the longest first."""
    for rest in _without_head(spelling):
        yield rest, ""
        for ending, kind in _KINDS.items():
            if rest.endswith(ending):
                yield rest.removesuffix(ending), kind


def _without_head(spelling: str) -> Iterator[str]:
    yield spelling
    if spelling[:1] in LEVELS:
        yield spelling[1:]
        for owner in _OWNERS:
            if spelling.startswith(owner, 1):
                yield spelling[1 + len(owner) :]
