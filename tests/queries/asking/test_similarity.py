"""Which names a phrase may mean."""

import pytest

from queries.asking.similarity import Likeness, nearest

NAMES = (
    "儿童友好学校",
    "儿童友好示范学校",
    "PM2.5浓度",
    "每千名儿童床位",
    "12岁儿童龋患率",
    "公园面积",
)
LIKENESS = Likeness.of(NAMES, ("数量", "数"))


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("儿童友好学校", ("儿童友好学校",)),
        ("每千名儿童床位数", ("每千名儿童床位",)),
        ("学校", ()),
    ],
)
def test_an_exact_name_may_have_another_ending(phrase: str, names: tuple[str, ...]) -> None:
    assert LIKENESS.exact(phrase) == names


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("儿童友好学校", ("儿童友好学校", "儿童友好示范学校")),
        ("pm2.5", ("PM2.5浓度",)),
        ("儿童床位数", ("每千名儿童床位",)),
        ("学校儿童", ()),
        ("公园率", ()),
    ],
)
def test_a_longer_name_has_the_phrase_in_its_order(phrase: str, names: tuple[str, ...]) -> None:
    assert LIKENESS.longer(phrase) == names


def test_the_nearest_names_come_best_first() -> None:
    assert nearest("儿童友好校", NAMES, 2)[0] == "儿童友好学校"
