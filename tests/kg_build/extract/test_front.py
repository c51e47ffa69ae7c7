"""What a text says about itself, and what a person may set right."""

from datetime import date

import pytest

from kg_build.extract.overrides import overridden
from kg_build.model import FrontMatter, Override, Severity, Status

EVIDENCED = ("title", "document_number", "date_signed", "date_issued", "period_end", "place")


def found(front: FrontMatter, key: str) -> object:
    if key == "cites":
        return [f"{c.title} {c.number or ''}".rstrip() for c in front.citations]
    value = getattr(front, key)
    if key == "issuers":
        return list(value)
    if value is None:
        return False
    return value if isinstance(value, int) else str(value)


@pytest.mark.cases("front", "front", at_least=23)
def test_the_front_matter_is_read_as_it_stands(case, facts_of):
    front = facts_of(case["text"].lstrip("\n")).front
    asked = {k: v for k, v in case.items() if k not in {"id", "text", "known"}}
    assert {k: found(front, k) for k in asked} == asked
    evidence = dict(front.evidence)
    read = [k for k in EVIDENCED if getattr(front, k) is not None]
    assert [k for k in read if k not in evidence] == []


def test_what_a_person_sets_replaces_the_text_and_is_noted():
    front, issues = overridden(FrontMatter(title="甲"), [Override("title", "乙")])
    assert front.title == "乙"
    assert [(i.code, i.severity) for i in issues] == [("override", Severity.INFO)]


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("issuer", "青河县人民政府", "issuers", ("青河县人民政府",)),
        ("period_end", "2027", "period_end", 2027),
        ("status", "issued", "status", Status.ISSUED),
        ("place_code", "320506", "place_code", "320506"),
    ],
)
def test_each_kind_of_field_may_be_set(name, value, field, expected):
    front, _ = overridden(FrontMatter(), [Override(name, value)])
    assert getattr(front, field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [("date_signed", "yesterday"), ("period_end", "soon"), ("status", "fine"), ("colour", "red")],
)
def test_a_setting_that_says_nothing_is_a_warning_and_changes_nothing(name, value):
    before = FrontMatter(title="甲")
    front, issues = overridden(before, [Override(name, value)])
    assert front == before
    assert [(i.code, i.severity) for i in issues] == [("override-not-understood", Severity.WARNING)]
    assert name in issues[0].message_zh


@pytest.mark.parametrize(
    "line",
    [
        "（2021年1月27日青河县第十五届人民代表大会第五次会议批准）",
        "2021 年 1 月 27 日青河县第十五届\n人民代表大会第五次会议批准",
        "（经2021年1月27日县政府第12次常务会议审议通过）",
    ],
)
def test_a_plan_that_a_meeting_approved_is_of_that_day(line, facts_of):
    plan = f"青河县阅读发展第十四个五年规划\n{line}\n\n一、重点任务\n\n（一）建设图书角。\n"
    front = facts_of(plan).front
    assert front.title == "青河县阅读发展第十四个五年规划"
    assert (front.date_signed, front.issuers) == (date(2021, 1, 27), ())
    assert front.status is Status.ISSUED
    signed = facts_of(plan + "\n青河县人民政府\n2021年3月1日\n").front
    assert signed.date_signed == date(2021, 3, 1)


def test_what_else_a_meeting_approved_gives_no_date(facts_of):
    basis = "2021年1月27日县第十五届人民代表大会第五次会议批准了《纲要》，为落实，制定本方案。"
    plan = f"青河县阅读推广行动方案\n\n{basis}\n\n一、重点任务\n\n（一）建设图书角。\n"
    assert facts_of(plan).front.date_signed is None
