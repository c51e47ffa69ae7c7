"""A target put back into words: what its structured value says, as a clause of a plan."""

from decimal import Decimal

from kg_build.model import Target

__all__ = ["said"]

_COMPARATORS = {">=": "达到", ">": "超过", "<=": "不超过", "<": "低于", "=": "为", "range": "为"}
_DOUBLINGS = {2: "一", 4: "两", 8: "三"}
_ROUGH = "左右"


def said(target: Target) -> str:
    """The clause that says what a target's value says.

    Guarantees: read again, it gives the same comparator, value, unit, deadline, change and
    baseline; the tests hold that for every target they know.

    Example:
        >>> from kg_build.model import Evidence, Span
        >>> said(Target("覆盖率", ">=", Decimal(85), "%", 2025, "", Evidence(Span(0, 0), "")))
        '到2025年，覆盖率达到85%。'
    """
    deadline = f"到{target.deadline}年，" if target.deadline else ""
    return f"{deadline}{_firmly(target)}{_since(target)}{target.measure}{_value(target)}。"


def _firmly(target: Target) -> str:
    return "、".join(w for w in (target.hedge or "").split("、") if w != _ROUGH)


def _since(target: Target) -> str:
    """The earlier time that a change is measured against."""
    if target.change is None or target.baseline is not None or not target.baseline_year:
        return ""
    return f"与{target.baseline_year}年相比，"


def _value(target: Target) -> str:
    if target.value is None:
        return target.wording.removeprefix(target.measure)
    if target.value == 0 and not target.unit:
        return "零发生"
    if target.unit == "倍" and target.change == target.value - 1:
        return f"翻{_DOUBLINGS[int(target.value)]}番"
    return _start(target) + _bound(target) + (_ROUGH if _is_rough(target) else "")


def _start(target: Target) -> str:
    """The value that the promised one starts from."""
    if target.baseline is None:
        return "累计" if target.is_cumulative and target.change is None else ""
    year = f"{target.baseline_year}年的" if target.baseline_year else ""
    return f"由{year}{_number(target.baseline, target)}变为"


def _bound(target: Target) -> str:
    """Comparator and number; behind a change the bound follows: 提高3个百分点以上."""
    value = target.value or Decimal(0)
    number = _number(value, target)
    if target.value_max is not None:
        return (
            f"{'' if target.change else '为'}{_plain(value)}至{_number(target.value_max, target)}"
        )
    if target.change is not None and target.baseline is None:
        behind = {">=": "以上", "<=": "以内"}.get(target.comparator or "", "")
        before = _COMPARATORS[target.comparator or "="] if not behind else ""
        return f"{before.removeprefix('为')}{number}{behind}"
    return _COMPARATORS[target.comparator or "="] + number


def _is_rough(target: Target) -> bool:
    return _ROUGH in (target.hedge or "")


def _number(value: Decimal, target: Target) -> str:
    return _plain(value) + (target.unit or "")


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
