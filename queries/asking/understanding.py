"""From the pieces of a question to its reading."""

from dataclasses import replace

from ontology import BASE
from queries.asking.asked import asked_for
from queries.asking.conditions import named_conditions
from queries.asking.glossary import OR
from queries.asking.question import Question
from queries.asking.reading import Condition, Misreading, Reading, Unreadable
from queries.asking.subject import subject_conditions
from queries.asking.twofold import both_parts

__all__ = ["understand"]

_SUBJECT = ("topic", "mention", "word", "any", "says", "beneficiary")
# What a question without any condition must name to ask for something.
_ASKING = ("thing", "attribute", "cite", "issue", "tally", "head", "member", "nation", "role")
_BEYOND = ("高", "高出", "低", "above", "higher than", "lower than")
_WITH_ALL = ("actions", "units", "places")
_KINDS_OF_GROUPS = {
    name: name.removeprefix("工作")
    for name in ("领导小组", "工作领导小组", "联席会议", "指挥部", "专班", "工作专班")
}
_MENTIONING = ("提到", "提及", "涉及", "mention")  # 没有提到
_WITH_NUMBER = (
    "只统计有数值的目标。",
    "Only targets with a number are counted.",
)
_AS_TOPIC = (
    "只看以此为主题的任务；正文里提到一句的不算。",
    "Only tasks that have this as their topic count, not those that mention it in passing.",
)


def understand(question: Question) -> Reading | Misreading:
    """The typed reading of a question, or why there is none."""
    try:
        if not question.pieces:
            raise Unreadable("empty")
        return _conditioned(question, _against_nation(question, asked_for(question)))
    except Unreadable as why:
        misread = why.misreading
    other = _otherwise(question, misread)
    if not other:
        return misread
    try:
        return _conditioned(question, other)
    except Unreadable:
        return misread


def _otherwise(question: Question, misread: Misreading) -> Reading | None:
    """What else a question may ask for whose words were not understood."""
    if misread.reason == "unknown_indicator" and question.has("when"):
        return Reading("due")  # 长下坡整治什么时候完成
    of_targets = "targets" in question.meanings("thing")
    if misread.reason == "unknown_word" and of_targets and asked_for(question).asked == "units":
        return Reading("targets")  # 断面水质这个指标，谁牵头
    return None


def _conditioned(question: Question, reading: Reading) -> Reading:
    if reading.asked == "places":
        # 推进儿童友好医院建设 is the title of some action, but asks where there is such a one.
        question = question.without("action")
    reading = named_conditions(question, reading)
    reading = subject_conditions(question, reading)
    reading = both_parts(question, _all_of(question, _with_negation(question, reading)))
    return _settled(question, reading)


def _against_nation(question: Question, reading: Reading) -> Reading:
    """Targets beside national ones, or the national targets themselves."""
    if not question.has("nation", "source") or reading.aggregate != "list":
        return reading
    if reading.asked not in {"targets", "places", "plans", "actions"}:
        return reading
    local = question.has("place", "everywhere", "compare", "verdict") or reading.asked == "places"
    if not local:
        return replace(reading, asked="national")
    reading = replace(reading, asked="comparison")
    verdicts = question.meanings("verdict")
    if verdicts and not question.has("compare"):
        wanted = _verdicts(question, verdicts)
        return reading.with_condition(Condition("verdict", wanted, wanted))
    return reading


def _verdicts(question: Question, said: tuple[str, ...]) -> tuple[str, ...]:
    """What is better than a target has reached it too."""
    if "below" in said or question.has("negation"):
        return ("below",)
    return ("exceeds",) if "exceeds" in said else ("meets", "exceeds")


