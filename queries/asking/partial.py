"""Names that a question gives only in part: 老年助餐措施 of a plan, 赋能行动 of a domain."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from queries.asking.folding import fold
from queries.asking.lexicon import Lexicon, Sense
from queries.asking.similarity import left_of, made_of
from queries.asking.words import Partial, Words

__all__ = ["PartialNames"]

Found = tuple[int, int, tuple[Sense, ...]]
_LONG = 6  # letters that name an indicator without its ending
_SHORTEST = 4  # letters of an indicator said in part
_LONGEST = 30  # letters of a name said in part
_LETTERS = re.compile(r"[^\w〔〕]+")


@dataclass(frozen=True, slots=True)
class PartialNames:
    """The names of plans, domains and indicators, found where a question says parts of them."""

    rules: Partial
    measured: tuple[str, ...]
    indicators: tuple[tuple[str, Sense], ...]
    plans: tuple[tuple[str, Sense], ...]
    domains: tuple[tuple[str, Sense], ...]
    groups: tuple[tuple[str, Sense], ...]
    generic: re.Pattern[str] = field(hash=False)

    @classmethod
    def of(cls, lexicon: Lexicon, words: Words) -> "PartialNames":
        """The names of a graph."""
        rules, measured = words.partial, words.endings.measured
        places = {fold(p.label) for p in lexicon.of_kind("place") if p.value in lexicon.planned}
        shorter = {label[:-1] for label in places if len(label) > 2}
        known = sorted(places | shorter | set(rules.generic), key=len, reverse=True)
        return cls(
            rules,
            measured,
            _bare(lexicon.of_kind("indicator")),
            _bare(lexicon.of_kind("plan")),
            _bare(lexicon.of_kind("domain")),
            _bare(lexicon.of_kind("group")),
            re.compile("|".join(map(re.escape, known))),
        )

    def find(self, text: str) -> Iterator[Found]:
        """Start, end and senses of what names plans or domains in part, in a folded question."""
        for noun in self.rules.plan.finditer(text):
            yield from self._plan(text, noun)
        for cue in self.rules.domain.finditer(text):
            yield from self._domain(text, cue)
        for noun in self.rules.group.finditer(text):
            yield from self._group(text, noun)
        for end in range(_SHORTEST, len(text) + 1):
            if text.endswith(self.measured, 0, end):
                yield from self._indicator(text, end)

    def _plan(self, text: str, noun: re.Match[str]) -> Iterator[Found]:
        end = noun.start()
        for start in range(max(0, end - _LONGEST), end - 1):
            said = self._expanded(text[start:end])
            if self.rules.asked.search(text[:start]) or len(self.generic.sub("", said)) < 2:
                continue
            # The longest part that some title has all of, and only whole words of it.
            if found := tuple(s for title, s in self.plans if made_of(title, said)):
                yield start, noun.end(), _partly(found)
                return

    def _group(self, text: str, noun: re.Match[str]) -> Iterator[Found]:
        """就业领导小组 of 县就业工作领导小组."""
        for start in range(max(0, noun.start() - _LONGEST), noun.start() - 1):
            said = text[start : noun.end()]
            bare = text[start : noun.start()]
            if bare != _LETTERS.sub("", bare) or len(self.generic.sub("", bare)) < 2:
                continue
            if found := tuple(s for label, s in self.groups if left_of(label, said)):
                yield start, noun.end(), _partly(found)
                return

    def _indicator(self, text: str, end: int) -> Iterator[Found]:
        """高血压管理服务率 of 高血压患者基层规范管理服务率: parts of two letters in their order."""
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            said = text[start:end]
            if said != _LETTERS.sub("", said) or said.isascii():
                continue
            bare = self._unmeasured(said)
            if found := tuple(s for label, s in self.indicators if left_of(label, bare)):
                yield start, end, _partly(found)
                return

    def _unmeasured(self, said: str) -> str:
        """海绵城市面积占建成区的比例 without 的比例, for a name may say 占比 instead."""
        ending = next(end for end in self.measured if said.endswith(end))
        bare = said.removesuffix(ending)
        return bare.removesuffix("的") if bare.endswith("的") and len(bare) > _LONG else said

    def _expanded(self, text: str) -> str:
        bare = _LETTERS.sub("", text)
        for short, long in self.rules.short.items():
            bare = bare.replace(short, long)
        return bare

    def _domain(self, text: str, cue: re.Match[str]) -> Iterator[Found]:
        end = cue.start()
        for start in range(max(0, end - _LONGEST), end - 2):
            said = _LETTERS.sub("", text[start:end])
            if len(self.generic.sub("", said)) < 2 or text[start] != said[0]:
                continue
            if found := tuple(s for label, s in self.domains if said in label):
                yield start, cue.end(), _partly(found)
                return


def _bare(senses: Iterable[Sense]) -> tuple[tuple[str, Sense], ...]:
    return tuple((_LETTERS.sub("", fold(s.label)), s) for s in senses)


def _partly(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    return tuple(
        {s.value: Sense(s.kind, s.value, s.label, s.place, exact=False) for s in senses}.values()
    )
