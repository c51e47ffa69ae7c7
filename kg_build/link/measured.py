"""What a measure's name says, slot by slot: for whom, per what, what, and what kind of measure.

Two names mean the same indicator where all slots agree; the words stand in `measured.toml`.
"""

import re
import string
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Measured", "comparable", "fold", "measured", "relation", "vocabulary"]

_QUOTES = re.compile(r"[\s“”‘’\"'「」『』《》〈〉]")
_HALF_WIDTH = {ord(c) + 0xFEE0: c for c in string.digits + string.ascii_letters + "%."}
_BRACKETS = str.maketrans("(),", "（），")
_DASH = re.compile(r"(?<=\d)(?:[-‐-―−~〜]+|至|到)(?=\d)")
_AGE = re.compile(
    r"(?P<age>(?<!\d)\d{1,3}(?:-\d{1,3})?(?:岁|个月))(?:\(含\))?"
    r"(?P<bound>及以下|以下|以内|内|及以上|以上)?"
    r"(?:儿童青少年|儿童少年|婴幼儿|幼儿|婴儿|儿童|人口|人群)?"
)
_NUMERALS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
_AGE_IN_WORDS = re.compile(r"[零〇一二两三四五六七八九](?=周?岁|[-至到][一二三四五六七八九]周?岁)")
_PLACE_NAME = re.compile(r"(.+?)(?:特别行政区|自治区|自治州|自治县|省|市|盟|区|县|旗)")
_LIST = re.compile(r"[、,和]")


@dataclass(frozen=True, slots=True)
class Measured:
    """The slots of a measure's name.

    `core` is `what` without the words that only narrow it; `unit` is the dimension of the
    value (`ratio`, `count`, …), None where neither name nor value tells. `gathered` is a
    measure that grows with the place it is taken in: a sum, and no rate or average.
    """

    per: frozenset[str]
    population: frozenset[str]
    what: str
    core: str
    kind: str
    unit: str | None
    gathered: bool


