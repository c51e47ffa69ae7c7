"""Places of GB/T 2260, and the one that a plan is for.

A name with its kind (周村区) stands for a place where only one bears it; of several bearers
(鼓楼区) the one whose province or city the document names. A name without its kind (周村)
counts only where the document also writes it in full. What stays in doubt is no place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg_build.lex.gazetteer import Gazetteer, Match
from kg_build.lex.view import tight
from ontology import ZT, concepts

__all__ = ["Place", "find_place", "lineage", "place", "places", "places_in"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"

# What may stand directly before a place's name.
_BOUNDARY = re.compile(
    r"(?:[^\u4e00-\u9fff]|关于|印发|中共|国家|推进|加快|支持|推动|进一步|全面|促进|位于|[0-9]年度?|[在对与和及为将省市州盟区县旗])$"
)
_REACH = 4  # letters of its longest word
# What makes a longer name of a place's short name: 长春新区, 朝阳街道, 同心路.
_LONGER = re.compile(
    r"(?:新区|新城|高新|经开|经济|开发区|示范区|合作区|工业园|[省市县区州盟旗镇乡村路街河湖山江港湾大])"
)
_LEVELS = {"province": 0, "prefecture": 1, "county": 2}
_OPENING = 40  # letters in which a text without a recognised title names itself
_SUITED = re.compile(r"(?:结合|立足|根据|紧扣)(?P<place>[一-鿿]{2,12}?)(?:的)?实际")
#: the verb before a body of a county, and not the county that is called so
_WITH = re.compile("会同(?=县[一-鿿]{1,12}(?:局|委|办|部|院|会|中心))")
_TITLES = re.compile(r"《[^《》]*》")
#: 我市, 全市, 市委, 市直: of what kind the place is
_OWN_KIND = re.compile(r"(?<=[我全本])[省市县区州盟旗]|[省市县区州盟旗](?=委|政府|直)")
_OFTEN = 2  # a name seen only once in the body may be anybody's


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division. `short` is the name without its kind, where that has sense."""

    code: str
    name: str
    full_name: str
    short: str | None
    level: int
    parent: str | None


def find_place(title: str, issuers: Sequence[str], text: str) -> tuple[str, str] | None:
    """Code and full name of the place a plan is for, None where that stays in doubt.

    The title is heard first (where it is not known, how the text opens), then the issuing
    bodies, then the body of the text: the place that it suits itself to, or that pervades it.
    """
    title, text = tight(title), _WITH.sub("", tight(text))
    names = [tight(name) for name in issuers]
    backing = _Backing("\n".join((title, *names, text)))
    found = (
        backing.settle([_own(title) or text[:_OPENING]])
        or backing.settle(names)
        or backing.suited(text)
        or backing.pervading(_TITLES.sub("》", text))
        or backing.citing(text)
    )
    return (found.code, found.full_name) if found else None


def _own(title: str) -> str:
    """A title without those of other documents in it, unless it is nothing else."""
    return _TITLES.sub("", title) if re.search(r"《.*》.*[一-鿿]{4}", title) else title


@cache
def places() -> dict[str, Place]:
    """All places by code."""
    return {
        c.notation: _place(c.notation, c.labels, c.broader, c.values) for c in concepts("place")
    }


def place(code: str) -> Place:
    """The place of a code. Raises: KeyError for a code that GB/T 2260 does not have."""
    return places()[code]


def lineage(code: str) -> tuple[Place, ...]:
    """The place itself, then what it belongs to, up to the province."""
    own = places()[code]
    return (own, *lineage(own.parent)) if own.parent else (own,)


def places_in(text: str) -> Iterator[Match]:
    """Names of places in a text, with and without their kind."""
    return _names().find(text)


def _place(
    code: str,
    labels: tuple[str, ...],
    broader: tuple[str, ...],
    values: dict[str, tuple[str, ...]],
) -> Place:
    return Place(
        code=code,
        name=labels[0],
        full_name=values.get(_SKOS + "altLabel", labels[:1])[0],
        short=values.get(_SKOS + "hiddenLabel", (None,))[0],
        level=_LEVELS[values[ZT + "level"][0]],
        parent=broader[0].rpartition("/")[2] if broader else None,
    )


@cache
def _names() -> Gazetteer:
    entries = []
    for one in places().values():
        entries += [(one.full_name, one.code), (one.name, one.code)]
        if one.short:
            entries.append((one.short, one.code))
    return Gazetteer(entries)


