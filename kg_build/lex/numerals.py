"""Chinese and Arabic numerals to numbers."""

import re
from decimal import Decimal

__all__ = ["integer", "number"]

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "O": 0,
    "0": 0,
    "两": 2,
}
_POWER = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 20  # a longer run of digits is no number that a plan writes
_MYRIAD = {"万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def number(text: str) -> Decimal | None:
    """The value of a folded numeral, Chinese or Arabic; None where it is neither.

    Example:
        >>> number("1,200.5"), number("一百二十"), number("二〇二五"), number("三点〇五")
        (Decimal('1200.5'), Decimal('120'), Decimal('2025'), Decimal('3.05'))
    """
    if text == "半":
        return Decimal("0.5")
    if len(text) <= _LONGEST and _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    before, point, after = text.partition("点")
    whole, decimals = integer(before), integer(after)
    if point and whole is not None and decimals is not None:
        return Decimal(f"{whole}.{decimals:0{len(after)}d}")
    return None if whole is None or point else Decimal(whole)


def integer(text: str) -> int | None:
    """The value of a whole number in Chinese numerals or Arabic digits.

    Example:
        >>> integer("十三"), integer("三百零五"), integer("三万五千"), integer("12"), integer("甲")
        (13, 305, 35000, 12, None)
    """
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:
        return int(text)
    if len(text) > _LONGEST:
        return None
    known = _DIGIT.keys() | _POWER.keys() | _MYRIAD.keys()
    if not text or any(c not in known for c in text):
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    for power, factor in reversed(_MYRIAD.items()):
        if power in text:
            before, _, after = text.rpartition(power)
            return (integer(before) or 1) * factor + (integer(after) or 0)
    return _with_powers(text)


def _with_powers(text: str) -> int:
    total = digit = 0
    for c in text:
        if c in _POWER:
            total += (digit or 1) * _POWER[c]
            digit = 0
        else:
            digit = _DIGIT[c]
    return total + digit
