"""What a question asks the value of: indicators by their names, and what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from queries.asking.folding import fold
from queries.asking.lexicon import Sense
from queries.asking.question import Question, Run
from queries.asking.reading import Condition, Reading, Unreadable, condition_on
from queries.asking.similarity import made_of, nearest

__all__ = [
    "in_order",
    "indicators",
    "is_measure",
    "measure_conditions",
    "measured_name",
    "titled",
    "with_amount",
    "with_measure",
]

_MEASURED = ("targets", "comparison", "national")
_TITLE = 4  # letters that tell a plan by themselves
_LETTERS = re.compile(r"[^\w]+")
_ASKS = ("amount", "quantity")


def in_order(question: Question, reading: Reading) -> tuple[Run, ...]:
    """The content of a question, what its value is asked of before what stands around it.

    未来产业要打造多少家领军企业 asks for 领军企业, in what is said of 未来产业.
    """
    runs = question.runs()
    if reading.asked != "targets" or not question.has(*_ASKS):
        return runs
    asked = _asked(question, runs)
    return tuple(sorted(runs, key=lambda run: run not in asked))


def _asked(question: Question, runs: tuple[Run, ...]) -> set[Run]:
    """The runs behind how many, or else before how much, with what 和 joins to them."""
    found: list[Run] = []
    for at, piece in question.find(*_ASKS):
        behind = [r for r in runs if r.first > at]
        if piece.sense("amount") and behind and _follows(question, at, behind[0]):
            found.append(behind[0])
        else:
            found += [r for r in runs if r.last < at][-1:]
    joined = {run for pair in pairwise(runs) if pair[1].joined for run in pair}
    near = joined if joined.intersection(found) else set()
    return near.union(found)


def _follows(question: Question, at: int, run: Run) -> bool:
    return all(question.silent(i) for i in range(at + 1, run.first))


def with_measure(question: Question, reading: Reading, condition: Condition, run: Run) -> Reading:
    """The reading with what one more run measures; of two runs about one indicator what both name.

    What names no such indicator tells which plan, topic or task the indicator stands in.
    """
    old = next((c for c in reading.conditions if c.parameter == condition.parameter), None)
    if old is None or run.joined:
        return reading.with_condition(condition)
    shared = tuple(v for v in condition.values if v in old.values)
    if not shared and run in _asked(question, question.runs()):
        return reading.with_condition(condition)  # 多少条特色道路、多少座特色园
    if shared:
        both = replace(condition, values=shared)
        kept = tuple(both if c is old else c for c in reading.conditions)
        return replace(reading, conditions=kept)
    if around := _around(question, run):
        return reading.with_condition(around)
    raise Unreadable("unknown_indicator", run.text)


def _around(question: Question, run: Run) -> Condition | None:
    """The plan, the topic or the words that a run beside the one measured stands for."""
    if plans := titled(question, run):
        return condition_on("plan", plans)
    if len(run.pieces) == 1 and (topics := run.pieces[0].all_of("topic")):
        return Condition("topic", tuple(s.value for s in topics), (run.text,))
    return Condition("word", (run.text,), (run.text,)) if question.occurs(run.text) else None


def titled(question: Question, run: Run) -> tuple[Sense, ...]:
    """The plans, at most half of them, whose titles have all of a run: 杨数浦创新区."""
    said = _LETTERS.sub("", run.text)
    known = question.lexicon.of_kind("plan")
    plans = [s for s in known if len(said) > 1 and made_of(_LETTERS.sub("", fold(s.label)), said)]
    few = len({s.value for s in plans}) * 2 <= len({s.value for s in known})
    return tuple(plans) if few else ()


def is_measure(question: Question, reading: Reading, run: Run) -> bool:
    """Whether a run is looked for among the names of indicators."""
    of_places = reading.asked == "places" and (reading.has("value") or reading.has("year_to"))
    if reading.asked not in _MEASURED and not of_places:
        return False
    # 公园有哪些指标 asks for the targets of the actions about parks; 公园的目标是多少 for a target.
    latin = run.text.isascii()
    if latin and question.likeness("indicator").longer(run.text):
        return True  # PM2.5
    # Indicators have Chinese names only: an English topic is not looked for among them.
    asks = question.has("which", "compare") or (latin and not question.has("amount"))
    listed = reading.asked == "targets" and asks and reading.aggregate == "list"
    whole = len(run.pieces) == 1 and run.pieces[0].sense("topic")
    after = question.pieces[run.last + 1 : run.last + 2]
    if whole and any(p.text.endswith("指标") and p.sense("thing") for p in after):
        return False  # 托育指标 are those of tasks about childcare
    return not (listed and whole and not run.pieces[0].sense("indicator")) or _joins(question, run)


def _joins(question: Question, run: Run) -> bool:
    """Whether 和 joins a run to the name of an indicator: 儿科医生和床位."""
    pairs = [pair for pair in pairwise(question.runs()) if pair[1].joined and run in pair]
    others = {r for pair in pairs for r in pair} - {run}
    longer = question.likeness("indicator").longer
    return any(longer(r.text) and not _is_topic(r) for r in others)


def _is_topic(run: Run) -> bool:
    return len(run.pieces) == 1 and run.pieces[0].sense("topic") is not None


def indicators(question: Question, run: Run, kind: str) -> Condition:
    """The indicators that a run names, and their counterparts in the other places asked about.

    Raises: `Unreadable` where there are none.
    """
    found = (
        _of_shared(question, run, kind)
        or _closest(question, run.text, kind)
        or _closest(question, _untotalled(question, run.text), kind)
        or _of_topics(question, run, kind)
        or _of_words(question, run, kind)
    )
    if not found:
        labels = (s.label for s in question.lexicon.of_kind("indicator"))
        raise Unreadable("unknown_indicator", run.text, nearest=nearest(run.text, labels))
    return condition_on(kind, found + _counterparts(question, found))


def measure_conditions(question: Question, reading: Reading, run: Run) -> Iterator[Condition]:
    """The indicators of a run; 学前教育目标 are the targets of tasks about a topic.

    Raises: `Unreadable` where it is neither.
    """
    try:
        yield indicators(question, run, "indicator")
        return
    except Unreadable:
        found = tuple(_otherwise(question, reading, run))
        if not found:
            raise
    yield from found


def _otherwise(question: Question, reading: Reading, run: Run) -> Iterator[Condition]:
    """What a run that names no indicator as a whole may stand for."""
    topics = run.pieces[0].all_of("topic") if len(run.pieces) == 1 else ()
    before, named = run.text.removesuffix(run.pieces[-1].text), run.pieces[-1].all_of("indicator")
    if reading.has("indicator"):
        around = _around(question, run)
        yield from (around,) if around else ()
    elif named and before and question.occurs(before):
        # 地下空间开发比例: a task on 地下空间 has the indicator 开发比例.
        yield condition_on("indicator", named)
        yield Condition("word", (before,), (before,))
    elif reading.asked == "targets" and topics and not question.has("amount"):
        yield Condition("topic", tuple(s.value for s in topics), (run.text,))
    elif len(run.text) > _TITLE and (plans := titled(question, run)):
        yield condition_on("plan", plans)


def measured_name(question: Question, run: Run) -> tuple[Sense, ...]:
    """The indicators that a run names, where it is the name of something measured."""
    if not run.text.endswith(question.words.endings.measured):
        return ()
    return _closest(question, run.text, "indicator")


def with_amount(question: Question, reading: Reading) -> Reading:
    """How many of what is called by words that say nothing elsewhere: 几个儿童友好城市试点."""
    at, _ = next(question.find("amount"))
    text = "".join(p.text for p in question.pieces[at + 1 :])
    found = _closest(question, text, "indicator") if text else ()
    return reading.with_condition(condition_on("indicator", found)) if found else reading


def _closest(question: Question, text: str, kind: str) -> tuple[Sense, ...]:
    """Of each place the indicators most like a phrase: of that name, of a longer one, alike."""
    likeness = question.likeness(kind)
    found: dict[str, tuple[Sense, ...]] = {}
    # English names are compared by their words, not letters.
    ways = (likeness.exact, likeness.longer, likeness.alike)
    for near in ways[2:] if text.isascii() and kind == "national" else ways:
        labels = set(near(text))
        known = [s for s in question.lexicon.of_kind(kind) if s.label in labels]
        for place in {s.place for s in known} - set(found):
            found[place] = tuple(s for s in known if s.place == place)
    return tuple(s for place in sorted(found) for s in found[place])


def _of_topics(question: Question, run: Run, kind: str) -> tuple[Sense, ...]:
    """The indicators whose names hold the Chinese label of the topic that the whole run names."""
    if len(run.pieces) != 1:
        return ()
    labels = {question.lexicon.label(s.value, "zh") for s in run.pieces[0].all_of("topic")}
    known = question.lexicon.of_kind(kind)
    return tuple(s for s in known if any(label in s.label for label in labels))


def _of_words(question: Question, run: Run, kind: str) -> tuple[Sense, ...]:
    """The indicators whose names hold every word of two letters of a run, in any order."""
    parts = [part for p in run.pieces for part in p.text.split("的")]
    said = [part for part in parts if len(part) > 1 and not _is_plain(question, part)]
    if len(said) < 2:
        return ()
    return tuple(s for s in question.lexicon.of_kind(kind) if all(word in s.label for word in said))


def _of_shared(question: Question, run: Run, kind: str) -> tuple[Sense, ...]:
    """The indicators of a joined name with what the first says for all: 儿童友好道路、社区."""
    chain = [r for r in question.runs() if r.first <= run.first]
    while len(chain) > 1 and chain[-1].joined:
        chain.pop()
    first = chain[-1].text
    if not run.joined or len(run.pieces) > 1 or len(first) <= len(run.text):
        return ()
    labels = set(question.likeness(kind).longer(first[: -len(run.text)] + run.text))
    return tuple(s for s in question.lexicon.of_kind(kind) if s.label in labels)


def _untotalled(question: Question, text: str) -> str:
    """公园总数 without 总数: the name of a target may leave it out."""
    ending = next((end for end in question.words.endings.total if text.endswith(end)), "")
    return text.removesuffix(ending)


def _is_plain(question: Question, word: str) -> bool:
    """Whether a word only says that something is measured: 数量, 比例."""
    endings = question.words.endings
    return word in endings.measure or word in endings.measured


def _counterparts(question: Question, found: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """In places asked about beside others, indicators tied to the same national one.

    各地的儿科医生 and 儿科医师 compare where both meet the national indicator, exactly or closely.
    """
    places = {s.place for s in found}
    wanted = {s.value for _, p in question.find("place") for s in p.all_of("place")} - places
    if not found or not wanted:
        return ()
    linked = question.lexicon.of_kind("linked")
    national = {s.place for s in linked if s.value in {f.value for f in found}}
    same = {s.value for s in linked if s.place in national}
    known = question.lexicon.of_kind("indicator")
    return tuple(s for s in known if s.value in same and s.place in wanted)
