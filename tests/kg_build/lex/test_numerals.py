"""Numbers as plans write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.lex.numerals import integer, number

DIGITS = "零一二三四五六七八九"


@pytest.mark.cases("numerals", "numeral", at_least=40)
def test_a_numeral_has_its_value(case):
    expected = Decimal(case["value"]) if "value" in case else None
    assert number(case["text"]) == expected


@given(st.integers(min_value=1, max_value=9999))
def test_every_whole_number_below_ten_thousand_reads_back(value):
    assert integer(spelt(value)) == value


@given(st.text(max_size=12))
def test_no_text_breaks_it(text):
    assert number(text) is None or number(text) >= 0


def spelt(value: int) -> str:
    """A number in Chinese as official documents write it."""
    written, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + unit
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written
