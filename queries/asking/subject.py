"""What a question is about: its content as topics, indicators, domains or words of the text."""

from collections.abc import Iterable
from dataclasses import replace

from queries.asking.english import english_conditions
from queries.asking.lexicon import Sense
from queries.asking.measures import (
    in_order,
    indicators,
    is_measure,
    measure_conditions,
    measured_name,
    titled,
    with_amount,
    with_measure,
)
from queries.asking.question import Question, Run
from queries.asking.reading import Condition, Reading, Unreadable, condition_on
from queries.asking.similarity import nearest

__all__ = ["subject_conditions"]

_NATIONAL = ("national", "comparison")  # whose names are English too
_OF_PLANS = ("targets", "actions", "units")


def subject_conditions(question: Question, reading: Reading) -> Reading:
    """`reading` with the conditions that the content sets; nothing of it is left out.

    Raises: `Unreadable` for words that neither a name nor the text of any action has.
    """
    for run in in_order(question, reading):
        reading = _with_run(question, reading, run)
    reading = _either(question, reading)
    if reading.asked == "targets" and question.has("amount") and not question.runs():
        return with_amount(question, reading)
    if reading.asked == "targets":
        # 哪些指标涉及托育: a target has the topic of its task and no text of its own.
        renamed = (
            replace(c, parameter="topic") if c.parameter == "mention" else c
            for c in reading.conditions
        )
        return replace(reading, conditions=tuple(renamed))
    return reading


def _either(question: Question, reading: Reading) -> Reading:
    """议事会、议事组织: of a topic or a word either will do, so both are looked for as words."""
    words = next((c for c in reading.conditions if c.parameter == "any" and not c.loose), None)
    about = [c for c in reading.conditions if c.parameter in {"topic", "mention"}]
    if not words or not about or not any(run.joined for run in question.runs()):
        return reading
    texts = tuple(run.text for run in question.runs())
    kept = (c for c in reading.conditions if c.parameter not in {"topic", "mention", "any", "word"})
    return replace(reading, conditions=(*kept, Condition("any", texts, texts)))


def _with_run(question: Question, reading: Reading, run: Run) -> Reading:
    if reading.asked != "places" and all(p.sense("action") for p in run.pieces):
        return reading  # named_conditions has taken it
    _refuse_place(question, run)
    for condition in _conditions(question, reading, run):
        if condition.parameter in {"indicator", "national"}:
            reading = with_measure(question, reading, condition, run)
        else:
            reading = reading.with_condition(condition)
    return reading


def _refuse_place(question: Question, run: Run) -> None:
    """澜水市 is no place of the graph, and no subject either."""
    after = question.pieces[run.last + 1 : run.last + 2]
    unknown = all(not p.senses for p in run.pieces) and len(run.text) > 1
    for kind in after:
        name = run.text + kind.text
        placed = kind.start == run.pieces[-1].end and kind.text in question.words.endings.place
        if unknown and placed and not question.occurs(name):
            raise Unreadable("no_plan", name)


def _conditions(question: Question, reading: Reading, run: Run) -> Iterable[Condition]:
    if domain := _domain_of(question, run):
        return (domain,)
    if any(p.sense("gloss") for p in run.pieces) and reading.asked not in _NATIONAL:
        return _in_english(question, reading, run)
    # Names of local indicators are Chinese only.
    if reading.asked == "national" or (reading.asked == "comparison" and run.text.isascii()):
        return (indicators(question, run, "national"),)
    if reading.asked in _OF_PLANS and (plans := _plans_on(question, run)):
        return (condition_on("plan", plans),)
    if is_measure(question, reading, run):
        return measure_conditions(question, reading, run)
    return _about(question, reading, run)


def _in_english(question: Question, reading: Reading, run: Run) -> Iterable[Condition]:
    if served := _served(question, run):
        return (replace(condition_on("beneficiary", served), labels=(run.text,)),)
    return english_conditions(question, reading, run)


def _plans_on(question: Question, run: Run) -> tuple[Sense, ...]:
    """The only plan of a place asked about, where its title says what the targets are about.

    福建的充电目标 are those of Fujian's plan on charging.
    """
    if len(run.text) < 2 or any(p.sense("indicator") for p in run.pieces):
        return ()
    if any(run.text in s.label for s in question.lexicon.of_kind("indicator")) and question.has(
        "amount", "quantity"
    ):
        return ()
    places = {s.value for _, p in question.find("place") for s in p.all_of("place")}
    plans = [s for s in question.lexicon.of_kind("plan") if run.text in s.label]
    here = {s.value: s for s in plans if _of_places(question, s, places)}
    return tuple(here.values()) if places and len(here) == 1 else ()


def _of_places(question: Question, plan: Sense, places: set[str]) -> bool:
    """Whether a plan's title names a place asked about."""
    label = question.lexicon.label
    names = {label(place, "zh") for place in places}
    return any(name in plan.label or name[:-1] in plan.label for name in names if len(name) > 2)


def _domain_of(question: Question, run: Run) -> Condition | None:
    """The domain that a run names by itself, or with 领域 behind it."""
    after = question.pieces[run.last + 1 : run.last + 2]
    if any(s.value == "domains" for p in after for s in p.all_of("thing")):
        loosely = any(p.text == "方面" for p in after)
        return _domain(question, run, loosely=loosely)
    named = run.pieces[0].all_of("domain") if len(run.pieces) == 1 else ()
    return condition_on("domain", named) if named else None


