"""Who does what, in all the forms that plans use."""

import pytest

from kg_build.extract.facts import extract
from kg_build.model import Part, PartKind, Role, Seat
from kg_build.structure.outline import outline
from kg_build.structure.paragraphs import paragraphs


def duties(action: Part) -> list[str]:
    return [
        f"{r.name} {r.role}" + (" inherited" if r.inherited_from else "")
        for r in action.responsibilities
    ]


@pytest.mark.cases("tags", "tag", at_least=145)
def test_a_tag_gives_names_and_roles_or_an_issue(case, facts_of, parts_of):
    facts = facts_of(f"青河县行动计划\n\n一、重点任务\n\n（一）阅读\n\n1．{case['text']}\n")
    (action,) = parts_of(facts)
    assert duties(action) == case["units"]
    codes = [i.code for i in facts.issues]
    assert codes.count("responsibility-not-understood") == case.get("seen", 0)


@pytest.mark.cases("tags", "standing", at_least=16)
def test_a_rule_said_once_holds_to_the_end(case, facts_of, parts_of):
    items = "\n\n".join(f"{n}．{item}" for n, item in enumerate(case["items"], 1))
    text = f"青河县行动计划\n\n{case.get('before', '')}\n\n一、重点任务\n\n（一）建设\n\n{items}\n"
    assert [duties(a) for a in parts_of(facts_of(text))] == case["units"]


@pytest.mark.cases("tags", "deadline", at_least=7)
def test_a_tag_may_say_by_when(case, actions_of):
    (action,) = actions_of(case["text"])
    due = action.deadline
    assert (due and [due.year or 0, due.month or 0, due.wording]) == case.get("due")


@pytest.mark.cases("tags", "scope", at_least=3)
def test_each_of_several_tags_has_the_text_that_it_is_for(case, document_of):
    text = f"青河县行动计划\n\n一、重点任务\n\n（一）托育\n\n1．{case['text']}\n"
    document = document_of(text)
    facts = extract(document, outline(paragraphs(document)))
    found = [(r.name, r.scope) for p in facts.parts for r in p.responsibilities if r.scope]
    assert [f"{name} {text[s.start : s.end]}" for name, s in found] == case["scopes"]


@pytest.mark.cases("tags", "prose", at_least=12)
def test_duties_in_running_prose(case, actions_of):
    (action,) = actions_of(case["text"])
    assert duties(action) == case["units"]


@pytest.mark.cases("tags", "group", at_least=6)
def test_a_group_has_bodies_for_members_not_persons(case, facts_of):
    facts = facts_of(f"青河县行动计划\n\n一、保障措施\n\n{case['text']}\n")
    found = [
        m.name + (" lead" if m.seat is Seat.LEAD else "")
        for g in facts.work_groups
        for m in g.members
    ]
    assert found == case["members"]
    named = [(g.name, g.duties) for g in facts.work_groups]
    assert named == ([(case["name"], case.get("duties"))] if "name" in case else [])


@pytest.mark.cases("tags", "told", at_least=8)
def test_running_text_tells_of_groups(case, facts_of):
    facts = facts_of(f"青河县行动计划\n\n一、保障措施\n\n{case['text']}\n")
    found = [
        f"{g.name}: " + "; ".join(f"{m.name} {m.seat}" for m in g.members)
        for g in facts.work_groups
    ]
    assert found == case["groups"]


def test_a_name_that_leads_and_answers_has_both_roles(actions_of):
    (action,) = actions_of("建公园。（县住建局牵头；县住建局、县财政局负责）")
    roles = [(r.name, r.role) for r in action.responsibilities]
    assert roles == [
        ("县住建局", Role.LEAD),
        ("县住建局", Role.RESPONSIBLE),
        ("县财政局", Role.RESPONSIBLE),
    ]


def test_the_evidence_of_a_duty_is_the_tag_that_states_it(actions_of, facts_of):
    text = "青河县行动计划\n\n一、重点任务\n\n1．建公园。（县住建局牵头，\n县财政局配合）\n"
    facts = facts_of(text)
    spans = [r.evidence.span for p in facts.parts for r in p.responsibilities]
    assert {text[s.start : s.end] for s in spans} == {"（县住建局牵头，\n县财政局配合）"}


def test_a_column_heading_may_say_that_the_first_leads(facts_of, parts_of):
    cells = [
        "序号",
        "工作任务",
        "责任单位（排第一位的为牵头单位）",
        "1",
        "精简材料",
        "县政务办、县司法局",
    ]
    table = "\n".join(f"\t{cell}" for cell in cells)
    (action,) = parts_of(facts_of(f"青河县营商环境任务清单\n\n{table}\n"))
    assert duties(action) == ["县政务办 lead", "县司法局 responsible"]


def test_a_safeguard_has_the_units_of_its_own_tag_and_of_no_standing_rule(facts_of, parts_of):
    text = (
        "青河县行动计划\n\n一、重点任务\n\n（一）阅读\n\n"
        "1．买书。（县教育局负责。以下均需各乡镇落实，不再列出）\n\n2．读书。\n\n"
        "二、保障措施\n\n（一）加强领导。建立机制。（县政府办牵头）\n"
    )
    (safeguard,) = parts_of(facts_of(text), PartKind.SAFEGUARD)
    assert duties(safeguard) == ["县政府办 lead"]
