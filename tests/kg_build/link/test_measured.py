import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.link.measured import comparable, fold, measured, relation, vocabulary

_RULES = [
    rule
    for table in vocabulary().values()
    for rule in (table if isinstance(table, list) else [table])
]
_SAME = [pair for rule in _RULES for pair in rule.get("same", ())]
_DIFFER = [pair for rule in _RULES for pair in rule.get("differ", ())]


def _slots(name: str, unit: str | None = None) -> tuple[object, ...]:
    found = measured(name, unit=unit)
    return found.per, found.population, found.what, found.kind


def test_the_word_tables_have_examples() -> None:
    assert len(_SAME) >= 50
    assert len(_DIFFER) >= 80


@pytest.mark.parametrize(("one", "other"), _SAME)
def test_names_that_mean_the_same_read_alike(one: str, other: str) -> None:
    assert _slots(one) == _slots(other)


@pytest.mark.parametrize(("one", "other"), _DIFFER)
def test_names_that_differ_in_a_slot_do_not_read_alike(one: str, other: str) -> None:
    assert _slots(one) != _slots(other)


@pytest.mark.parametrize(
    ("name", "unit", "per", "population", "what", "kind"),
    [
        (
            "每千名儿童拥有儿科执业（助理）医生",
            "名",
            {"千名儿童"},
            set(),
            "执业(助理)医师",
            "count",
        ),
        (
            "0～6 岁儿童眼保健和视力检查覆盖率",
            "%",
            set(),
            {"0-6岁"},
            "眼保健和视力检查覆盖",
            "rate",
        ),
        ("三岁以下儿童系统管理率", "%", set(), {"3岁以下"}, "系统管理", "rate"),
        ("儿童督导员", "名/乡镇（街道）", {"乡镇街道"}, {"儿童"}, "督导员", "count"),
        (
            "城镇新建民用建筑执行绿色建筑标准",
            "%",
            set(),
            set(),
            "城镇新建民用建筑执行绿色建筑标准",
            "rate",
        ),
        ("学生每天校园体育活动时间", "小时", {"天"}, {"学生"}, "校园体育活动", "time"),
        ("孤儿基本生活保障标准", "元/人·月", set(), {"孤儿"}, "基本生活保障标准", "standard"),
    ],
)
def test_a_name_is_read_slot_by_slot(
    name: str, unit: str, per: set[str], population: set[str], what: str, kind: str
) -> None:
    found = measured(name, unit=unit)
    assert (set(found.per), set(found.population)) == (per, population)
    assert (found.what, found.kind) == (what, kind)


def test_what_stands_beside_the_value_counts_as_part_of_the_name() -> None:
    beside = measured("床位", unit="张", per="每千名儿童")
    assert beside == measured("每千名儿童床位", unit="张")
    assert measured("儿童督导员", unit="名", per="镇（街道）") == measured(
        "每个镇（街道）儿童督导员", unit="名"
    )


@pytest.mark.parametrize(
    ("name", "place", "label"),
    [
        ("0-6 岁儿童眼保健和视力检查覆盖率", None, "0-6岁儿童眼保健和视力检查覆盖率"),
        ("全县儿童残疾早期筛查率", None, "儿童残疾早期筛查率"),
        ("区普惠性幼儿园覆盖率", None, "普惠性幼儿园覆盖率"),
        ("区域医疗中心数", None, "区域医疗中心数"),
        ("市级示范性托育机构", None, "市级示范性托育机构"),
        ("吴中儿童“关爱之家”覆盖率", "江苏省苏州市吴中区", "儿童“关爱之家”覆盖率"),
        ("苏州市儿童友好公园", "江苏省苏州市吴中区", "儿童友好公园"),
        ("每千名儿童儿科执业(助理)医生", None, "每千名儿童儿科执业（助理）医生"),
        ("「梦想小屋」改造", None, "“梦想小屋”改造"),
        ("ＰＭ２．５浓度", None, "PM2.5浓度"),
        ("每学期１—２次活动", None, "每学期1-2次活动"),
    ],
)
def test_labels_lose_scope_and_take_one_form(name: str, place: str | None, label: str) -> None:
    assert comparable(name, place) == label


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("残疾儿童", "残疾人", "narrower"),
        ("残疾人", "残疾儿童", "other"),
        ("中小学生", "儿童青少年", "near"),
        ("", "儿童", "unstated"),
        ("", "残疾人", "other"),
        ("12岁儿童", "儿童", "narrower"),
        ("12岁儿童", "5岁儿童", "other"),
        ("小学生", "初中生", "other"),
        ("未成年人", "儿童", "same"),
    ],
)
def test_populations_stand_to_each_other(one: str, other: str, how: str) -> None:
    people = [measured(f"{who}近视率").population for who in (one, other)]
    assert relation(people[0], people[1]) == how


@given(
    st.text(alphabet="每千名个儿童0123-—至岁以下率数（）()、和的区市全县覆盖医师 “”%/", max_size=24)
)
def test_any_text_is_read_and_reading_is_stable(text: str) -> None:
    assert measured(text, unit=text, per=text) == measured(text, unit=text, per=text)
    assert fold(fold(text)) == fold(text)
    assert " " not in comparable(text)
