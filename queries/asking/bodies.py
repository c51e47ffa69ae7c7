"""Which units the name of a body stands for: those so named, and elsewhere those of its work."""

from collections.abc import Iterable, Iterator

from queries.asking.chart import Piece
from queries.asking.lexicon import Sense
from queries.asking.question import Question

__all__ = ["bearing", "functions", "leveled", "named_units", "stand_in_note", "stand_ins"]


def named_units(question: Question, piece: Piece, places: set[str]) -> tuple[Sense, ...]:
    """The units of a name, within the places unless there are none."""
    return tuple(
        s for s in piece.all_of("unit") if not places or question.lexicon.within(s.place, places)
    )


def stand_ins(question: Question, piece: Piece, places: set[str]) -> tuple[Sense, ...]:
    """The units that do the work of the body in places that have none of its name.

    教育局 is 区教育和体育局 in a place that has no other; 区教育局 without a place is a name.
    """
    if leveled(question, piece):
        return _on_level(question, piece, places)
    if not piece.sense("unit") or (_says_level(question, piece.text) and not places):
        return ()
    named = {s.place for s in named_units(question, piece, places)}
    if not places and "" in named:
        return ()  # a ministry is no department of a province
    work = {s.value for s in functions(question, piece)} or _one_work(question, piece)
    return tuple(s for s in _of_work(question, work, places) if s.place not in named)


def leveled(question: Question, piece: Piece) -> bool:
    """Whether a name has a level before what it does, and no unit has the name: 县人社局."""
    return not piece.sense("unit") and piece.text[0] in question.words.endings.unit_prefix


def _on_level(question: Question, piece: Piece, places: set[str]) -> tuple[Sense, ...]:
    """The units that do the work in places of the level that the name says."""
    work = {s.value for s in functions(question, piece)}
    found = _of_work(question, work, places)
    label = question.lexicon.label
    return tuple(s for s in found if label(s.place, "zh").endswith(piece.text[0]))


def bearing(question: Question, piece: Piece, places: set[str]) -> tuple[Sense, ...]:
    """The units of a function, within the places unless there are none."""
    return tuple(_of_work(question, {s.value for s in piece.all_of("function")}, places))


def _of_work(question: Question, work: set[str], places: set[str]) -> Iterator[Sense]:
    """The units of some functions in places that have a plan, under their own names."""
    lexicon = question.lexicon
    planned = set(_planned(question, places))
    bearers = {s.value for s in lexicon.of_kind("bearer") if s.place in work}
    units = {s.value: s.place for s in lexicon.of_kind("unit")}
    for unit in sorted(bearers & units.keys()):
        if units[unit] in planned:
            yield Sense("unit", unit, lexicon.label(unit, "zh"), units[unit])


def stand_in_note(name: str, found: Iterable[Sense], question: Question) -> tuple[str, str]:
    """How a name was taken where no unit has it, in Chinese and English."""
    units = list(found)
    label = question.lexicon.label
    zh = "、".join(f"{label(s.place, 'zh')}的{s.label}" for s in units)
    en = ", ".join(f"{s.label} of {label(s.place, 'en')}" for s in units)
    return (
        f"有的地方没有名为“{name}”的单位，按其职能查找：{zh}。",
        f"Some places have no unit named “{name}”; bodies of that function are taken: {en}.",
    )


def functions(question: Question, piece: Piece) -> tuple[Sense, ...]:
    """What a body does, by its name with or without its level."""
    bare = piece.text[1:] if piece.text[0] in question.words.endings.unit_prefix else piece.text
    known = question.lexicon.senses
    return tuple(
        s for text in (piece.text, bare) for s in known.get(text, ()) if s.kind == "function"
    )


def _one_work(question: Question, piece: Piece) -> set[str]:
    """What every unit of a name does, where that is one thing and the name says so: 宣传部."""
    bearers = question.lexicon.of_kind("bearer")
    works = [{b.place for b in bearers if b.value == s.value} for s in piece.all_of("unit")]
    shared = set.intersection(*works) if works else set()
    said = {s.value for s in question.lexicon.of_kind("function") if s.label == piece.text[:-1]}
    return shared & said if len(shared) == 1 else set()


def _says_level(question: Question, text: str) -> bool:
    """Whether a name says whose body it is: 区教育局 and 团区委, but not 市场监管局."""
    prefixes = question.words.endings.unit_prefix
    rest = question.lexicon.senses.get(text[1:], ())
    first = text[0] in prefixes and any(s.kind in {"unit", "function"} for s in rest)
    return first or any(prefix + "委" in text for prefix in prefixes)


def _planned(question: Question, places: set[str]) -> Iterator[str]:
    lexicon = question.lexicon
    return (p for p in sorted(lexicon.planned) if not places or lexicon.within(p, places))
