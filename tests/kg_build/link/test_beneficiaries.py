"""Beneficiaries: the groups that an action or target is for, not what is named after them."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.link.beneficiaries import context_rules, link_beneficiaries
from kg_build.model import Evidence, Mention, Span, Target
from ontology import concepts

GROUPS = {c.iri.rpartition("/")[2]: c for c in concepts("beneficiary")}
RULES = [(kind, rule) for kind in ("struck", "given") for rule in context_rules()[kind]]
RULES += [("taken", context_rules()["taken"])]


@pytest.fixture(scope="session")
def found(one_part):
    """The groups of an action, by code."""

    def linked(title: str, body: str = "", **more: Any) -> dict[str, Mention]:
        document, facts = one_part(title, body, **more)
        (part,) = link_beneficiaries(document, facts).parts
        return {m.concept.rpartition("/")[2]: m for m in part.beneficiaries}

    return linked


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("推进残疾儿童康复救助", "", {"disabled-children"}),
        ("关爱孤儿和事实无人抚养儿童", "", {"orphans"}),
        ("加强农村留守儿童关爱", "", {"left-behind-children"}),
        ("做好服务", "为失能、半失能老年人提供照护。", {"dependent-elders"}),
        ("做好服务", "3岁以下婴幼儿照护服务全覆盖。", {"infants"}),
        ("做好服务", "13岁以下免票。", set()),
        ("保障妇女儿童权益", "", {"women", "children"}),
        ("开展0—6岁儿童眼保健", "", {"infants", "preschool-children", "children"}),
        ("支持中小微企业发展", "", {"small-firms"}),
        ("优化服务", "支持企业牵头组建联合体。", set()),
        ("压实企业主体责任", "", set()),
        ("优化服务", "各单位、家长配合落实。", set()),
        ("减轻家长负担", "", {"families"}),
        ("做好服务", "由县残疾人联合会、妇女儿童工作委员会办理。", set()),
        ("办好老年大学", "学习《未成年人保护法》。", set()),
        ("中小学、幼儿园排查", "", set()),
        ("促进高校毕业生、退役军人、农民工就业", "", {"graduates", "veterans", "migrant-workers"}),
    ],
)
def test_a_group_is_found_by_its_name(found, title: str, body: str, expected: set[str]) -> None:
    assert set(found(title, body)) == expected


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda v: v if isinstance(v, str) else "")
def test_every_rule_meets_its_examples(found, kind: str, rule: dict[str, Any]) -> None:
    assert rule["matches"]
    assert rule["rejects"]
    is_shown = kind == "given"
    by_text = "text" in rule.get("where", ["text"])
    for wanted, examples in ((is_shown, rule["matches"]), (not is_shown, rule["rejects"])):
        for example in examples:
            shown = found("做好工作", f"{example}。") if by_text else found(f"{example}")
            assert bool(shown) == wanted, example


def test_the_groups_that_also_act_are_in_the_vocabulary() -> None:
    assert set(context_rules()["taken"]["groups"]) <= set(GROUPS)


def test_the_title_is_surer_than_the_text_and_both_are_evidence(one_part, found) -> None:
    document, _ = one_part("保障困境儿童", "帮助残疾人。")
    shown = found("保障困境儿童", "帮助残疾人。")
    assert shown["children-in-difficulty"].main
    assert shown["children-in-difficulty"].evidence.rule == "beneficiary.title"
    by_text = shown["disabled-people"].evidence
    assert (by_text.rule, by_text.confidence) == ("beneficiary.text", Decimal("0.8"))
    assert document.text[by_text.span.start : by_text.span.end] == "残疾人"


def test_a_target_has_the_group_that_its_measure_names(one_part) -> None:
    quote = "残疾儿童康复救助率达到95%"
    body = f"改善服务，{quote}。"
    start = len("提升服务") + body.index(quote)
    evidence = Evidence(Span(start, start + len(quote)), "test")
    target = Target("残疾儿童康复救助率", ">=", Decimal(95), "%", None, "95%", evidence)
    other = Target("床位数", "=", Decimal(3), "张", None, "3张", evidence)
    document, facts = one_part("提升服务", body, targets=(target, other))
    (part,) = link_beneficiaries(document, facts).parts
    first, second = part.targets
    assert [m.concept for m in first.beneficiaries] == [GROUPS["disabled-children"].iri]
    assert second.beneficiaries == ()


def test_the_units_that_are_responsible_are_no_groups(found) -> None:
    assert found("提升服务", "责任单位：县残疾人工作办", units=("县残疾人工作办",)) == {}


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("disabled-children", {"children-in-difficulty", "disabled-people"}),
        ("small-firms", {"enterprises"}),
        ("dependent-elders", {"older-people"}),
        ("graduates", {"youth"}),
    ],
)
def test_a_group_stands_below_the_wider_one(code: str, above: set[str]) -> None:
    assert {b.rpartition("/")[2] for b in GROUPS[code].broader} == above


@given(
    st.text(alphabet="儿童老年人残疾企业支持家长妇女学生、，。《》\n ", min_size=1, max_size=20),
    st.text(alphabet="儿童老年人残疾企业支持家长妇女学生、，。《》\n ", max_size=40),
)
def test_every_group_has_its_name_as_evidence_in_the_part(one_part, title: str, body: str) -> None:
    document, facts = one_part(title, body)
    (part,) = link_beneficiaries(document, facts).parts
    for group in part.beneficiaries:
        span = group.evidence.span
        assert 0 <= span.start < span.end <= len(document.text)
