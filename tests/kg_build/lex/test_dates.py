"""Days, ranges of years and five-year periods as plans write them."""

import pytest

from kg_build.lex.dates import DATE, day, five_year_period, year_range
from kg_build.lex.view import fold


@pytest.mark.cases("dates", "day", at_least=12)
def test_a_day_is_read_where_there_is_such_a_day(case):
    match = DATE.fullmatch(fold(case["text"]))
    found = day(match) if match else None
    assert (str(found) if found else None) == case.get("value")


@pytest.mark.cases("dates", "years", at_least=13)
def test_a_range_of_years_has_two_ends(case):
    found = year_range(fold(case["text"]))
    assert (list(found) if found else None) == case.get("value")


@pytest.mark.cases("dates", "period", at_least=13)
def test_a_five_year_period_has_its_years(case):
    found = five_year_period(fold(case["text"]))
    assert (list(found) if found else None) == case.get("value")
