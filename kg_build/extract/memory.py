"""What the numbers of a sentence measure so far, for those that go on from them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg_build.extract.baselines import Comparison, is_of_last, unchanged
from kg_build.extract.clauses import Sentence
from kg_build.extract.denominators import frequency
from kg_build.extract.pieces import SHARE, Measure, Piece, without, worded
from kg_build.extract.quantities import Quantity
from kg_build.extract.shares import of_kind, whole_of
from kg_build.extract.ties import GRANT, is_share, stripped, tied

__all__ = ["Memory"]

#: how far something is that is built, before its name or behind it
_STAGES = "(?:基本)?(?:开工|建成|完工|竣工|投用|交付)"
_STAGE = re.compile(f"^新?{_STAGES}|{_STAGES}$")
_WORK = re.compile("(?:改造提升|提升改造|提标改造|改扩建|改造|改建|扩建|续建|迁建|修缮|修复|维修)$")
_EACH = re.compile("每(?P<unit>[一-鿿])(?=均|至少|不少于|不低于|不超过|约|[0-9])")
_GIVEN = re.compile(f"[^占]{{0,24}}?{GRANT}")
_ONLY_CHANGE = 4  # 增长, 再提高: words that name a change and nothing else


@dataclass(slots=True)
class Memory:
    """The measures of a sentence's numbers so far: `root` named its subject itself."""

    sentence: Sentence
    source: str
    compared: tuple[Comparison, ...] = ()
    last: Measure | None = None
    root: Measure | None = None
    unit: str | None = None
    has_grown: bool = False  # by a percentage
    made: list[tuple[str | None, Measure]] = field(default_factory=list)  # each with its unit
    counted: dict[str | None, Measure] = field(default_factory=dict)  # the last of each unit
    shares: list[tuple[int, str]] = field(default_factory=list)  # where each ends, and its name

    def words(self, measure: Measure, way: int) -> str:
        """The measure's words; where only a change or a share is named, that of the number before.

        A share of what was said to grow: `研发投入增长10%,占比达到2%`. Nothing where a change is
        named and not of what.
        """
        words = self._worded(measure)
        if way and len(words) <= _ONLY_CHANGE:
            of = self._subject(self.last) if self.last else unchanged(words)
            return of + words if of else ""
        if measure.pieces[-1] == SHARE:
            words = self._of_kind(words, measure)
        elif tied("kinds").fullmatch(words) and self.last:
            words += tied("kinds").sub("", self._worded(self.last), count=1)
            measure = replace(measure, pieces=(words,))
        if self.root and is_of_last(words):
            subject, words = self._subject(self.root), words.replace("的" + SHARE, "比重")
            self.last = replace(measure, pieces=(subject, *measure.pieces))
            return subject + words
        self.last = self.root = measure
        return words + worded(self.sentence, self.source, measure.every)

    def keep(self, measure: Measure, quantity: Quantity, words: str, way: int) -> None:
        """Remembers what a number measures, and how it is called."""
        self.unit = quantity.unit
        self.counted[quantity.unit] = measure
        self.made.append((quantity.unit, measure))
        self.has_grown = bool(way) and quantity.unit == "%"
        if quantity.unit == "%":
            self.shares.append((max(quantity.end, measure.end), words))

    def again(self, quantity: Quantity) -> Measure | None:
        """A measure named before that a number goes with, by its unit: `到2026年达到15家`."""
        is_level = self._is_level(quantity)
        last = self.last if is_level or quantity.unit == self.unit else self._whole(quantity)
        last = last or self._each(quantity) or self._given(quantity)
        if last is None:
            return None
        every = frequency(self.sentence, quantity, last.end) or last.every
        again = replace(last, end=quantity.end, form="carried", every=every)
        subject = self._subject(last)
        if done := self._done(last, quantity, subject):
            return replace(again, pieces=done)
        is_level = is_level or quantity.comparator == ">="
        return replace(again, pieces=(subject,)) if is_level else again

    def again_all(self, group: Sequence[Quantity]) -> list[Measure]:
        """As many measures named before, for values of their units: `到2030年分别达到75%和85%`."""
        last, first = self.made[-len(group) :], group[0]
        if len(group) == 1 or [unit for unit, _ in last] != [q.unit for q in group]:
            return []
        if not tied("distributed").search(self.sentence.text, last[-1][1].end, first.begin):
            return []
        pairs = zip(last, group, strict=True)
        return [replace(m, end=q.end, form="carried") for (_, m), q in pairs]

    def share_before(self, at: int) -> str:
        """The share that the clause before speaks of: `覆盖率达到90%,力争实现全覆盖`."""
        return next((words for end, words in reversed(self.shares) if end + 1 == at), "")

    def _of_kind(self, words: str, measure: Measure) -> str:
        """A share's name with what the clause before, or the share before, says it is of."""
        begin, end = self.sentence.clause(max(measure.begin - 1, 0))
        before = stripped(self.sentence, begin, end)
        if measure.begin == end + 1 and is_share(self.sentence.text, *before):
            return whole_of(words, worded(self.sentence, self.source, (before,)))
        return of_kind(words, self.shares[-1][1]) if self.shares else words

    def _is_level(self, quantity: Quantity) -> bool:
        """Whether a number says what one that rises shall reach: `提高2个百分点,达到12%`."""
        if quantity.unit == "%":
            return (self.unit or "").endswith("百分点")
        return self.has_grown and quantity.comparator in {">=", ">"}  # 增长10%,超过5亿元

    def _whole(self, quantity: Quantity) -> Measure | None:
        """What was counted before of which a number is a part: `其中2025年建成12个`."""
        begin, _ = self.sentence.clause(quantity.at)
        is_part = self.sentence.text.startswith("其中", begin)
        return self.counted.get(quantity.unit) if is_part else None

    def _each(self, quantity: Quantity) -> Measure | None:
        """Each of what was counted before: `组建10支队伍,每支不少于20人`."""
        begin, _ = self.sentence.clause(quantity.at)
        each = _EACH.match(self.sentence.text, begin)
        counted = self.counted.get(each["unit"]) if each else None
        if each is None or counted is None:
            return None
        return replace(counted, pieces=(each.span(), *counted.pieces), per=(each.span(),))

    def _given(self, quantity: Quantity) -> Measure | None:
        """What is given of which a sum says how much at most: `按2%给予奖励,最高不超过10万元`."""
        is_sum = (quantity.unit or "").endswith("元") and quantity.comparator == "<="
        given = _GIVEN.match(self._worded(self.last)) if is_sum and self.last else None
        return replace(self.last, pieces=(given[0],)) if given and self.last else None

    def _subject(self, measure: Measure) -> str:
        """What a measure is of, without its change and the time that this is against."""
        return unchanged(self._worded(measure))

    def _done(self, last: Measure, quantity: Quantity, subject: str) -> tuple[Piece, ...]:
        """What else is done with the same: `住房开工500套、建成600套`, `新建10座、改造5座`."""
        text = self.sentence.view.text
        stage = _STAGE.search(text[last.end : quantity.begin])
        if stage and _STAGE.search(subject):
            return _STAGE.sub("", subject), stage[0]
        work = _WORK.search(text[last.end : quantity.begin])
        is_other = work is not None and work[0] not in text[last.begin : last.end]
        return (work[0], subject) if work and is_other else ()

    def _worded(self, measure: Measure) -> str:
        return worded(self.sentence, self.source, without(measure.pieces, self.compared))
