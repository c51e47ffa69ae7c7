"""What names of units are made of, as `unit_names.toml` lists it."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg_build.unit_link import Locality

__all__ = ["Lead", "UnitNames", "unit_names"]


_NOTE = re.compile(r"\([^()]*\)$")
#: how the names of these end
_TOWNS = {"town": "镇", "township": "乡", "subdistrict": "街道"}


@dataclass(frozen=True, slots=True)
class Lead:
    """A sign in a name that a department of the place above leads the body."""

    leadership: str
    pattern: re.Pattern[str]
    levels: tuple[str, ...]
    places: tuple[str, ...]

    def fits(self, text: str, place: str, level: str | None) -> bool:
        """Whether the name of a body in a place of a level shows it."""
        at_level = not self.levels or level in self.levels
        return at_level and place.endswith(self.places) and bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Patterns and words of `unit_names.toml`. **Text:** folded, without white space."""

    prefix: re.Pattern[str]
    league: re.Pattern[str]
    group: re.Pattern[str]
    mixed_group: re.Pattern[str]
    national: re.Pattern[str]
    not_national: re.Pattern[str]
    territory: re.Pattern[str]
    township: re.Pattern[str]
    division: re.Pattern[str]
    leads: tuple[Lead, ...]
    localities: tuple[tuple[str, re.Pattern[str]], ...]
    governing: frozenset[str]
    party: tuple[str, ...]
    dominant: frozenset[str]
    dominant_at_end: frozenset[str]
    same: re.Pattern[str]
    same_as: dict[str, str]

    def is_group(self, text: str) -> bool:
        """Whether the name stands for several bodies."""
        return bool(self.group.search(text))

    def is_mixed_group(self, text: str) -> bool:
        """Whether it stands for several bodies whose functions differ."""
        return self.is_group(text) and bool(self.mixed_group.search(text))

    def is_national(self, text: str) -> bool:
        """Whether the name, having neither level nor place, is a body of the whole country's."""
        return bool(self.national.search(text)) and not self.not_national.search(text)

    def is_territory(self, text: str) -> bool:
        """Whether the name is a territory's, which stands for who governs it."""
        return bool(self.territory.search(_NOTE.sub("", text)))

    def is_township(self, text: str) -> bool:
        """Whether the name is of a town or subdistrict, or of a body there."""
        return bool(self.township.search(text))

    def is_division(self, text: str) -> bool:
        """Whether the name, in the plan of one office, is of a division of that office."""
        return bool(self.division.search(text))

    def leadership(self, text: str, place: str, level: str | None) -> str | None:
        """How a department above leads the body of a place; None where nothing shows it."""
        return next((d.leadership for d in self.leads if d.fits(text, place, level)), None)

    def locality(self, stem: str) -> Locality | None:
        """The town, subdistrict or functional area whose government a name proper is."""
        for kind, pattern in self.localities:
            if found := pattern.search(stem):
                return Locality(found["name"] + _TOWNS.get(kind, ""), kind)
        return None

    def without_league_level(self, text: str) -> tuple[str, str]:
        """The level inside a name like 团区委 ("" where there is none), and the name without it."""
        league = self.league.search(text)
        if league is None:
            return "", text
        return league["level"], f"{text[: league.start()]}团委{text[league.end() :]}"

    def stem(self, text: str) -> tuple[str, str]:
        """The level at the head of a name ("" where there is none) and the name proper."""
        level, text = self.without_league_level(text)
        match = self.prefix.match(text)
        return (match["level"], text[match.end() :]) if match else (level, text)

    def alike(self, text: str) -> str:
        """The text with those spellings levelled that tell no bodies apart."""
        return self.same.sub(lambda m: self.same_as[m[0]], text)


@cache
def unit_names() -> UnitNames:
    """The word lists of this folder."""
    raw = tomllib.loads((files(__package__) / "unit_names.toml").read_text(encoding="utf-8"))
    alike: dict[str, str] = raw["alike"]
    level = f"(?P<level>{_one_of(raw['levels'])})"
    owner = f"(?:{_one_of(raw['owners'])})(?!$|{_one_of(raw['own_offices'])})"
    return UnitNames(
        prefix=re.compile(
            f"(?:{_one_of(raw['party'])})?(?!{_one_of(raw['not_levels'])}){level}(?:{owner})?"
        ),
        league=re.compile(f"团{level}委"),
        group=_any(raw["groups"]),
        mixed_group=_any(raw["mixed_groups"]),
        national=_any(raw["national"]),
        not_national=_any(raw["not_national"]),
        territory=_any(raw["territories"]),
        township=_any(raw["townships"]),
        division=_any(raw["divisions"]),
        leads=tuple(map(_lead, raw["leads"])),
        localities=tuple((one["kind"], re.compile(one["pattern"])) for one in raw["localities"]),
        governing=frozenset(raw["governing"]),
        party=tuple(raw["party"]),
        dominant=frozenset(raw["dominant"]),
        dominant_at_end=frozenset(raw["dominant_at_end"]),
        same=re.compile(_one_of(alike)),
        same_as=alike,
    )


def _lead(raw: dict[str, Any]) -> Lead:
    return Lead(
        leadership=raw["leadership"],
        pattern=re.compile(raw["pattern"]),
        levels=tuple(raw.get("levels", ())),
        places=tuple(raw.get("places", ("",))),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))