def _with_negation(question: Question, reading: Reading) -> Reading:
    """What 没有 and 未 deny: a role, a target, or that a place has any such action."""
    denied = [at for at, _ in question.find("negation")]
    if not denied or reading.asked == "comparison":
        return reading
    after = next(
        (p for p in question.pieces[denied[0] + 1 :] if not p.sense("filler", "planning")), None
    )
    if _redundant(question, reading, denied[0]):
        return reading
    if reading.asked == "plans" and (unsaid := _unsaid(question, denied[0])):
        return reading.with_condition(Condition("unsaid", (unsaid,), (unsaid,)))
    if reading.asked in {"actions", "places", "plans"} and reading.aggregate == "list" and after:
        if reading.asked == "actions" and (role := after.sense("role")):
            values = tuple(BASE + "id/role/" + name for name in role.value.split())
            return reading.with_condition(Condition("lacking", values, values))
        if (
            reading.asked == "actions"
            and (t := after.sense("thing", "quantified", "percentage"))
            and t.value == "targets"
        ):
            return reading.with_condition(Condition("targetless", (), ("量化目标",)))
        if reading.asked != "actions" and any(reading.has(name) for name in _SUBJECT):
            return _without(question, reading)
    raise Unreadable("negation", question.pieces[denied[0]].text)


def _redundant(question: Question, reading: Reading, denied: int) -> bool:
    """Whether what is denied is said otherwise already: 参与但不牵头, 还没有印发，是征求意见稿."""
    after = question.pieces[denied + 1 : denied + 2]
    roles = {r for piece in after for s in piece.all_of("role") for r in s.value.split()}
    said = {value.rsplit("/", 1)[-1] for value in reading.values("role")}
    if roles and said:
        if roles & said:
            raise Unreadable("negation", question.pieces[denied].text)
        return reading.asked == "actions" and question.has("unit")
    return reading.has("status") and any(p.sense("issue", "filler") for p in after)


def _unsaid(question: Question, denied: int) -> str | None:
    """What a plan does not say, named behind what denies it: 没有写发文字号."""
    names = [p.text for p in question.pieces[denied + 1 :] if p.sense("attribute")]
    shapes = question.words.unsaid.items()
    return next((what for name in names for what, shape in shapes if shape.search(name)), None)


def _all_of(question: Question, reading: Reading) -> Reading:
    """Where all of several things shall hold: topics together; nothing else of one kind twice."""
    if not question.both():
        return reading
    about = [p for at, p in question.find("topic") if question.content(at)]
    if len(about) > 1 and reading.asked in _WITH_ALL and not question.has("unit"):
        if any(len(p.all_of("topic")) > 1 for p in about):
            raise Unreadable("combination", *(p.text for p in about))
        kept = tuple(c for c in reading.conditions if c.parameter not in {"topic", "mention"})
        topics = tuple(dict.fromkeys(s.value for p in about for s in p.all_of("topic")))
        labels = tuple(p.text for p in about)
        whole = tuple(c for c in kept if not c.loose)
        return replace(reading, conditions=(*whole, Condition("every", topics, labels)))
    one_role = len(set(question.meanings("role"))) < 2 or reading.has("beside_role")
    if (
        len(about) > 1
        or not one_role
        or (len(reading.values("unit")) > 1 and _two_units(question, reading))
    ):
        raise Unreadable("exclusion", next(question.find("both"))[1].text)
    return reading


def _two_units(question: Question, reading: Reading) -> bool:
    return sum(1 for _ in question.find("unit", "function")) > 1 and not reading.has("beside")


def _without(question: Question, reading: Reading) -> Reading:
    about = reading.has("topic") or reading.has("mention")
    # 没有儿童友好街区: no task on 街区 that says 儿童友好.
    renamed = tuple(
        replace(c, parameter="any") if c.parameter == "word" and not about else c
        for c in reading.conditions
    )
    renamed = tuple(_any_of(c) for c in renamed)
    if any(c.loose for c in renamed):
        # 暑托班 is a narrower word than its topic: a place without it may have the topic.
        renamed = tuple(c for c in renamed if c.parameter not in {"topic", "mention"})
    said = next(question.find("negation"))[1].text
    if said.endswith(_MENTIONING):
        renamed = tuple(
            replace(c, parameter="mention") if c.parameter == "topic" else c for c in renamed
        )
    subjects = [c for c in renamed if c.parameter in _SUBJECT and c.parameter != "word"]
    if len(subjects) > 1:
        raise Unreadable("combination", *(label for c in subjects for label in c.labels))
    if subjects[0].parameter == "topic":
        reading = replace(reading, notes=(*reading.notes, _AS_TOPIC))
    if "targets" in question.meanings("thing"):
        raise Unreadable("negation", next(question.find("negation"))[1].text)
    return replace(reading, asked="places_without", conditions=renamed)


