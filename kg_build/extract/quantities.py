"""Numbers with units in a clause: what counts as one, and how it compares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg_build.families import any_of, patterns, table
from kg_build.lex.numerals import number

__all__ = ["MASKED", "Quantity", "bounds", "masked", "quantities", "times"]

#: stands for a masked number; for a span of time another, since that leads in a promise
_MASK, _TIME_MASK = "\x00", "\x02"
#: what numbers that promise nothing are blanked out with
MASKED = _MASK + _TIME_MASK
_OF, _PARTS = "[二三四五六七八九十]", "[一二两三四五六七八九十]"
#: shares in words: 百分之五, 千分之三
_SHARES = {"百": "%", "千": "‰", "万": "/万", "十万": "/10万"}
#: where a number ends that has no unit, or whose unit stands at the last of its list
_BARE = r"(?=以[上下内]|左右|[,;。、)]|$|[和及与][0-9])"
_TIME = "span-of-time"
_IN_MONTH = re.compile("[0-9]{1,2}月[0-9底中末前]")  # a date, not how long something takes
_LISTED = re.compile(r"[、和及与][0-9]")
_KEPT = ("保持", "稳定", "维持")
_NEAR = 16  # how far before a span of time words make it a promise


_BOUNDS = ((">=", "at_least"), ("<=", "at_most"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `begin..end` covers comparator words on both sides.

    `at` is where the number itself begins and `number_end` where its unit ends. `unit` is empty
    where the number needs none, and None where what stands there is not known.
    `each` is where words say for each of what it is (每人每年).
    `has_bound` says that words behind the number bound it (以上, 以内); `times` that the value
    is a multiple of the baseline (翻一番).
    """

    begin: int
    at: int
    number_end: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: str
    is_chinese: bool = False
    hedge: str | None = None
    each: tuple[int, int] | None = None
    has_bound: bool = False
    times: bool = False


# -- numbers that promise nothing ---------------------------------------------------------


@cache
def _masks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = patterns("quantities", "mask")
    plain = "|".join(f"(?:{p.regex.pattern})" for p in rules if p.id != _TIME)
    return re.compile(plain), next(p.regex for p in rules if p.id == _TIME)


def masked(text: str) -> str:
    """The text with numbers that promise nothing blanked out, length unchanged."""
    plain, time = _masks()
    text = plain.sub(lambda m: _MASK * len(m[0]), text)
    return time.sub(lambda m: m[0] if _is_promised(m) else _TIME_MASK * len(m[0]), text)


def _is_promised(span: re.Match[str]) -> bool:
    """Whether a span of time is what is promised: words before it say so, or behind it."""
    text, at = span.string, span.start()
    if _IN_MONTH.match(text, at):
        return False
    near = text, max(0, at - _NEAR), at
    before, behind, within, after = _promises()
    if before.search(*near) or behind.match(text, span.end()):
        return True
    return bool(within.match(text, span.end()) and after.search(*near))


@cache
def _promises() -> tuple[re.Pattern[str], ...]:
    rules = table("quantities")
    within = rules["promised_within"]
    words = (rules["promised_span"], rules["promised_for"])
    return tuple(
        re.compile(w) for w in (*(r["pattern"] for r in words), within["pattern"], within["after"])
    )


# -- quantities ---------------------------------------------------------------------------


@cache
def _unit() -> str:
    """A unit of measurement or a measure word, simple or compound, as a pattern."""
    units = table("quantities")["units"]
    longer = table("quantities")["part_of_word"]
    one = any_of([*units["symbols"], *units["words"]], longer)
    multiplier = any_of(units["multipliers"], longer)
    part = any_of(units["parts"], longer)
    compound = f"(?:[/·](?:1?0{{0,3}}万?)?(?:{part}))"
    simple = rf"(?:{multiplier})?(?:{one})(?:\((?![户人])(?:{one})\))?{compound}{{0,2}}"
    simple = rf"(?:{multiplier})单位|(?<=\.[0-9])个单位|{simple}"
    ratio = r":[0-9]{1,3}(?:\.[0-9]{1,2})?(?![0-9.])"
    return rf"(?:{simple}|/[2-9](?![0-9])|{ratio}|(?:{multiplier})(?=[^一-鿿]|以[上下内]|左右|$))"


def _chinese() -> str:
    """A number in Chinese numerals as a pattern, whole or with decimals: 三百零五, 九十五点五."""
    digits = "[一二两三四五六七八九十百千][一二两三四五六七八九十百千零]{0,7}"
    ends = "(?![一二两三四五六七八九十百千万亿])"
    large = f"亿{digits}万{ends}|[万亿]零?{digits}{ends}"
    return f"{digits}(?:{large}|点[零一二三四五六七八九]{{1,4}})?"


