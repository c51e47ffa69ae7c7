"""A question in pieces, with what the steps of reading ask about them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from queries.asking.chart import CONTENT, Piece
from queries.asking.lexicon import Lexicon
from queries.asking.similarity import Likeness
from queries.asking.spelling import Correction
from queries.asking.words import Words

__all__ = ["Question", "Run"]

_SILENT = ("filler", "planning", "both", "serves", "except", "except_end")
_ALSO_EACH = ("都", "均", "都要", "都有")
_BEARERS = ("unit", "function", "place")


@dataclass(frozen=True, slots=True)
class Run:
    """Content pieces that stand together; `joined` where 和 or 或 links it to the run before."""

    pieces: tuple[Piece, ...]
    text: str
    first: int
    last: int
    joined: bool


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The pieces, and what is needed to make sense of them."""

    pieces: tuple[Piece, ...]
    corrections: tuple[Correction, ...]
    lexicon: Lexicon
    words: Words
    likenesses: dict[str, Likeness]
    occurs: Callable[[str], bool]
    common: Callable[[], dict[str, str]]
    reread: Callable[[str], tuple[Piece, ...]]

    def likeness(self, kind: str) -> Likeness:
        """How like a phrase is to the names of a kind."""
        return self.likenesses[kind]

    def without(self, kind: str) -> "Question":
        """The question read as if no name of a kind were known."""
        return replace(self, pieces=self.reread(kind)) if self.has(kind) else self

    def find(self, *kinds: str) -> Iterator[tuple[int, Piece]]:
        """Positions and pieces that may be of one of the kinds."""
        return ((i, p) for i, p in enumerate(self.pieces) if p.sense(*kinds))

    def has(self, *kinds: str) -> bool:
        """Whether any piece may be of one of the kinds."""
        return any(True for _ in self.find(*kinds))

    def meanings(self, kind: str) -> tuple[str, ...]:
        """What the pieces of a kind mean, in order."""
        kinds = (kind, "quantified", "percentage") if kind == "thing" else (kind,)
        return tuple(s.value for _, p in self.find(*kinds) if (s := p.sense(*kinds)))

    def about(self, piece: Piece) -> bool:
        """Whether what looks like a shortened place is a topic, a domain or an indicator."""
        named = piece.sense("topic", "domain", "indicator") is not None
        return named and not any(s.exact for s in piece.all_of("place"))

    def has_number(self) -> bool:
        """Whether a plan is named by its document number."""
        number = next(p for p in self.words.patterns if p.kind == "number")
        return any(number.expression.fullmatch(p.text) for _, p in self.find("plan"))

    def excepted(self, at: int) -> bool:
        """Whether 除了 stands before the name at a position, with only names in between.

        除了民政局，同心县还有谁: what follows a comma is not left out.
        """
        for before, after in zip(
            reversed(self.pieces[:at]), reversed(self.pieces[: at + 1]), strict=False
        ):
            if before.end < after.start and not after.text.isascii():
                return False
            if before.sense("except"):
                return True
            article = before.text.isascii() and before.sense("filler")
            if not article and not before.sense(*_BEARERS, "alternative"):
                return False
        return False

    def both(self) -> bool:
        """Whether all of several things shall hold: 都, 同时, 既…又.

        教育局和民政局都牵头哪些任务 asks what each of them leads.
        """
        for at, piece in self.find("both"):
            rest = self.pieces[at + 1 :]
            role = next((i for i, p in enumerate(rest) if p.sense("role")), None)
            each = role is not None and any(
                p.sense("which", "amount") for p in rest[role + 1 : role + 2]
            )
            if piece.text not in _ALSO_EACH or not each:
                return True
        return False

    def silent(self, at: int) -> bool:
        """Whether the piece at a position says nothing of its own."""
        return self.pieces[at].sense(*_SILENT) is not None

    def content(self, at: int) -> bool:
        """Whether the piece at a position is what the question is about."""
        piece = self.pieces[at]
        own = {s.kind for s in piece.senses} - set(CONTENT)
        return not piece.senses or (bool(piece.sense(*CONTENT)) and not own)

    def runs(self) -> tuple[Run, ...]:
        """The content of the question, as runs of neighbouring pieces."""
        runs: list[Run] = []
        at = 0
        while at < len(self.pieces):
            if not self.content(at):
                at += 1
                continue
            last = self._reach(at)
            runs.append(self._run(at, last, runs))
            at = last + 1
        return tuple(runs)

    def _reach(self, first: int) -> int:
        """The last piece of the run; words without meaning of two letters do not end it."""
        last = first
        for at in range(first + 1, len(self.pieces)):
            if self.content(at):
                last = at
            elif not (self.silent(at) and len(self.pieces[at].text) > 1):
                break
        return last

    def _run(self, first: int, last: int, before: list[Run]) -> Run:
        inside = self.pieces[first : last + 1]
        gap = " " if inside[0].text.isascii() else ""
        between = range(before[-1].last + 1, first) if before else range(0)
        joined = (
            bool(between)
            and all(self.pieces[i].sense("alternative", *_SILENT) for i in between)
            and any(self.pieces[i].sense("alternative") for i in between)
        )
        kept = tuple(p for i, p in enumerate(inside, start=first) if self.content(i))
        return Run(kept, gap.join(p.text for p in inside), first, last, joined)
