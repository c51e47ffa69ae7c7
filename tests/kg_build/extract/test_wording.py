"""A target's structured value, put into words and read again, is the same value."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.extract.targets import Scope, targets
from kg_build.extract.wording import said
from kg_build.lex.view import view_of
from kg_build.model import Evidence, Span, Target
from kg_build.pipeline import facts_of
from kg_build.readers import read

DOCUMENTS = sorted((Path(__file__).parents[3] / "documents").glob("*.txt"))
COMPARED = ("comparator", "value", "value_max", "unit", "deadline")
BESIDE = ("change", "baseline", "baseline_year")


def value(target: Target) -> tuple[object, ...]:
    return tuple(getattr(target, name) for name in (*COMPARED, *BESIDE))


def reread(text: str) -> list[Target]:
    view = view_of(text, [Span(0, len(text))])
    return [t for t in targets((view,), Scope(text), []) if t.value is not None]


def check(target: Target) -> None:
    words = said(target)
    assert [value(t) for t in reread(words)] == [value(target)], words


@pytest.mark.cases("targets", "target", at_least=235)
def test_every_case_reads_the_same_from_its_own_words(case, actions_of):
    for action in actions_of(case["text"]):
        for target in action.targets:
            if target.value is not None:
                check(target)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_every_target_of_the_plans_reads_the_same_from_its_own_words(path):
    facts = facts_of(read(path))
    found = [*facts.goals, *(t for p in facts.parts for t in p.targets)]
    for target in found:
        if target.value is not None:
            check(target)


MEASURES = st.sampled_from([
    "公共交通出行比例",
    "农田灌溉水有效利用系数",
    "社区卫生服务站",
    "新能源公交车占比",
    "危险化学品企业搬迁改造",
    "高标准农田面积",
    "政务服务事项网上可办率",
    "数字经济核心产业增加值",
    "5G基站",
    "PM2.5年均浓度",
])
UNITS = st.sampled_from([
    "%",
    "个",
    "万人次",
    "亿元",
    "公里",
    "吨标准煤/万元",
    "件/万人",
    "个百分点",
    "微克/立方米",
])
VALUES = st.decimals(min_value="0.01", max_value=99999, places=2, allow_nan=False)
YEARS = st.none() | st.integers(2021, 2035)
NOWHERE = Evidence(Span(0, 1), "test")
LEVELS = st.builds(
    Target,
    measure=MEASURES,
    comparator=st.sampled_from([">=", ">", "<=", "<", "="]),
    value=VALUES,
    unit=UNITS,
    deadline=YEARS,
    wording=st.just(""),
    evidence=st.just(NOWHERE),
    hedge=st.sampled_from([None, "力争", "确保"]),
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(LEVELS)
def test_a_level_reads_the_same_from_its_words(target):
    check(target)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(LEVELS, VALUES)
def test_a_range_reads_the_same_from_its_words(target, more):
    check(replace(target, comparator="range", value_max=target.value + more))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(LEVELS, VALUES, st.none() | st.integers(2000, 2020))
def test_what_starts_from_a_value_reads_the_same_from_its_words(target, baseline, year):
    check(replace(target, baseline=baseline, baseline_year=year))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    LEVELS,
    st.sampled_from([("提高", 1), ("下降", -1), ("年均增长", 1), ("减少", -1)]),
    st.none() | st.integers(2000, 2020),
)
def test_a_change_reads_the_same_from_its_words(target, way, year):
    verb, sign = way
    check(
        replace(
            target,
            measure=target.measure + verb,
            comparator={"<": "<=", ">": ">="}.get(target.comparator, target.comparator),
            change=sign * target.value,
            baseline_year=year,
        )
    )


@pytest.mark.parametrize(("times", "word"), [(2, "翻一番"), (4, "翻两番"), (8, "翻三番")])
def test_doubling_reads_the_same_from_its_words(times, word):
    target = Target(
        "居民收入", "=", Decimal(times), "倍", 2030, word, NOWHERE, change=Decimal(times - 1)
    )
    assert word in said(target)
    check(target)
