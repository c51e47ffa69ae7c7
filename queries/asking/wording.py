"""Readings and refusals in words."""

from collections.abc import Iterator

from queries.asking.lexicon import Lexicon
from queries.asking.reading import Chip, Condition, Misreading, Reading
from queries.asking.words import Wordings

__all__ = ["chips", "differences", "refusal", "sentence"]

_AGGREGATES = {
    "list": ("查找{what}", "Find {what}"),
    "count": ("统计{what}的数量", "Count {what}"),
    "rank": ("找出{counted}{way}的{what}", "Find {what} with the {way} {counted}"),
    "extreme": ("找出目标值{way}的{what}", "Find {what} with the {way} value"),
}
_WAYS = {
    ("rank", "most"): ("最多", "most"),
    ("rank", "least"): ("最少", "fewest"),
    ("extreme", "most"): ("最高", "highest"),
    ("extreme", "least"): ("最低", "lowest"),
}
_SAID = {"unsaid": "unsaid", "quantified": "quantified", "verdict": "verdicts"}
_REFUSALS = {
    "empty": ("请输入一个问题。", "Please ask a question."),
    "vague": (
        "没有读出问的是什么；请写明地方、主题、单位或指标。",
        "It was not understood what is asked for; please name a place, a topic, a unit or an "
        "indicator.",
    ),
    "actual": (
        "“{0}”问的是实际情况或进展；图中只有计划写明的任务、单位和目标值，没有现状数据。",
        "“{0}” asks what is the case; the graph holds only what plans state.",
    ),
    "reason": (
        "“{0}”问的是原因、做法或评价；图中只有计划写明的内容，回答不了。",
        "“{0}” asks for reasons, ways or judgements; the graph holds only what plans state.",
    ),
    "exclusion": (
        "暂不能回答带“{0}”的问题：不能确保只按这一限制作答。",
        "Questions with “{0}” are not answered yet: the restriction could not be kept.",
    ),
    "negation": (
        "没有读懂“{0}”所否定的内容。",
        "What “{0}” denies was not understood.",
    ),
    "combination": (
        "读懂了各个部分（{all}），但没有能同时满足它们的查询。",
        "The parts were understood ({all}), but no query answers them together.",
    ),
    "no_plan": (
        "图中没有“{0}”的计划。",
        "There is no plan for “{0}” in the graph.",
    ),
    "no_unit": (
        "图中没有名为“{0}”的单位，或所问地方没有这个单位。",
        "There is no unit named “{0}” in the graph, or not in the place asked about.",
    ),
    "unknown_document": (
        "图中的计划没有引用也不是“{0}”。",
        "No plan in the graph is or cites “{0}”.",
    ),
    "unknown_indicator": (
        "图中没有与“{0}”相符的指标。",
        "There is no indicator like “{0}” in the graph.",
    ),
    "unknown_domain": ("图中没有“{0}”领域。", "There is no domain “{0}” in the graph."),
    "unknown_word": (
        "没有读懂“{all}”：不是图中的名称，任务的文字里也没有出现。",
        "“{all}” was not understood: no name in the graph, and no action's text has it.",
    ),
    "malformed_change": (
        "改动“{0}”写得不对；应为“条件:值”，例如 place:320506。",
        "The change “{0}” is malformed; it should be kind:value, such as place:320506.",
    ),
    "unknown_change": (
        "没有名为“{0}”的条件可改。",
        "There is no condition “{0}” to change.",
    ),
    "nothing_followed": (
        "没有读出“{0}”要改上一问的哪个条件。",
        "It was not understood which condition of the question before “{0}” changes.",
    ),
    "unknown_value": (
        "不能改成“{0}”：图中没有这样的值。",
        "It cannot be changed to “{0}”: the graph has no such value.",
    ),
}
_CHANGED = {
    "put": ("{title}由“{old}”改为“{new}”", "{title} {old} changed to {new}"),
    "added": ("加上{title}“{new}”", "{title} {new} added"),
    "gone": ("去掉{title}“{old}”", "{title} {old} taken away"),
}
_NEAREST = ("最接近的有：{}。", " Nearest: {}.")


