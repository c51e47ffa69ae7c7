"""What to look for instead where nothing meets a reading, and what the answer then says.

Each way keeps every condition but one, which it takes in a wider sense; none goes unsaid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ontology import BASE
from queries.answering import run
from queries.asking.reading import Condition, Reading
from queries.stores.port import Store

__all__ = ["Looser", "loosened", "looser_readings", "over"]

Note = tuple[str, str]

_ROLE = BASE + "id/role/"
_SUBJECT = ("says", "topic", "mention", "beneficiary", "any", "word", "plan", "domain")
_SAID = ("mention", "beneficiary")  # what a text may have as a word
_DATED = ("actions", "targets", "commitments")
_YEARS = ("year_from", "year_to", "due_in")
# Where no task has a topic as its own and says the question's word: those of the topic, those that
# mention it, those whose text has the word.
_ABOUT: dict[str, Note] = {
    "topic": (
        "没有任务写明这个词；以下是同一主题的任务。",
        "No task says this word; the tasks below have the same topic.",
    ),
    "mention": (
        "没有以此为主题的任务；以下任务的正文提到了这一主题。",
        "No task has this as its topic; the tasks below mention the topic in their text.",
    ),
    "any": (
        "没有以此为主题的任务；以下任务的文字里有这个词。",
        "No task has this as its topic; the text of the tasks below has the word.",
    ),
}
_LIGHT = (
    "没有内容同时含有所有这些词；以下只按其中主要的词查找。",
    "Nothing says all of these words; what follows says the main ones.",
)
_TITLED = (
    "有的词只在计划的标题里；以下取自这份计划，并含有其余的词。",
    "Some of these words stand in the title of the plan only; what follows says the others.",
)
_UNDATED = (
    "没有写明期限；所问的时间包括整个规划期，以下是规划期内未另写期限的内容。",
    "No deadline is stated; the years asked for are the plan's whole period, and what follows has "
    "no other deadline.",
)
_TARGETS = (
    "没有任务写明这样的期限；以下是期限符合的指标和目标。",
    "No task states such a deadline; the targets below do.",
)
_SHARING = (
    "所问的计划没有这样的“参与”“配合”标注；以下按“责任单位”（不牵头）查找。",
    "The plan marks no such participation; what follows is of units named responsible that do not "
    "lead.",
)


_ANSWERS = {_ROLE + "lead", _ROLE + "responsible"}
_OTHER_ROLES = (
    "没有把它写为牵头或责任单位；以下是它以其他角色承担的任务。",
    "It is nowhere named as leading or responsible; below are its tasks in other roles.",
)
_OF_SAFEGUARDS = (
    "没有任务符合；以下是保障措施的责任单位。",
    "No task meets this; the units below answer for safeguards.",
)
_NO_TARGETS = (
    "没有写明这样的目标；以下是责任单位。",
    "No such targets are stated; the units below are responsible.",
)
_OVER = (
    "所问计划的规划期到{last}年为止，没有以{year}年为期限的内容；可以改问{last}年。",
    "The plan asked about ends in {last} and states nothing for {year}; ask for {last} instead.",
)


@dataclass(frozen=True, slots=True)
class Looser:
    """A wider reading and the note that says how; `undated` keeps only rows without deadline."""

    reading: Reading
    note: Note
    undated: bool = False


def looser_readings(reading: Reading, store: Store) -> Iterator[Looser]:
    """Wider readings, the nearest first."""
    yield from _main_words(reading)
    yield from _titled(reading, store)
    for parameter in _ways_about(reading):
        yield Looser(loosened(reading, parameter), _ABOUT[parameter])
    yield from _undated(reading, store)
    listed = reading.asked == "actions" and reading.aggregate == "list"
    if listed and _dated(reading) and not reading.has("month"):
        yield Looser(replace(reading, asked="targets"), _TARGETS)
    yield from _sharing(reading, store)
    if reading.has("unit") and set(reading.values("role")) == _ANSWERS:
        yield Looser(_without(reading, "role"), _OTHER_ROLES)
    if reading.asked == "commitments":
        yield Looser(replace(reading, asked="units"), _NO_TARGETS)
    if reading.asked == "units":
        yield Looser(replace(reading, asked="safeguard_units"), _OF_SAFEGUARDS)


def over(reading: Reading, store: Store) -> Note | None:
    """Says that the plans asked about end before the year by which something shall be done."""
    year = next(iter(reading.values("year_to")), "")
    named = {name: reading.values(name) for name in ("place", "plan") if reading.values(name)}
    if not year or reading.has("year_from") or not named:
        return None
    rows = run(store, "competency/plans", **named).dicts()
    last = max((row.get("period_end", "9999")[:4] for row in rows), default="9999")
    zh, en = (said.format(last=last, year=year) for said in _OVER)
    return (zh, en) if last < year else None


def _main_words(reading: Reading) -> Iterator[Looser]:
    """Without the words that only qualify others, where others are left."""
    if any(c.light for c in reading.conditions if c.parameter == "says"):
        lighter = loosened(reading, "topic")
        if any(lighter.has(name) for name in _SUBJECT):
            yield Looser(lighter, _LIGHT)


def _titled(reading: Reading, store: Store) -> Iterator[Looser]:
    """The plan whose title has some of the words, by the others: of what else would it speak."""
    said = next((c.heavy() for c in reading.conditions if c.parameter == "says"), None)
    if not said or len(said.values) < 2 or not (reading.has("place") or reading.has("plan")):
        return
    where = {name: reading.values(name) for name in ("place", "plan") if reading.values(name)}
    for row in run(store, "competency/plans", **where).dicts():
        title = row.get("plan_title", "").lower()
        left = tuple(v for v in said.values if not any(word in title for word in v.split("|")))
        if 0 < len(left) < len(said.values):
            kept = Condition("says", left, tuple(_label_of(said, v) for v in left))
            plan = Condition("plan", (row["plan"],), (title,))
            yield Looser(
                _without(reading, "says", "plan").with_condition(kept).with_condition(plan), _TITLED
            )


def _label_of(condition: Condition, value: str) -> str:
    return dict(zip(condition.values, condition.labels, strict=False)).get(value, value)


def loosened(reading: Reading, parameter: str) -> Reading:
    """The same reading without loose words, its topics as they are, mentioned or as words."""
    return replace(
        reading,
        conditions=tuple(
            Condition(parameter, c.labels if parameter == "any" else c.values, c.labels)
            if c.parameter == "topic" or (c.parameter in _SAID and parameter == "any")
            else c.heavy()
            for c in reading.conditions
            if not c.loose
        ),
    )


def _ways_about(reading: Reading) -> tuple[str, ...]:
    """The question's own word first, where it is narrower than its topic."""
    if reading.has("beneficiary") and reading.asked != "places_without":
        return ("any",)
    about = reading.has("topic") or reading.has("mention")
    if not about or reading.asked == "places_without":  # what is lacking would be lacked the more
        return ()
    narrow = any(c.loose for c in reading.conditions)
    return ("any", "topic", "mention") if narrow else ("topic", "mention", "any")


