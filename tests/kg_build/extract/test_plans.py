"""Files with several plans: each is read, with what belongs to it and nothing else."""

import json

import pytest

from kg_build.model import Facts, PartKind, Role
from kg_build.pipeline import build


def shape(facts: Facts) -> dict[str, object]:
    actions = [p for p in facts.parts if p.kind is PartKind.ACTION]
    duties = [r for p in actions for r in p.responsibilities]
    front = facts.front
    return {
        "number": facts.number,
        "title": front.title,
        "kind": str(front.kind),
        "place": (front.place or "")[-3:],
        "document_number": front.document_number or "",
        "issuers": list(front.issuers),
        "date_signed": front.date_signed.isoformat() if front.date_signed else "",
        "actions": [p.title for p in actions],
        "domains": [p.title for p in facts.parts if p.kind is PartKind.DOMAIN],
        "issues": [i.code for i in facts.issues],
        "units": [r.name for r in duties],
        "leads": [r.name for r in duties if r.role is Role.LEAD],
        "eids": len({p.eid for p in facts.parts}),
        "targets": sum(len(p.targets) for p in actions),
        "goals": [f"{t.measure} {t.value}" for t in facts.goals],
        "groups": [g.name for g in facts.work_groups],
    }


@pytest.mark.cases("plans", "plans", at_least=9)
def test_each_plan_of_a_file(case, facts_of):
    found = [shape(one) for one in facts_of(case["text"].lstrip("\n")).plans]
    assert len(found) == len(case["plans"])
    for one, expected in zip(found, case["plans"], strict=True):
        asked = {"number": None, **expected}
        assert {key: one[key] for key in asked} == asked


TWO_PLANS = """某市节能行动方案
一、重点任务
（一）改造锅炉。分批实施。
（二）淘汰电机。限期完成。
（三）推广照明。覆盖城区。
（四）建设平台。在线监测。

附件2 某市节水行动方案
一、重点任务
（一）查漏。全面排查。（责任单位：市水务局）
（二）换表。到2026年，智能水表达到2万只。
（三）宣传。进社区。
"""


@pytest.fixture
def two_plans(write_plan):
    return build(write_plan("two.txt", TWO_PLANS))


def test_the_json_of_a_file_has_the_further_plans_in_full(two_plans):
    whole = json.loads(two_plans.plan_json)
    (further,) = whole.pop("further_plans")
    assert further["number"] == 2
    assert further.keys() - {"number"} == whole.keys()
    assert further["actions"][0]["units"] == [{"name": "市水务局", "role": "responsible"}]


def test_each_plan_has_its_own_address_in_the_graph_of_the_file(two_plans):
    lines = two_plans.nquads.decode().splitlines()
    base = "https://zhengtu.example/id"
    of_text = {line.split()[2] for line in lines if "#textOf>" in line}
    assert of_text == {f"<{base}/plan/two>", f"<{base}/plan/two/plan_2>"}
    actions = {
        line.split()[0] for line in lines if line.endswith("#Action> .") or "#Action> <" in line
    }
    assert f"<{base}/plan/two/plan_2/dom_1__act_1>" in actions
    assert {line.rsplit(maxsplit=2)[1] for line in lines} == {
        f"<{base}/graph/two>",
        f"<{base}/graph/shared>",
    }