def sentence(reading: Reading, lexicon: Lexicon, wordings: Wordings, language: str) -> str:
    """The reading as one sentence, every condition named."""
    en = language == "en"
    start = _AGGREGATES[reading.aggregate][en].format(
        what=wordings.say("asked", reading.asked, language),
        counted=wordings.say("asked", reading.counts or "", language),
        way=_WAYS.get((reading.aggregate, reading.direction), ("", ""))[en],
    )
    conditions = [
        f"{wordings.say('conditions', c.parameter, language)}"
        f"{' = ' if en else '为'}{_listed(c, lexicon, wordings, language)}"
        for c in _shown(reading)
    ]
    joined = ("; " if en else "，").join(conditions)
    if joined:
        start += f", where {joined}" if en else f"；条件：{joined}"
    return start + ("." if en else "。") + _changed(reading, language)


def chips(
    reading: Reading, lexicon: Lexicon, wordings: Wordings, language: str
) -> tuple[Chip, ...]:
    """The parts of the reading, the class asked for first."""
    first = Chip("asked", wordings.say("asked", reading.asked, language))
    return (first, *_condition_chips(reading, lexicon, wordings, language))


def differences(
    before: Reading, after: Reading, lexicon: Lexicon, wordings: Wordings
) -> tuple[tuple[str, str], ...]:
    """What a reading has otherwise than the question says, in Chinese and English."""
    old, new = (_parts(reading, lexicon, wordings) for reading in (before, after))
    return tuple(
        (_difference(kind, old, new, wordings, "zh"), _difference(kind, old, new, wordings, "en"))
        for kind in dict.fromkeys((*old, *new))
        if old.get(kind) != new.get(kind)
    )


def refusal(why: Misreading, language: str) -> str:
    """What was not understood, and the nearest names."""
    en = language == "en"
    said = ("、" if not en else ", ").join(why.words)
    text = _REFUSALS[why.reason][en].format(*(why.words or ("",)), all=said)
    if why.nearest:
        text += _NEAREST[en].format(("、" if not en else ", ").join(why.nearest))
    return text


def _parts(reading: Reading, lexicon: Lexicon, wordings: Wordings) -> dict[str, tuple[str, str]]:
    """What a reading asks for and under which conditions, each in Chinese and English."""
    asked = wordings.say("asked", reading.asked, "zh"), wordings.say("asked", reading.asked, "en")
    return {"asked": asked} | {
        c.parameter: (
            _listed(c, lexicon, wordings, "zh"),
            _listed(c, lexicon, wordings, "en"),
        )
        for c in _shown(reading)
    }


def _difference(
    kind: str,
    old: dict[str, tuple[str, str]],
    new: dict[str, tuple[str, str]],
    wordings: Wordings,
    language: str,
) -> str:
    en = language == "en"
    was, now = old.get(kind, ("", ""))[en], new.get(kind, ("", ""))[en]
    way = "put" if kind in old and kind in new else "added" if kind in new else "gone"
    return _CHANGED[way][en].format(title=_title(kind, wordings, language), old=was, new=now)


def _title(kind: str, wordings: Wordings, language: str) -> str:
    if kind == "asked":
        return "what is found:" if language == "en" else "所查的"
    return wordings.say("conditions", kind, language)


def _changed(reading: Reading, language: str) -> str:
    """That the reading is not the question's own, and how."""
    en = language == "en"
    said = ("; " if en else "；").join(change[en] for change in reading.changed)
    if not said:
        return ""
    return f" (Changed: {said}.)" if en else f"（已改动：{said}。）"


def _condition_chips(
    reading: Reading, lexicon: Lexicon, wordings: Wordings, language: str
) -> Iterator[Chip]:
    for condition in _shown(reading):
        for value in condition.values:
            label = _said(condition, value, lexicon, wordings, language)
            yield Chip(condition.parameter, label, value if _is_iri(value) else None)


def _shown(reading: Reading) -> Iterator[Condition]:
    """The conditions as people think of them: one year, not its first and last."""
    one_year = reading.values("year_from") == reading.values("year_to")
    for condition in reading.conditions:
        if condition.parameter == "year_to" and one_year:
            yield Condition("year", condition.values, condition.labels)
        elif condition.labels and not (condition.parameter == "year_from" and one_year):
            yield condition


def _listed(condition: Condition, lexicon: Lexicon, wordings: Wordings, language: str) -> str:
    said = [_said(condition, v, lexicon, wordings, language) for v in condition.values]
    said = said or list(condition.labels)
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(said))


def _said(
    condition: Condition, value: str, lexicon: Lexicon, wordings: Wordings, language: str
) -> str:
    if _is_iri(value):
        return lexicon.label(value, language)
    if condition.parameter in _SAID:
        return wordings.say(_SAID[condition.parameter], value, language)
    if condition.parameter == "value":
        return wordings.say("comparators", condition.labels[0], language) + condition.labels[1]
    return value


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://"))
