"""What a question asks for: the class of things, and whether they are listed, counted or ranked."""

from collections.abc import Callable

from queries.asking.question import Question
from queries.asking.reading import Reading, Unreadable

__all__ = ["asked_for"]

_COUNTED = (
    "units",
    "actions",
    "targets",
    "plans",
    "places",
    "domains",
    "programmes",
    "groups",
    "safeguards",
)
_STILL = ("现在", "目前", "当前", "currently", "now", "already")  # 现在还是征求意见稿
_COLUMNS = {
    "number": "document_number",
    "issued": "issued",
    "signed": "signed",
    "period": "period_end",
    "issuer": "issuer_name",
}
_OF_ACTIONS = ("项", "几条", "多少条")  # 市教委主责多少项
_MEASURES = tuple("元亩米吨人户床辆台座套株只头天钟时岁成")
_TARGETS = ("指标", "目标")
# What counts may be given for; a plan's 六大行动 are its domains.
_GROUPS = {"units": "units", "domains": "domains", "programmes": "domains", "topics": "topics"}
_WAYS = ("怎么", "怎样", "如何")  # 各地怎么净化网络环境，请列出任务
_SET_UP = ("建了", "做了", "落实了")  # 哪些地方建了联席会议 asks whose plan says so
_TIMES = ("year", "until", "period", "month", "since")
_THINGS = ("thing", "quantified", "percentage")
_OWNERS = ("plans", "places", "units")
_RANKED = ("actions", "targets", "units")


def asked_for(question: Question) -> Reading:
    """A reading without conditions.

    Raises: `Unreadable` where the question asks for what a plan does not say.
    """
    for _, piece in question.find("unanswerable"):
        sense = piece.sense("unanswerable")
        of_status = question.has("status") and piece.text in _STILL
        of_places = piece.text in _SET_UP and "places" in question.meanings("thing")
        ways = piece.text in _WAYS and question.has("which") and question.has("thing")
        if sense and len(piece.senses) == 1 and not (of_status or of_places or ways):
            raise Unreadable(sense.value, piece.text)
    reading = _plain(question)
    if question.has("more") and (counted := _counted(question, reading)):
        return Reading(counted, "count")
    if question.has("rank"):
        return _ranked(question, reading.asked)
    if question.has("extreme"):
        return Reading("targets", "extreme", direction=question.meanings("extreme")[0])
    return reading


def _counted(question: Question, reading: Reading) -> str | None:
    """What one of several places has more of."""
    things = [t for t in question.meanings("thing") if t in _COUNTED and t not in _OWNERS]
    several = sum(1 for _ in question.find("place", "plan", "unit")) > 1
    named = reading.asked if reading.asked in _COUNTED and reading.asked not in _OWNERS else None
    return (things[0] if things else named) if several else None


def _plain(question: Question) -> Reading:
    for kind, decide in _DECISIONS:
        if question.has(kind):
            return decide(question)
    return Reading(_last_thing(question) or _by_conditions(question))


def _when(question: Question) -> Reading:
    of_plan = question.has("issue", "attribute") or "plans" in question.meanings("thing")
    return Reading("plans" if of_plan else "targets")


def _columns(question: Question) -> tuple[str, ...]:
    """The columns of the attributes asked for: 文号 is the document number."""
    names = [p.text for _, p in question.find("attribute")]
    shapes = question.words.unsaid.items()
    return tuple(_COLUMNS[what] for what, shape in shapes if any(map(shape.search, names)))


def _quantity(question: Question) -> Reading:
    return Reading("actions", "count") if question.has("tally") else Reading("targets")


def _which(question: Question) -> Reading:
    if question.has("issue") and not question.has("role"):
        return Reading("plans")
    if any(_is_value(question, at) for at, _ in question.find("which")):
        return Reading("targets")
    asked = _after_which(question) or _last_thing(question) or _by_conditions(question)
    valued = asked == "places" and "targets" in question.meanings("thing") and question.runs()
    return Reading("targets" if valued else asked)


def _is_value(question: Question, at: int) -> bool:
    """What is the budget of … asks for a value; what is the park project of … does not."""
    sense = question.pieces[at].sense("which")
    if not sense or sense.value != "value":
        return False
    asks = next((r for r in question.runs() if r.first > at), None)
    if not asks or not all(question.silent(i) for i in range(at + 1, asks.first)):
        return False
    return not any(p.sense(*_THINGS) for p in question.pieces[asks.last + 1 : asks.last + 2])


def _who(question: Question) -> Reading:
    issued = question.has("issue") and not question.has("role")
    return Reading("plans" if issued else "units")


def _amount(question: Question) -> Reading:
    """How many tasks is a count; how many parks is the value of a target."""
    at, piece = next(question.find("amount"))
    counted = _next_thing(question, at) or _thing_before(question, at)
    if piece.text.endswith(_MEASURES):
        counted = None  # 多少万元 counts no tasks
    last = not any(run.first > at for run in question.runs())
    owed = piece.text.endswith("个") and last and question.has("role") and question.has("unit")
    of_actions = piece.text.endswith(_OF_ACTIONS) and question.has("role", "domain")
    if counted is None and (of_actions or owed):
        counted = "actions"  # 公安部配合的有多少个
    if counted == "actions" and _listed_too(question, at):
        return Reading("actions")
    valued = counted == "targets" and not _counts_targets(question)
    if counted in _COUNTED and not valued:
        return Reading(counted, "count", by=_grouped_by(question, counted))
    of_targets = "targets" in question.meanings("thing")
    measured = any(run.text.endswith(question.words.endings.measured) for run in question.runs())
    future = (
        of_targets
        or measured
        or question.has("planning", "year", "until", "period", "month", "since")
    )
    if not future:
        raise Unreadable("actual", question.pieces[at].text)
    return Reading("targets")


