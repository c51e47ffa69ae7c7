"""The parts of plans of all shapes, and outlines that keep every paragraph."""

import pytest

from kg_build.model import Facts, PartKind, Responsibility
from kg_build.structure.outline import Section


def shape(facts: Facts, key: str) -> list[str]:
    if key == "goals":
        return [f"{t.measure} {t.value} {t.deadline}" for t in facts.goals]
    if key == "issues":
        return [i.code for i in facts.issues]
    if key == "units":
        actions = (p for p in facts.parts if p.kind is PartKind.ACTION)
        return [" ".join(_unit(r) for r in p.responsibilities) for p in actions]
    kind = PartKind(key.removesuffix("s"))
    parts = [p for p in facts.parts if p.kind is kind]
    return [f"{p.number} {p.title}" if kind is PartKind.ACTION else p.title for p in parts]


def _unit(one: Responsibility) -> str:
    origin = f"<{one.inherited_from}" if one.inherited_from else ""
    return f"{one.name}:{one.role}{origin}"


@pytest.mark.cases("structure", "structure", at_least=40)
def test_the_parts_of_a_plan(case, facts_of):
    facts = facts_of(case["text"].lstrip("\n"))
    asked = {k: v for k, v in case.items() if k not in {"id", "text", "known"}}
    assert {k: shape(facts, k) for k in asked} == asked


def test_an_outline_keeps_every_paragraph_in_order(outline_of):
    text = (
        "某县计划\n一、任务\n引言。\n（一）甲\n1．子。\n2．丑。\n尾。\n（二）乙\n二、保障\n寅。\n"
    )
    outline = outline_of(text)
    offsets = [
        at
        for segment in outline.segments
        for section in segment.sections
        for view in _views(section)
        for at in view.at
    ]
    assert offsets == sorted(offsets)
    body = text.index("一、任务")
    assert offsets == [n for n, c in enumerate(text) if n >= body and not c.isspace()]


def _views(section: Section):
    yield section.number
    yield from section.own
    for child in section.children:
        yield from _views(child)


def test_the_weightiest_segment_is_the_plan(outline_of):
    outline = outline_of(
        "关于印发方案的通知\n一、请落实。\n\n某县全民阅读方案\n一、任务\n（一）甲。\n（二）乙。\n"
    )
    assert len(outline.segments) == 2
    assert "".join(p.view.text for p in outline.plan.title) == "某县全民阅读方案"


def test_a_text_without_a_title_has_one_segment(outline_of):
    outline = outline_of("今天天气好。\n明天也好。\n")
    assert [s.title for s in outline.segments] == [()]


def test_a_text_without_structure_is_an_issue(facts_of):
    facts = facts_of("今天天气好。\n明天也好。\n")
    assert facts.parts == ()
    assert [i.code for i in facts.issues] == ["no-structure"]


def test_a_gap_in_the_numbering_is_an_issue(facts_of):
    facts = facts_of("某县阅读方案\n一、任务\n（一）甲\n1．子。\n3．丑。\n")
    assert [(i.code, i.message_zh) for i in facts.issues] == [
        ("numbering-gap", "编号不连续：1 之后是 3")
    ]