def _domain(question: Question, run: Run, *, loosely: bool) -> Condition | None:
    """The domain of a name; 良种方面 may be no domain and just what is asked about."""
    exact = tuple(s for p in run.pieces for s in p.all_of("domain"))
    senses = question.lexicon.of_kind("domain")
    found = exact or tuple(s for s in senses if run.text.removesuffix("友好") in s.label)
    if not found and loosely:
        return None
    if not found:
        near = nearest(run.text, (s.label for s in senses))
        raise Unreadable("unknown_domain", run.text, nearest=near)
    return condition_on("domain", found)


def _about(question: Question, reading: Reading, run: Run) -> Iterable[Condition]:
    """The last topic of a run as topic, what stands before and after it as words of the text.

    What looks like the name of a body is none of these where bodies owe what is asked for.
    """
    owes = reading.asked == "actions" and question.has("role")
    unit = question.words.names["unit"].match(run.text)
    if unit and (owes or not question.occurs(run.text)):
        labels = (s.label for s in question.lexicon.of_kind("unit"))
        raise Unreadable("no_unit", unit[0], nearest=nearest(run.text, labels))
    if question.words.names["place"].match(run.text) and not question.occurs(run.text):
        if plans := titled(question, run):
            yield condition_on("plan", plans)
            return
        raise Unreadable("no_plan", run.text)
    if measured := measured_name(question, run):
        yield condition_on("indicator", measured)
        return
    if served := _served(question, run):
        yield replace(condition_on("beneficiary", served), labels=(run.text,))
        return
    text, topics, rest = _head(question, run)
    if topics:
        parameter = "mention" if question.has("mention") else "topic"
        # The question's own word stays with it, to be looked for where no task has the topic.
        yield Condition(parameter, tuple(s.value for s in topics), (text,))
        if not rest and reading.asked != "targets" and _other_name(question, run):
            yield Condition("any", (text,), (text,), loose=True)
    yield from _words(question, run, rest, alone=not topics)


def _served(question: Question, run: Run) -> tuple[Sense, ...]:
    """The groups that a run names: 面向残疾儿童; without such a word what is a topic too is one."""
    if len(run.pieces) != 1 or (run.pieces[0].sense("topic") and not question.has("serves")):
        return ()
    return run.pieces[0].all_of("beneficiary")


def _other_name(question: Question, run: Run) -> bool:
    """Whether this run, with what 或 or 和 joins to it, names topics by other than their own names.

    孤独症 stands for rehabilitation, but asks for the tasks whose text says 孤独症.
    """
    joined = question.has("alternative") and any(r.joined for r in question.runs())
    runs = question.runs() if joined else (run,)
    topics = {frozenset(s.value for p in r.pieces for s in p.all_of("topic")) for r in runs}
    if joined and len(topics) == 1:
        return False  # 母婴室（哺乳室）
    return all(_is_other_name(question, r) for r in runs)


def _is_other_name(question: Question, run: Run) -> bool:
    if len(run.pieces) != 1 or run.text.isascii():
        return False
    topics = run.pieces[0].all_of("topic")
    own = [question.lexicon.label(s.value, "zh") for s in topics]
    return bool(own) and not any(run.text.startswith(label) for label in own)


def _head(question: Question, run: Run) -> tuple[str, tuple[Sense, ...], list[str]]:
    """The last topic of a run: its word, what it may be, and the other words of the run."""
    topical = [i for i, p in enumerate(run.pieces) if p.sense("topic")]
    if topical:
        head = run.pieces[topical[-1]]
        loose_letter = any(len(p.text) == 1 and not p.senses for p in run.pieces)
        if (head is not run.pieces[-1] or loose_letter) and question.occurs(run.text):
            return "", (), [p.text for p in run.pieces]  # 儿童之家 is a name of its own
        topics = head.all_of("topic")
        rest = [p.text for i, p in enumerate(run.pieces) if i != topical[-1]]
        return head.text, topics, rest + _narrowing(question, head.text, topics)
    # A name that ends in a topic: 图书馆 of 儿童友好图书馆.
    for at in range(1, len(run.text) - 1):
        found = question.lexicon.senses.get(run.text[at:], ())
        if ending := tuple(s for s in found if s.kind == "topic"):
            return run.text[at:], ending, [run.text[:at]]
    return "", (), [p.text for p in run.pieces]


def _narrowing(question: Question, text: str, topics: tuple[Sense, ...]) -> list[str]:
    """What a name adds in front of its topic's own: 口袋 of 口袋公园."""
    for topic in topics:
        own = question.lexicon.label(topic.value, "zh")
        if text.endswith(own) and text != own:
            return [text.removesuffix(own)]
    return []


def _words(question: Question, run: Run, texts: list[str], *, alone: bool) -> Iterable[Condition]:
    if not texts:
        return
    whole = run.text if alone else "".join(texts)
    parameter = "any" if alone and (run.joined or _linked(question, run)) else "word"
    found = [whole] if question.occurs(whole) else texts
    # One letter alone, such as 多 or 比, is no subject.
    missing = tuple(word for word in found if len(word) < 2 or not question.occurs(word))
    if missing:
        raise Unreadable("unknown_word", *missing)
    yield Condition(parameter, tuple(found), tuple(found))


def _linked(question: Question, run: Run) -> bool:
    """Whether another run is joined to this one by 或 or 和."""
    return any(other.joined and other.first > run.last for other in question.runs())