def _dated(reading: Reading) -> bool:
    return any(reading.has(name) for name in _YEARS)


def _undated(reading: Reading, store: Store) -> Iterator[Looser]:
    """What has no deadline of its own, in plans whose whole period lies in the years asked for."""
    if reading.asked not in _DATED or not _dated(reading):
        return
    if reading.has("month"):
        return  # no plan's period has months
    plans = tuple(_within(reading, store))
    if plans:
        kept = _without(reading, *_YEARS)
        within = Condition("plan", plans, ())
        if not kept.has("plan") or set(kept.values("plan")) & set(plans):
            kept = _without(kept, "plan")
            yield Looser(kept.with_condition(within), _UNDATED, undated=True)


def _within(reading: Reading, store: Store) -> Iterator[str]:
    years = [int(year) for name in _YEARS for year in reading.values(name)]
    first = int(next(iter(reading.values("year_from")), 0)) or min(years)
    named = reading.values("plan")
    for row in run(store, "competency/plans").dicts():
        begins, ends = row.get("period_start"), row.get("period_end")
        meant = not named or row["plan"] in named
        if meant and begins and ends and first <= int(begins[:4]) and int(ends[:4]) <= max(years):
            yield row["plan"]


def _sharing(reading: Reading, store: Store) -> Iterator[Looser]:
    """Who takes part, in plans that name those who do not lead responsible, not participating."""
    both = (_ROLE + "participating",)
    for name, bearer in (("role", "unit"), ("beside_role", "beside")):
        if reading.values(name) == both and not _takes_part(reading, bearer, store):
            wider = Condition(name, (_ROLE + "responsible",), (_ROLE + "responsible",))
            swapped = tuple(wider if c.parameter == name else c for c in reading.conditions)
            yield Looser(replace(reading, conditions=swapped), _SHARING)


def _takes_part(reading: Reading, bearer: str, store: Store) -> bool:
    """Whether the plans asked about mark who takes part; of a unit those that name it."""
    where = {name: reading.values(name) for name in ("place", "plan") if reading.values(name)}
    work = "function" if bearer == "unit" and reading.has("function") else ""
    if bodies := reading.values(work or bearer):
        owing = run(store, "competency/count_units", **{work or "unit": bodies}, **where)
        where["plan"] = tuple(row["plan"] for row in owing.dicts())
    role = _ROLE + "participating"
    return bool(run(store, "competency/count_units", role=role, **where).rows)


def _without(reading: Reading, *parameters: str) -> Reading:
    kept = tuple(c for c in reading.conditions if c.parameter not in parameters)
    return replace(reading, conditions=kept)