def _any_of(condition: Condition) -> Condition:
    """English words as those that a place shall not have: one group of them can be looked for."""
    if condition.parameter != "says" or len(condition.values) > 1:
        return condition
    return Condition("any", tuple(condition.values[0].split(OR)), condition.labels)


def _settled(question: Question, reading: Reading) -> Reading:
    """The reading with the class that its conditions make plain, and nothing left out."""
    if not reading.conditions and not question.has(*_ASKING):
        raise Unreadable("vague")
    beyond = [p for _, p in question.find("verdict") if p.text in _BEYOND]
    several = len(reading.values("place")) > 1
    if beyond and not several and reading.asked != "comparison" and not reading.has("value"):
        raise Unreadable("combination", *(p.text for p in beyond))
    if question.has("more") and reading.aggregate != "count":
        raise Unreadable("combination", *(p.text for _, p in question.find("more")))
    if "targets" in (reading.counts, reading.aggregate == "count" and reading.asked):
        reading = replace(reading, notes=(*reading.notes, _WITH_NUMBER))
    if reading.asked == "actions" and reading.aggregate == "count" and not reading.by:
        reading = replace(reading, by=_each(question))
    if reading.asked == "actions" and reading.has("beside") and reading.has("role"):
        if not reading.has("beside_role"):
            roles = reading.values("role")
            return reading.with_condition(Condition("beside_role", roles, ()))
        return reading
    reading = replace(reading, asked=_class(question, reading))
    return _of_kind(question, reading) if reading.asked == "groups" else reading


def _of_kind(question: Question, reading: Reading) -> Reading:
    """领导小组 are told from 专班 by their names."""
    kinds = (p.text for _, p in question.find("thing") if p.text in _KINDS_OF_GROUPS)
    named = tuple(dict.fromkeys(_KINDS_OF_GROUPS[text] for text in kinds))
    if about := reading.values("topic") + reading.values("mention"):
        labels = tuple(question.lexicon.label(topic, "zh") for topic in about)
        kept = reading.without(("topic", "mention", "word", "says"))
        return kept.with_condition(Condition("any", labels, labels))
    if not named or reading.has("group") or reading.aggregate != "list":
        return reading
    return reading.with_condition(Condition("any", named, named))


def _each(question: Question) -> str | None:
    """What a count of tasks is given for, where several are named: 民政局和妇联分别牵头几项任务."""
    roles = set(question.meanings("role"))
    if len(roles) > 1 and question.has("unit") and sum(1 for _ in question.find("amount")) > 1:
        return "roles"
    if sum(1 for _ in question.find("unit")) > 1:
        return "units"
    topics = [p.text for _, p in question.find("topic")]
    if len(topics) > 1 and question.has("each"):
        raise Unreadable("combination", *topics)
    return None


def _class(question: Question, reading: Reading) -> str:
    """Plans and places are asked for by what their actions say, heads by their group."""
    about = any(reading.has(name) for name in (*_SUBJECT, "unit", "function", "role", "domain"))
    only_place = {c.parameter for c in reading.conditions} <= {"place"}
    measured = "targets" in question.meanings("thing") and reading.has("topic")
    headed = question.has("head", "member") and not reading.has("group")
    match reading.asked:
        case "plans" | "places" if "groups" in question.meanings("thing"):
            asked = "groups"
        case "plans" if reading.aggregate == "list" and about:
            asked = "places"
        case "places" if measured:
            asked = "targets"
        case "places" if only_place:
            asked = "plans"
        case "units" | "places" if headed:
            asked = "groups"
        case "places" if reading.has("group"):
            asked = "groups"  # 领导小组的办公室设在哪里
        case "actions" if reading.has("group"):
            asked = "groups"
        case "documents":
            asked = "plans" if question.has_number() else "citations"
        case other:
            asked = other
    return asked