@dataclass(frozen=True, slots=True)
class _Backing:
    """What the whole document says for or against a place."""

    text: str

    def settle(self, sources: Iterable[str]) -> Place | None:
        """The deepest place named, where all places named lie on one line of descent."""
        found: dict[str, Place] = {}
        for source in sources:
            for name, before in _mentions(source):
                codes = self._bearers(source, name, before)
                if len(codes) > 1:
                    return None
                found |= {code: places()[code] for code in codes}
        return _one_line(found.values())

    def suited(self, text: str) -> Place | None:
        """The place to whose circumstances the text says it is suited: 结合抚州实际."""
        for match in _SUITED.finditer(text):
            codes = [*_names().codes(match["place"])]
            codes = codes if len(codes) == 1 else self._named(places()[c] for c in codes)
            if len(codes) == 1:
                return places()[codes[0]]
        return None

    def pervading(self, text: str) -> Place | None:
        """The place of a text that names no other but those it lies in or that lie in it."""
        counts: Counter[str] = Counter()
        short: Counter[str] = Counter()
        for name, before in _mentions(text):
            if name.word == places()[name.codes[0]].short:
                short.update(name.codes)
                continue
            codes = self._bearers(text, name, before)
            if len(codes) > 1:
                return None
            counts.update(codes)
        best = _holding(counts)
        return best if best and counts[best.code] + short[best.code] >= _OFTEN else None

    def citing(self, text: str) -> Place | None:
        """The place of the documents cited, where the text speaks of a place of its kind: 全市.

        Documents of higher places are cited too.
        """
        found = self.pervading(text)
        kinds = Counter(_OWN_KIND.findall(_TITLES.sub("》", text)))
        return found if found and [found.name[-1]] == [k for k, _ in kinds.most_common(1)] else None

    def _bearers(self, source: str, name: Match, before: Match | None) -> list[str]:
        """The places that a name may stand for here; none where it is no place's name."""
        own = [places()[code] for code in name.codes]
        if before and before.end == name.start:
            within = [p for p in own if _under(p, before.codes)]
            if within:
                return [p.code for p in within] if len(within) == 1 else self._named(within)
        whole = [p for p in own if name.word != p.short and p.parent not in name.codes]
        if not whole:
            return self._written_in_full(source, name, own)
        if len(whole) == 1 and _starts(source, name):
            return [whole[0].code]
        backed = self._named(whole)
        if backed or not _starts(source, name):
            return backed
        return [p.code for p in whole]

    def _named(self, candidates: Iterable[Place]) -> list[str]:
        """Those candidates whose province or city the document names."""
        by_chain = [p.code for p in candidates if self._chain_named(p)]
        if by_chain:
            return by_chain
        return [p.code for p in candidates if self._parent_named(p)]

    def _chain_named(self, candidate: Place) -> bool:
        """Whether the name stands directly after a parent's, as in 南京市鼓楼区."""
        return any(
            parent.name + candidate.name in self.text for parent in lineage(candidate.code)[1:]
        )

    def _parent_named(self, candidate: Place) -> bool:
        return any(
            parent.name in self.text or (parent.short is not None and parent.short in self.text)
            for parent in lineage(candidate.code)[1:]
        )

    def _written_in_full(self, source: str, name: Match, own: list[Place]) -> list[str]:
        if _LONGER.match(source, name.end) or not _starts(source, name):
            return []
        full = [p for p in own if p.name in self.text]
        # Of a province and a city of one name (吉林) neither backs the other.
        if len(full) > 1 and all(p.parent for p in full):
            return self._named(full) or [p.code for p in full]
        return [p.code for p in full]


def _starts(source: str, name: Match) -> bool:
    """Whether a name may start where it stands: 友好区 in 儿童友好区 does not."""
    before = source[max(0, name.start - _REACH) : name.start]
    return not before or bool(_BOUNDARY.search(before))


def _mentions(source: str) -> Iterator[tuple[Match, Match | None]]:
    before = None
    for name in places_in(source):
        yield name, before
        before = name


def _under(candidate: Place, codes: Iterable[str]) -> bool:
    return any(parent.code in codes for parent in lineage(candidate.code)[1:])


def _holding(counts: Mapping[str, int]) -> Place | None:
    """The deepest place that holds or lies in each of the others, and is named no less often."""
    found = [places()[code] for code in counts]
    below = {p.code: [q.code for q in found if p in lineage(q.code)] for p in found}
    fits = (
        p
        for p in found
        if all(q.code in below[p.code] or p.code in below[q.code] for q in found)
        and counts[p.code] == max(counts[code] for code in below[p.code])
    )
    return max(fits, key=lambda p: p.level, default=None)


def _one_line(found: Iterable[Place]) -> Place | None:
    """The deepest of places that all contain each other, None where two lie apart."""
    ordered = sorted(found, key=lambda p: p.level)
    if not ordered:
        return None
    line = {p.code for p in lineage(ordered[-1].code)}
    return ordered[-1] if all(p.code in line for p in ordered) else None
