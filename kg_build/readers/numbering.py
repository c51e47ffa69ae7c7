"""Numbers of list items as programs write them."""

from collections.abc import Callable

__all__ = ["numeral"]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def numeral(value: int, style: str) -> str:
    """A number in a style named as WordprocessingML names it; digits for a style not known.

    **Source:** ECMA-376 part 1, 17.18.59 (ST_NumberFormat)

    Example:
        >>> [numeral(12, s) for s in ("chineseCounting", "decimalEnclosedCircle", "upperRoman")]
        ['十二', '⑫', 'XII']
    """
    if not 0 <= value < 10_000:
        return str(value)
    return _STYLES.get(style, str)(value)


def _counted(value: int) -> str:
    """12 as 一十二, 105 as 一百零五."""
    written = ""
    for place, digit in enumerate(reversed(str(value))):
        if digit != "0":
            written = _DIGITS[int(digit)] + _PLACES[place] + written
        elif written and not written.startswith("零"):
            written = "零" + written
    return written or "零"


def _chinese(value: int) -> str:
    """12 as 十二."""
    return _counted(value).removeprefix("一" if 10 <= value < 20 else "")


def _legal(value: int) -> str:
    """12 as 壹拾贰."""
    return "".join(_LEGAL[c] for c in _counted(value))


def _digits(value: int) -> str:
    """12 as 一二."""
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(value))


def _from(first: str, count: int) -> Callable[[int], str]:
    """A run of characters that follow one another in Unicode; digits outside of it."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _listed(letters: str) -> Callable[[int], str]:
    return lambda value: letters[value - 1] if 1 <= value <= len(letters) else str(value)


def _letter(value: int) -> str:
    """1 as a, 27 as aa, as Word counts."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _digits,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: "".join(chr(ord(d) + 0xFEE0) for d in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(ord(d) + 0xFEE0) for d in str(value)),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "none": lambda _: "",
}
