"""What a value is compared with: an earlier year, or the value that it starts from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg_build.extract.clauses import Sentence
from kg_build.extract.quantities import Quantity
from kg_build.families import table
from kg_build.lex.dates import five_year_period

__all__ = [
    "Comparison",
    "Start",
    "change",
    "comparisons",
    "leading",
    "started",
    "turning",
    "unchanged",
]

_FROM = re.compile(r"(?:由(?![于此])|从(?![业事而严优]))(?P<when>[^,;。、由从]{0,12})$")
_STATED = re.compile(r"\((?P<when>[^(),;。]{0,8}?)(?:为|是|基期值?:?|基准值?:?|现状值?:?)$")
#: what a clause says of the measure before: 占比, 占总量的比重, 比全国平均水平低
_OF_LAST = re.compile(
    r"占(?:比|[^,;]{1,20}(?:比重|比例|比$|的$))"
    r"|[比较](?:上年|去年|同期|全国|全省|全市|基期|[0-9]{4}年|“)[^,;]{0,20}[高低增减降升多少快长]"
)
_BROKEN = re.compile("[,;。]")
_YEAR = re.compile(r"(20[0-9]{2})年")
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Comparison:
    """Words that name an earlier time: `较2020年`. `is_last_year` where they say 上年."""

    begin: int
    end: int
    year: int | None
    is_last_year: bool

    def year_before(self, deadline: int | None) -> int | None:
        """The year compared with; 上年 is the year before the deadline."""
        return deadline - 1 if self.is_last_year and deadline else self.year


@dataclass(frozen=True, slots=True)
class Start:
    """The value that a promised one starts from, with its year where the text says it."""

    value: Decimal | None
    year: int | None


@dataclass(frozen=True, slots=True)
class _Rule:
    phrase: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    leading: re.Pattern[str]
    changed: re.Pattern[str]


@cache
def _rule() -> _Rule:
    rule = table("quantities")["baseline"]
    up, down = (re.compile(f"(?:{rule[way]})了?[约达]?$") for way in ("up", "down"))
    leading = re.compile(f"(?:{rule['up']}|(?P<down>{rule['down']}))(?![到至])")
    changed = re.compile(f"(?:年均|平均|累计)?(?:{rule['up']}|{rule['down']})$")
    return _Rule(re.compile(rule["pattern"]), up, down, leading, changed)


def comparisons(sentence: Sentence) -> Iterator[Comparison]:
    """The earlier times that a sentence compares with."""
    for match in _rule().phrase.finditer(sentence.text):
        words = sentence.view.text[match.start() : match.end()]
        period = five_year_period(words)
        stated = _year(words) or (period[1] if period else None)
        if stated or match["last"] or match["before"]:
            yield Comparison(match.start(), match.end(), stated, bool(match["last"]))


def _year(words: str) -> int | None:
    year = _YEAR.search(words)
    return int(year[1]) if year else None


def change(text: str, quantity: Quantity) -> int:
    """Which way the words right before a number say that it changes: 1, -1, or 0 for none."""
    near = max(0, quantity.begin - _NEAR), quantity.begin
    return bool(_rule().up.search(text, *near)) - bool(_rule().down.search(text, *near))


def turning(text: str, begin: int, quantity: Quantity) -> re.Match[str] | None:
    """The verb of `压减审批时间50%`, which says by how much what follows it changes."""
    is_plain = quantity.begin == quantity.at and not change(text, quantity)
    match = _rule().leading.match(text, begin, quantity.begin) if is_plain else None
    return match if match and match.end() - match.start() > 1 else None


def unchanged(words: str) -> str:
    """A measure's words without a change that they end with: `产值年均增长` is the 产值."""
    return _rule().changed.sub("", words)


def leading(text: str, begin: int, quantity: Quantity) -> re.Match[str] | None:
    """The verb of `提高再生水利用率至30%`, which stands before the measure."""
    is_parted = quantity.begin < quantity.at and text[quantity.begin] in "到至"
    return _rule().leading.match(text, begin, quantity.begin) if is_parted else None


def started(
    sentence: Sentence, found: Sequence[Quantity]
) -> tuple[list[Quantity], dict[int, Start]]:
    """The promised quantities, and for the places of some the value that they start from.

    `由60%提高到75%` starts from 60%, and so does `达到75%(2020年为60%)`. A quantity that starts
    from another begins where the other is said.
    """
    kept: list[Quantity] = []
    starts: dict[int, Start] = {}
    source: tuple[Quantity, re.Match[str]] | None = None
    for quantity in found:
        near = sentence.text, max(0, quantity.begin - _NEAR), quantity.begin
        stated = _STATED.search(*near)
        if stated and kept and stated.start() <= kept[-1].end + 1:
            starts[kept[-1].at] = _start(sentence, quantity, stated)
            continue
        if source and _BROKEN.search(sentence.text, source[0].end + 1, quantity.begin):
            kept.append(source[0])
            source = None
        if source:
            if _is_alike(sentence, quantity, source[1]):
                starts[quantity.at] = _start(sentence, *source)
            quantity = replace(quantity, begin=source[1].start())  # noqa: PLW2901
        origin = _FROM.search(*near)
        source = (quantity, origin) if origin and not source else None
        kept += [] if source else [quantity]
    return [*kept, source[0]] if source else kept, starts


def _is_alike(sentence: Sentence, quantity: Quantity, origin: re.Match[str]) -> bool:
    """Whether two values are for each of the same: not `由每年1次增加到每半年1次`."""
    if quantity.each is None or not origin["when"].startswith("每"):
        return True
    return sentence.text[slice(*quantity.each)] == origin["when"]


def _start(sentence: Sentence, quantity: Quantity, said: re.Match[str]) -> Start:
    words = sentence.view.text[slice(*said.span("when"))]
    return Start(quantity.value, _year(words))


def is_of_last(words: str) -> bool:
    """Whether a measure only says how the one before compares: 占比, 比全国平均水平低."""
    return _OF_LAST.match(words) is not None
