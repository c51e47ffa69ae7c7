"""Conditions that names and numbers in a question set: place, unit, role, year, value and more."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ontology import BASE
from queries.asking.bodies import bearing, functions, leveled, named_units, stand_in_note, stand_ins
from queries.asking.chart import Piece
from queries.asking.dates import DATES
from queries.asking.lexicon import Sense
from queries.asking.question import Question
from queries.asking.reading import Condition, Reading, Unreadable, condition_on
from queries.asking.similarity import nearest

__all__ = ["named_conditions"]

_ROLE = BASE + "id/role/"
_WORDED = ("actions", "places", "units")
_VERBS = ("implementing", "guiding", "participating")
_ISSUED = ("plans", "citations")
_BODIES = ("单位", "部门", "者", "unit", "units", "participant", "participants")


def named_conditions(question: Question, reading: Reading) -> Reading:
    """`reading` with the conditions that names, roles, years and values set.

    Raises: `Unreadable` for a place without a plan or a unit that the place does not have.
    """
    reading = replace(reading, notes=tuple(_notes(question)))
    bearers = (_paired,) if _two_in_two_roles(question, reading) else (_units, _roles)
    for step in (_exceptions, _places, _authorities, *bearers, _parts, _documents, *DATES, _value):
        for condition in step(question, reading):
            reading = reading.with_condition(condition)
    return reading


def _places(question: Question, _: Reading) -> Iterator[Condition]:
    for at, piece in question.find("place"):
        senses = piece.all_of("place")
        if question.about(piece) or question.excepted(at):
            continue
        yield condition_on("place", _with_plans(question, piece, senses))


def _authorities(question: Question, reading: Reading) -> Iterator[Condition]:
    """吴中区政府发布了哪些计划 asks for the plans of the place; elsewhere 政府 is a unit."""
    for _, piece in question.find("authority"):
        if piece.sense("unit"):
            continue
        if reading.asked not in _ISSUED:
            raise Unreadable("no_unit", piece.text, nearest=_near_units(question, piece, set()))
        yield condition_on("place", piece.all_of("authority"))


def _with_plans(question: Question, piece: Piece, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """The places of a name that have a plan, or under which one has."""
    lexicon = question.lexicon
    own = tuple(s for s in senses if s.value in lexicon.planned)
    above = tuple(s for s in senses if any(lexicon.within(p, [s.value]) for p in lexicon.planned))
    if not own and not above:
        labels = tuple(sorted(lexicon.label(p, "zh") for p in lexicon.planned))
        raise Unreadable("no_plan", piece.text, nearest=labels[:5])
    return own or above


def _exceptions(question: Question, _: Reading) -> Iterator[Condition]:
    """除了教育局 and 除吴中区外: what the answer shall not hold."""
    for at, piece in question.find("unit", "function", "place"):
        if question.excepted(at):
            places = _jurisdictions(question)
            units = named_units(question, piece, places) or bearing(question, piece, places)
            senses = units or piece.all_of("place")
            if not senses:
                raise Unreadable("exclusion", piece.text)
            yield condition_on("other_than", senses)
    for at, piece in question.find("except"):
        if _excepts_role(question, at):
            continue
        if not any(question.excepted(at) for at, _ in question.find("unit", "function", "place")):
            raise Unreadable("exclusion", piece.text)


def _excepts_role(question: Question, at: int) -> bool:
    """参与了哪些任务，不算牵头的: the other role says it already."""
    behind = next((i for i in range(at + 1, len(question.pieces)) if not question.silent(i)), None)
    role = question.pieces[behind].sense("role") if behind is not None else None
    others = {p.sense("role") for i, p in question.find("role") if i != behind}
    return role is not None and bool(others - {role})


def _is_excepted(question: Question, at: int) -> bool:
    """Whether a role is one that the question leaves out."""
    before = next((i for i in range(at - 1, -1, -1) if not question.silent(i)), None)
    excepts = before is not None and question.pieces[before].sense("except") is not None
    return excepts or (at > 0 and question.pieces[at - 1].sense("except") is not None)


def _units(question: Question, reading: Reading) -> Iterator[Condition]:
    places = _jurisdictions(question)
    beside = reading.asked == "units" and reading.aggregate == "list" and not question.has("group")
    joined = question.has("together") or question.both()
    listed = question.has("together") or not question.has("amount")
    together = joined and reading.asked == "actions" and listed
    bearers = [p for at, p in question.find("unit", "function") if not question.excepted(at)]
    if together and len(bearers) > 1 and not all(p.sense("unit") for p in bearers):
        raise Unreadable("combination", *(p.text for p in bearers))
    for at, piece in question.find("unit", "function"):
        if question.excepted(at):
            continue
        if reading.asked == "plans" and question.has("issue"):
            yield condition_on("issuer", named_units(question, piece, places))
            continue
        _check_level(question, at)
        senses = named_units(question, piece, places) + stand_ins(question, piece, places)
        if senses:
            yield condition_on("beside" if beside else "unit", senses)
            beside = beside or together
        elif beside and question.has("together") and (others := bearing(question, piece, places)):
            yield condition_on("beside", others)
        elif not leveled(question, piece) and (work := functions(question, piece)):
            yield condition_on("function", work)
        else:
            raise Unreadable("no_unit", piece.text, nearest=_near_units(question, piece, places))


def _notes(question: Question) -> Iterator[tuple[str, str]]:
    """How names were taken that some place asked about does not have."""
    for put in question.corrections:
        yield (
            f"图中没有“{put.said}”，按“{put.name}”查找。",
            f"There is no “{put.said}” in the graph; it was taken as “{put.name}”.",
        )
    places = _jurisdictions(question)
    for _, piece in question.find("unit", "function"):
        if found := stand_ins(question, piece, places):
            yield stand_in_note(piece.text, found, question)
    for _, piece in question.find("place"):
        senses = piece.all_of("place")
        if question.about(piece) or any(s.value in question.lexicon.planned for s in senses):
            continue
        yield (
            f"图中没有{piece.text}本级的计划，以下取自其下辖地方的计划。",
            f"The graph has no plan of {piece.text} itself; these are plans of places under it.",
        )


def _two_in_two_roles(question: Question, reading: Reading) -> bool:
    """Whether tasks are asked for by two units of which each has its own role."""
    units = [p.text for _, p in question.find("unit", "function")]
    roles = [p.text for _, p in question.find("role")]
    different = len(set(question.meanings("role"))) > 1
    if reading.asked != "actions" or len(units) < 2 or not different:
        return False
    by_work = any(not p.sense("unit") for _, p in question.find("function"))
    if len(units) > 2 or len(roles) > 2 or question.has("together") or by_work:
        raise Unreadable("combination", *units, *roles)
    return True


def _paired(question: Question, reading: Reading) -> Iterator[Condition]:
    """由妇联牵头，教育局参与: each unit with the role said with it."""
    for condition, name in zip(_units(question, reading), ("unit", "beside"), strict=True):
        yield replace(condition, parameter=name)
    roles = question.meanings("role")
    for said, name in zip(roles, ("role", "beside_role"), strict=True):
        values = tuple(_ROLE + role for role in said.split())
        yield Condition(name, values, values)


def _check_level(question: Question, at: int) -> None:
    """A unit of a district is not the unit of a province: 区体育局 is not 省体育局."""
    before = question.pieces[at - 1] if at else None
    prefixes = question.words.endings.unit_prefix
    if before and before.text in prefixes and before.end == question.pieces[at].start:
        name = before.text + question.pieces[at].text
        labels = (s.label for s in question.lexicon.of_kind("unit"))
        raise Unreadable("no_unit", name, nearest=nearest(name, labels))


def _jurisdictions(question: Question) -> set[str]:
    named = (p for at, p in question.find("place") if not question.excepted(at))
    return {s.value for p in named for s in p.all_of("place")}


def _near_units(question: Question, piece: Piece, places: set[str]) -> tuple[str, ...]:
    labels = (
        s.label
        for s in question.lexicon.of_kind("unit")
        if not places or question.lexicon.within(s.place, places)
    )
    return nearest(piece.text, labels)


def _roles(question: Question, reading: Reading) -> Iterator[Condition]:
    if question.has("member"):
        return  # the head of a group is a member too
    if _asks_for_others_too(question, reading) or _asks_which(question, reading):
        return
    for at, piece in question.find("role", "head"):
        sense = piece.sense("role", "head")
        if sense and (_weak(question, piece) or _is_excepted(question, at)):
            continue
        if sense and not _denied(question, at) and not _only_verb(question, reading, piece):
            values = tuple(_ROLE + name for name in sense.value.split())
            yield Condition("role", values, values)
    if reading.asked == "units" and {"lead", "participating"} <= {*question.meanings("role")}:
        # 谁牵头、谁配合 asks for everyone; some plans name the others responsible.
        yield Condition("role", (_ROLE + "responsible",), (_ROLE + "responsible",))


def _asks_for_others_too(question: Question, reading: Reading) -> bool:
    """由哪个单位牵头，还有哪些单位一起做: the second question takes the role back."""
    asks = [at for at, _ in question.find("which", "who")]
    roles = [at for at, _ in question.find("role")]
    return (
        reading.asked == "units"
        and len(asks) > 1
        and bool(roles)
        and max(roles) < max(asks)
        and not question.has("unit", "function")
    )


def _asks_which(question: Question, reading: Reading) -> bool:
    """都有哪些任务，是牵头还是配合: the role is asked for."""
    roles = [at for at, _ in question.find("role")]
    between = question.pieces[roles[0] + 1 : roles[-1]] if len(roles) == 2 else ()
    return reading.asked == "actions" and "还是" in {p.text for p in between}


def _weak(question: Question, piece: Piece) -> bool:
    """归 and 管 beside 牵头 say nothing more."""
    others = [p for _, p in question.find("role") if len(p.text) > 1]
    return len(piece.text) == 1 and bool(others)


def _only_verb(question: Question, reading: Reading, piece: Piece) -> bool:
    """Whether 落实 or 支持 says what is done, for no body is named or asked for."""
    sense = piece.sense("role")
    if not sense or sense.value not in _VERBS or reading.asked not in {"places", "actions"}:
        return False
    bodies = question.has("unit", "function", "who") or "units" in question.meanings("thing")
    return not bodies and not piece.text.endswith(_BODIES)


def _denied(question: Question, at: int) -> bool:
    """Whether a negation stands before a piece, with only silent words between."""
    for i in range(at - 1, -1, -1):
        if question.pieces[i].sense("negation"):
            return True
        if not question.silent(i):
            return False
    return False


def _parts(question: Question, reading: Reading) -> Iterator[Condition]:
    kinds = ("plan", "group") if reading.asked == "places" else ("plan", "group", "action")
    for kind in kinds:
        for at, piece in question.find(kind):
            if kind == "plan" and (piece.sense("place") or _is_cited(question, reading, at)):
                continue  # a file's name that is also the place's; 哪些方案引用了 a plan
            yield condition_on(kind, piece.all_of(kind))
    for _, piece in question.find("status"):
        only_verb = piece.sense("issue") and reading.asked != "places"
        if not only_verb:
            yield condition_on("status", piece.all_of("status"))
    if reading.asked == "targets" and question.has("quantified"):
        yield Condition("quantified", ("yes",), ("yes",))
    if reading.asked == "targets" and question.has("percentage"):
        yield Condition("measured_in", ("%",), ("%",))
    for _, piece in question.find("source"):
        yield condition_on("source", piece.all_of("source"))
    for _, piece in question.find("wording"):
        if reading.asked in _WORDED and question.has("topic"):
            said = tuple(s.value for s in piece.all_of("wording"))
            yield Condition("word", said, said, loose=True)
        elif not question.runs():
            said = tuple(s.value for s in piece.all_of("wording"))
            yield Condition("any", said, said)


def _is_cited(question: Question, reading: Reading, at: int) -> bool:
    """Whether a plan is what others cite: 哪些方案引用了吴政办〔2022〕36号."""
    cites = [i for i, _ in question.find("cite") if i < at]
    plans = "plans" in (*question.meanings("thing"), *question.meanings("which"))
    return reading.asked == "citations" and bool(cites) and plans and question.has("which")


def _documents(question: Question, reading: Reading) -> Iterator[Condition]:
    if reading.asked == "citations":
        for at, piece in question.find("plan"):
            if _is_cited(question, reading, at) and not piece.sense("cited"):
                raise Unreadable("unknown_document", piece.text)
        for _, piece in question.find("cited", "number"):
            if cited := piece.all_of("cited"):
                yield condition_on("cited", cited)
            else:
                raise Unreadable("unknown_document", piece.text)
    else:
        for _, piece in question.find("number"):
            if not piece.sense("plan"):
                raise Unreadable("unknown_document", piece.text)


def _value(question: Question, reading: Reading) -> Iterator[Condition]:
    """The value asked for; of an indicator's units it only tells which indicator is meant."""
    if reading.asked == "units":
        return
    pattern = next(p for p in question.words.patterns if p.kind == "value")
    for _at, piece in question.find("value"):
        match = pattern.expression.match(piece.text)
        if not match:
            continue
        sign = match["after"] or match["before"] or "="
        operator = question.words.operators.get(sign.strip(), "=")
        unit = re.sub("percent", "%", match["unit"])
        yield Condition("value", (match["number"],), (operator, match["number"] + unit))
        yield Condition("operator", (operator,), ())
        yield Condition("measured_in", (unit,), ())