@cache
def vocabulary() -> dict[str, Any]:
    """The tables of `measured.toml`."""
    return tomllib.loads((files(__package__) / "measured.toml").read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """Half-width forms, no white space, no quotation marks, one form of dash."""
    text = _QUOTES.sub("", unicodedata.normalize("NFKC", text))
    text = _AGE_IN_WORDS.sub(lambda m: m.group().translate(_NUMERALS), text)
    return _DASH.sub("-", text.replace("周岁", "岁"))


def comparable(name: str, place: str | None = None) -> str:
    """The name as it is shown: one form of letters, brackets, quotes and dashes, without scope."""
    text = re.sub(r"\s", "", name.translate(_HALF_WIDTH))
    text = re.sub(r"[「『\"]([^」』\"]*)[」』\"]", r"“\1”", _DASH.sub("-", text))
    return _without_scope(text, place).translate(_BRACKETS).strip("，。；：、")


def measured(name: str, *, unit: str | None = None, per: str | None = None) -> Measured:
    """The slots of `name`; `unit` and `per` are what the value says beside it."""
    text = _synonyms(_without_fillers(_opened(_without_scope(fold(name), None))))
    found, text = _taken(text, _per_pattern(), _per_names())
    value_unit, unit_per = _unit(unit)
    found |= unit_per | _stated_per(per)
    people, text = _populations(_without_implied(text.removeprefix(fold(per or "")), found))
    text = _leading_pattern().sub("", text)
    kind, what = _kind(_listed(text), value_unit)
    kind = kind or ("count" if found else "")
    return Measured(
        per=frozenset(found),
        population=frozenset(people),
        what=what,
        core=_qualifiers().sub("", what),
        kind=kind,
        unit=value_unit or ("ratio" if kind == "rate" else None),
        gathered=kind in {"", "count", "area"} and not found and not re.search("人均|平均", what),
    )


def relation(one: frozenset[str], other: frozenset[str]) -> str:
    """How the population `one` stands to `other`: same, near, narrower, unstated or other."""
    if one == other:
        return "same"
    general = {p["is"] for p in vocabulary()["population"] if p.get("general")}
    if (not one and other <= general) or (not other and one <= general):
        return "unstated"
    if one and (not other or _all_beside(one - other, other, "within")):
        return "narrower"
    if one and other and _all_beside(one - other, other, "near"):
        return "near"
    return "other"


def _all_beside(extra: frozenset[str], other: frozenset[str], how: str) -> bool:
    table = {p["is"]: set(p.get(how, ())) for p in vocabulary()["population"]}
    ages = {"儿童"} if how == "within" else set()
    return bool(extra) and all(table.get(p, ages) & other for p in extra)


def _without_scope(text: str, place: str | None) -> str:
    names = _place_names(place) if place else ()
    scope = vocabulary()["scope"]
    words = "|".join(re.escape(w) for w in _longest([*names, *scope["words"]]))
    letters, longer = scope["letters"], scope["part_of_word_before"]
    return re.sub(rf"^(?:{words}|[{letters}](?![{longer}]))(?=..)", "", text)


def _place_names(place: str) -> Iterable[str]:
    for match in _PLACE_NAME.finditer(fold(place)):
        yield match.group()
        if len(match.group(1)) > 1:
            yield match.group(1)


def _without_fillers(text: str) -> str:
    return _filler_pattern().sub("", text)


def _opened(text: str) -> str:
    opening = vocabulary()["opening"]
    return re.sub(opening["pattern"], opening["put"], text)


def _synonyms(text: str) -> str:
    table = _synonym_table()
    for _ in range(2):  # a form may come to light only when another word was replaced
        text = _synonym_pattern().sub(lambda m: table[m.group()], text)
    return text


def _taken(text: str, pattern: re.Pattern[str], names: dict[str, str]) -> tuple[set[str], str]:
    return {names[m] for m in pattern.findall(text)}, pattern.sub("", text)


def _unit(unit: str | None) -> tuple[str | None, set[str]]:
    """The dimension of a unit and what it is per: 名/千名儿童 counts, per 千名儿童."""
    if not unit:
        return None, set()
    text, known = fold(unit), _dimensions()
    if text in known:
        return known[text], set()
    found, rest = _taken(text, _per_pattern(), _per_names())
    head, _, unknown = rest.partition("/")
    return known.get(head, "count"), found | ({unknown} if unknown else set())


def _stated_per(per: str | None) -> set[str]:
    if not per:
        return set()
    text = fold(per)
    text = text if text.startswith(("每", "各", "/")) else f"每{text}"
    return _taken(text, _per_pattern(), _per_names())[0] or {text}


def _without_implied(text: str, per: set[str]) -> str:
    for entry in vocabulary()["per"]:
        if entry["is"] in per:
            for word in entry.get("implies", ()):
                text = text.replace(word, "")
    return text


def _populations(text: str) -> tuple[set[str], str]:
    ages = {m["age"] + (m["bound"] or "").replace("以内", "内") for m in _AGE.finditer(text)}
    found, rest = _taken(_AGE.sub("", text), _population_pattern(), _population_names())
    for entry in vocabulary()["population"]:
        parts = set(entry.get("parts", ()))
        if parts and parts <= found:
            found = (found - parts) | {entry["is"]}
    return found | ages, rest


def _listed(text: str) -> str:
    """The members of an enumeration, each once."""
    return "和".join(dict.fromkeys(piece for piece in _LIST.split(text) if piece))


def _kind(text: str, unit: str | None) -> tuple[str, str]:
    kind, what = "", text
    for entry in vocabulary()["kind"]:
        ending = next((e for e in entry["endings"] if text.endswith(e) and text != e), None)
        if ending and not text.endswith(tuple(entry.get("not_endings", ()))):
            kind, what = entry["is"], text.removesuffix(ending) if entry.get("cut") else text
            break
    if unit == "ratio" and kind in {"", "count", "standard"}:
        return "rate", what
    implied = {"hours": "time", "years": "time", "concentration": "concentration"}
    return kind or implied.get(unit or "", "count" if unit == "count" else ""), what


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda w: (-len(w), w))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in _longest(words)))


def _table(name: str) -> dict[str, str]:
    return {fold(w): e["is"] for e in vocabulary()[name] for w in e["words"]}


@cache
def _synonym_table() -> dict[str, str]:
    own = {e["is"]: e["is"] for e in vocabulary()["synonym"]}
    return own | _table("synonym")


@cache
def _synonym_pattern() -> re.Pattern[str]:
    return _any_of(_synonym_table())


@cache
def _filler_pattern() -> re.Pattern[str]:
    return re.compile("|".join(vocabulary()["fillers"]["words"]))


@cache
def _leading_pattern() -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(vocabulary()['leading']['words'])})(?=..)")


@cache
def _qualifiers() -> re.Pattern[str]:
    return _any_of(fold(w) for w in vocabulary()["qualifiers"]["words"])


@cache
def _per_names() -> dict[str, str]:
    return _table("per")


@cache
def _per_pattern() -> re.Pattern[str]:
    return _any_of(_per_names())


@cache
def _population_names() -> dict[str, str]:
    return _table("population")


@cache
def _population_pattern() -> re.Pattern[str]:
    return _any_of(_population_names())


@cache
def _dimensions() -> dict[str, str]:
    return _table("unit")