def _counts_targets(question: Question) -> bool:
    """Whether how many is asked of 指标 or 目标; 数字是多少 asks for the number itself."""
    named = (p.text for _, p in question.find("thing", "quantified", "percentage"))
    return any(text.endswith(_TARGETS) or text.isascii() for text in named)


def _listed_too(question: Question, amount: int) -> bool:
    """牵头了几项任务，分别是什么: the list tells the number."""
    return any(at > amount for at, _ in question.find("which"))


def _ranked(question: Question, asked: str) -> Reading:
    things = [t for t in question.meanings("thing") if t in _COUNTED or t == "topics"]
    named = next((w for w in question.meanings("which") if w in {"plans", "units"}), asked)
    if question.has("amount") and (whose := _after_which(question)):
        named = whose  # 哪个部门牵头的任务最多？多少项
    if named == "actions" and not question.has("place"):
        # 八份计划中任务最多的是哪个
        named = next((t for t in question.meanings("thing") if t in _OWNERS), named)
    who = "plans" if "places" in (asked, named) else named
    at, _ = next(question.find("rank"))
    before = _thing_before(question, at)
    counted = [before, *things]  # 哪个地方牵头单位最多 counts the units
    counts = next((t for t in counted if t in _RANKED and t != who), "actions")
    if who == "actions" and not question.has("which", "who"):
        raise Unreadable("combination", "最")
    return Reading(who, "rank", direction=question.meanings("rank")[0], counts=counts)


def _after_which(question: Question) -> str | None:
    found = next((w for w in question.meanings("which") if w in _OWNERS), None)
    for at, _ in question.find("which"):
        found = found or _next_thing(question, at) or _thing_before(question, at)
    return found


def _next_thing(question: Question, at: int) -> str | None:
    """The class named after a question word, with only what qualifies it in between."""
    role = None
    for i in range(at + 1, len(question.pieces)):
        piece = question.pieces[i]
        if piece.sense("which", "who", "amount", "verdict", "cite", "alternative", "negation"):
            break
        if (thing := piece.sense(*_THINGS)) and not _part_of_name(question, i):
            return thing.value
        if piece.sense("member", "head") or _names_bodies(piece.text):
            role = "units"
            break
    return role


def _part_of_name(question: Question, at: int) -> bool:
    """Whether 地方 and the like only qualify the class after them: 城市任务."""
    after = question.pieces[at + 1 : at + 2]
    if question.has("rank"):
        return False  # 哪个领域任务最多
    return question.pieces[at].sense(*_THINGS) is not None and any(
        p.sense(*_THINGS) and p.start == question.pieces[at].end for p in after
    )


def _thing_before(question: Question, at: int) -> str | None:
    for i in range(at - 1, -1, -1):
        piece = question.pieces[i]
        if piece.sense("which", "who") and question.has("each"):
            break  # 哪几个地方，各建几个
        if thing := piece.sense(*_THINGS):
            return thing.value
        qualifies = any(p.text == "的" for p in question.pieces[i + 1 : i + 2])
        if piece.sense("member", "head") or (_names_bodies(piece.text) and not qualifies):
            return "units"
    return None


def _names_bodies(text: str) -> bool:
    return text.endswith(("单位", "部门", "unit", "units", "agency", "department"))


def _grouped_by(question: Question, counted: str) -> str | None:
    for at, _ in question.find("each"):
        for thing in (_next_thing(question, at), _thing_before(question, at)):
            if thing in _GROUPS and thing != counted:
                return _GROUPS[thing]
    return None


def _last_thing(question: Question) -> str | None:
    things = [t for t in question.meanings("thing") if t != "places"]
    return things[-1] if things else None


def _by_conditions(question: Question) -> str:
    if question.has("group"):
        return "groups"
    measured = question.words.endings.measured
    if any(p.sense("indicator") and p.text.endswith(measured) for p in question.pieces) and (
        not question.has("unit", "role")
    ):
        return "targets"
    if question.has("status"):
        return "plans"
    return "actions"


# The first kind of word that a question has decides.
_DECISIONS: tuple[tuple[str, Callable[[Question], Reading]], ...] = (
    ("when", _when),
    ("cite", lambda _: Reading("citations")),
    ("cited", lambda _: Reading("citations")),
    ("attribute", lambda question: Reading("plans", shows=_columns(question))),
    ("amount", _amount),
    ("quantity", _quantity),
    ("which", _which),
    ("who", _who),
    ("tally", lambda q: Reading("actions", "count", by=_grouped_by(q, "actions"))),
    ("compare", lambda question: Reading(_last_thing(question) or "targets")),
)
