"""Names typed with other letters of the same sound: 民正局 for 民政局.

Chinese is typed by sound, so a wrong letter mostly sounds as the right one. Of names that sound
otherwise only long ones are put right, for 水利局 and 水务局 are two bodies: they are offered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from pypinyin import Style, lazy_pinyin

from queries.asking.chart import Piece
from queries.asking.folding import fold
from queries.asking.lexicon import Lexicon

__all__ = ["Correction", "Spelling", "is_odd", "put_right"]

_SHORTEST, _LONG, _LONGEST = 3, 5, 16
_BODIES = frozenset("局委办厅院会部")  # the last letters of names of bodies
# Sounds that many speakers do not part, and so type for each other.
_LIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
_Sound = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """Part of a question and the name that sounds the same. Offsets count letters, half-open."""

    start: int
    end: int
    said: str
    name: str


def is_odd(piece: Piece) -> bool:
    """Whether a piece may belong to a name with a wrong letter: it is unknown, or a lone 局."""
    lone = piece.text in _BODIES and not piece.sense("unit", "function")
    return not piece.text.isascii() and (lone or not piece.senses)


@dataclass(frozen=True, slots=True)
class Spelling:
    """The names of units and places by their sound."""

    names: dict[_Sound, str] = field(hash=False)
    gapped: dict[str, str] = field(hash=False)

    @classmethod
    def of(cls, lexicon: Lexicon) -> "Spelling":
        """The sounds of a graph's names, and long names with any letter left open.

        Of names that sound alike the first counts; names that differ in one letter are no guide.
        """
        names: dict[_Sound, str] = {}
        gapped: dict[str, str] = {}
        for surface in _surfaces(lexicon):
            names.setdefault(_sound(surface), surface)
            for gap in _gaps(surface):
                gapped[gap] = surface if gapped.get(gap, surface) == surface else ""
        return cls(names, gapped)

    def corrections(self, text: str, pieces: Iterable[Piece]) -> Iterator[Correction]:
        """What to put right in a folded question, from left to right, where a piece is odd."""
        after = 0
        known = tuple(pieces)
        whole = [p for p in known if p.senses and not p.sense("place")]  # 吴中 and 区妇连
        cuts = {at for p in whole for at in range(p.start + 1, p.end)}
        for piece in filter(is_odd, known):
            if piece.start < after:
                continue
            if found := self._around(text, piece, after, cuts):
                yield found
                after = found.end

    def _meant(self, said: str) -> str:
        """The name of the same sound, or the only long one that differs in one letter."""
        if name := self.names.get(_sound(said)):
            return name
        near = {self.gapped[gap] for gap in _gaps(said) if self.gapped.get(gap)}
        return near.pop() if len(near) == 1 else said

    def _around(self, text: str, piece: Piece, after: int, cuts: set[int]) -> Correction | None:
        """The longest span over an unknown piece that sounds as a name and cuts no known word."""
        starts = range(max(after, piece.end - _LONGEST), piece.start + 1)
        spans = (
            (start, end)
            for start in starts
            for end in range(
                max(piece.end, start + _SHORTEST), min(len(text), start + _LONGEST) + 1
            )
        )
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            said = text[start:end]
            name = said if cuts & {start, end} else self._meant(said)
            if name != said and len(name) == len(said):
                return Correction(start, end, said, name)
        return None


def _gaps(name: str) -> Iterator[str]:
    """A long name with each letter but the first, which is its level, left open."""
    if len(name) >= _LONG:
        yield from (f"{name[:at]}*{name[at + 1 :]}" for at in range(1, len(name)))


def put_right(text: str, corrections: Iterable[Correction]) -> str:
    """The question with the names in the place of what sounds the same."""
    done, after = "", 0
    for correction in corrections:
        done += text[after : correction.start] + correction.name
        after = correction.end
    return done + text[after:]


def _surfaces(lexicon: Lexicon) -> Iterator[str]:
    """Chinese names of units, functions and places with plans, those of units first."""
    for kind in ("unit", "function", "place"):
        for surface, senses in lexicon.senses.items():
            said = [s for s in senses if s.kind == kind]
            if kind == "place":
                said = [s for s in said if s.value in lexicon.planned]
            if said and len(surface) >= _SHORTEST and not surface.isascii():
                yield fold(surface)


def _sound(text: str) -> _Sound:
    """One syllable a letter, without tones and fine differences; what has no sound is itself."""
    return tuple(map(_syllable, text))


@cache
def _syllable(letter: str) -> str:
    syllable = lazy_pinyin(letter, style=Style.NORMAL)[0]
    for fine, plain in _LIKE:
        syllable = syllable.replace(fine, plain)
    return syllable