@cache
def _quantity() -> re.Pattern[str]:
    unit = _unit()
    numeral = r"[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?"
    chinese = rf"{_chinese()}|(?<!每)半(?=个[月小]|年|天)"
    before = "|".join(f"(?P<b{n}>{r['pattern']})" for n, r in enumerate(_rules("before")))
    after = "|".join(f"(?P<a{n}>{r['pattern']})" for n, r in enumerate(_rules("after")))
    half = table("quantities")["half"]["pattern"]
    each = table("quantities")["each"]["pattern"]
    return re.compile(
        rf"(?:(?:{before})(?:\x01{{5}}(?:年?底|末)?的)?)?"
        rf"(?:(?P<each>{each})(?P<least>不低于|不少于|至少)?)?(?P<near>大?约为?|近|接近)?"
        rf"(?:(?P<half>{half})|(?P<base>{any_of(_SHARES)})分之(?P<share>{_chinese()}|{numeral})|(?P<of>{_OF})分之(?P<part>{_PARTS})"
        rf"|(?P<tenths>{_PARTS})成{_BARE}"
        rf"|(?P<low>{numeral}|{chinese})(?:(?:{unit})?[-~至到](?P<high>{numeral}|{chinese}))?"
        rf"(?P<over>余|多)?(?:(?P<unit>(?:{unit})(?:\([A-Za-z/]{{2,8}}\))?)|(?P<bare>{_BARE}))?)"
        rf"(?P<about>左右|上下)?(?:{after})?(?P<late>左右)?"
    )


@cache
def _rules(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(table("quantities")[kind])


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a masked clause, in order."""
    for match in _quantity().finditer(text):
        start = match.start("low")
        if start > 0 and (text[start - 1].isdigit() or text[start - 1] in ".-~/"):
            continue
        found = _read(match) if _counts(match) else None
        if found is not None:
            yield found


def _counts(match: re.Match[str]) -> bool:
    """Whether a number without a unit is one of a list, or words bound it: 控制在0.02以内."""
    if match["unit"] or not match["low"]:
        return True
    if not match["low"].isascii():
        return False
    is_listed = match["bare"] is not None and _LISTED.match(match.string, match.end())
    return bool(is_listed) or any(match[f"b{n}"] for n in range(len(_rules("before"))))


def times(text: str) -> Iterator[Quantity]:
    """What is to be doubled: 翻一番 is twice the baseline, 翻两番 four times."""
    for match in _doubling().finditer(text):
        doublings = int(number(match["n"] or "一") or 1)
        begin, end = match.span()
        value = Decimal(2**doublings)
        yield Quantity(begin, begin, end, end, value, None, "倍", "=", times=True)


@cache
def _doubling() -> re.Pattern[str]:
    return re.compile(table("quantities")["doubling"]["pattern"])


def _read(match: re.Match[str]) -> Quantity | None:
    low, high = _values(match)
    if low is None or (high is not None and high <= low):
        return None
    kind = next(k for k in ("low", "half", "share", "of", "tenths") if match[k])
    return Quantity(
        begin=match.start(),
        at=match.start("base" if kind == "share" else kind),
        number_end=match.end("unit" if match["unit"] else "part" if kind == "of" else kind),
        end=match.end(),
        value=low,
        value_max=high,
        unit=_unit_of(match),
        comparator=_comparator(match),
        is_chinese=kind == "low" and not match["low"].isascii(),
        hedge="左右" if match["near"] or match["about"] or match["late"] else None,
        each=match.span("each") if match["each"] else None,
        has_bound=any(match[f"a{n}"] for n in range(len(_rules("after")))),
    )


def _unit_of(match: re.Match[str]) -> str | None:
    if match["of"]:
        return f"/{number(match['of'])}"  # 三分之二 is 2 of 3
    if match["low"]:
        return match["unit"] if match["bare"] is None else ""
    return _SHARES.get(match["base"], "%")


def _values(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The number and, of a range, its upper end."""
    if match["half"]:
        return Decimal(50), None
    low = number(match["low"] or match["share"] or match["part"] or match["tenths"])
    if match["tenths"] and low:
        return 10 * low, None  # 两成 is 20%
    high = number(match["high"]) if match["high"] else None
    if low and high and high <= low and (match["unit"] or "").startswith("万"):
        low /= 10_000  # 5000-1万人
    return low, high


def _comparator(match: re.Match[str]) -> str:
    """Words after the number outweigh those before it: 达到33微克/立方米以下 is at most."""
    if match["high"]:
        return "range"
    after = next((r["comparator"] for n, r in enumerate(_rules("after")) if match[f"a{n}"]), None)
    before = next((r["comparator"] for n, r in enumerate(_rules("before")) if match[f"b{n}"]), None)
    if match["over"] and before is None and after is None:
        return ">"
    if match["least"]:
        return ">="
    if before == ">=" and match["about"] and match.string.startswith(_KEPT, match.start()):
        return "="  # 稳定在50%左右 is about 50
    return _both(before, after)


def _both(before: str | None, after: str | None) -> str:
    if after == ">=" and before == ">":
        return ">"
    if before == "<=" and after is None:
        return "<="
    return after or before or "="


@cache
def bounds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Words that make a bound of a number later in the clause: 至少吸纳1家, 不超过总投入30%."""
    rules = table("quantities")
    return tuple((c, re.compile(rules[n]["pattern"])) for c, n in _BOUNDS)
