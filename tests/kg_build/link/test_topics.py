"""Topics: found where a word shows them, with that word as evidence."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.link.topics import link_topics, topic_rules
from kg_build.model import Evidence, Facts, FrontMatter, Mention, PartKind, Span, Target
from ontology import concepts


@pytest.fixture(scope="session")
def topics(one_part):
    """The text of a plan that is one part, and its topics by code."""

    def linked(title: str, body: str = "", **more: Any) -> tuple[str, dict[str, Mention]]:
        document, facts = one_part(title, body, **more)
        (found,) = link_topics(document, facts).parts
        return document.text, {t.concept.rpartition("/")[2]: t for t in found.topics}

    return linked


def main(found: dict[str, Mention]) -> set[str]:
    return {code for code, topic in found.items() if topic.main}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("开展儿童友好公园试点推广", {"children", "park"}),
        ("推进儿童友好医院建设", {"children", "hospital"}),
        ("净化儿童网络环境", {"children", "online-environment"}),
        ("开展公共场所母乳哺育室提档升级", {"public-space", "mother-baby"}),
        ("推进残疾儿童康复救助", {"child-disability"}),
        ("推进普惠托育提质扩面", {"childcare"}),
        ("主要农作物生产机械化推进行动", {"agri-machinery"}),
        ("严查河道非法采砂", {"river-chief"}),
        ("总则", set()),
    ],
)
def test_the_title_shows_what_an_action_is_about(topics, title: str, expected: set[str]) -> None:
    _, found = topics(title)
    assert expected <= main(found)
    assert expected or not found


def test_what_only_the_text_mentions_is_no_main_topic(topics) -> None:
    text, found = topics("提升服务水平。", "在公园设置母婴室。")
    assert main(found) == set()
    assert set(found) == {"park", "mother-baby"}
    span = found["park"].evidence.span
    assert text[span.start : span.end] == "公园"


def test_a_topic_of_title_and_text_is_given_once_as_main(topics) -> None:
    text, found = topics("建设公园。", "公园应当安全。")
    assert found["park"].main
    assert found["park"].evidence.span == Span(text.index("公园"), text.index("公园") + 2)


def test_the_measure_of_a_target_shows_a_main_topic(topics) -> None:
    quote = "建成2所儿童友好医院"
    body = f"改善环境，{quote}。"
    start = len("提升服务。") + body.index(quote)
    evidence = Evidence(Span(start, start + len(quote)), "test")
    target = Target("儿童友好医院", "=", Decimal(2), "所", None, "2所", evidence)
    text, found = topics("提升服务。", body, targets=(target,))
    assert "hospital" in main(found)
    span = found["hospital"].evidence.span
    assert text[span.start : span.end] == "医院"
    assert found["hospital"].evidence.rule == "topic.measure"


def test_a_word_broken_by_the_layout_is_found_where_it_stands(topics) -> None:
    text, found = topics("提升服务。", "建设儿童友好公\n 园。")
    span = found["park"].evidence.span
    assert text[span.start : span.end] == "公\n 园"


def test_a_title_broken_by_the_layout_is_evidence_too(topics) -> None:
    text, found = topics("建设口袋公\n园", "。")
    span = found["park"].evidence.span
    assert found["park"].main
    assert text[span.start : span.end] == "口袋公\n园"


def test_a_long_list_in_a_title_gives_examples_and_no_main_topics(topics) -> None:
    _, found = topics("改善社区、学校、图书馆、医院等公共区域道路安全状况")
    assert main(found) == {"traffic"}
    assert {"community", "school", "library", "hospital"} <= set(found)


def test_a_short_list_in_a_title_names_main_topics(topics) -> None:
    _, found = topics("推动公共场所母婴室、无障碍卫生间等建设和提升")
    assert {"mother-baby", "public-toilet"} <= main(found)


def test_the_names_of_units_show_no_topics(topics) -> None:
    _, found = topics("提升服务。", "责任单位：县教育局、总医院", units=("县教育局", "总医院"))
    assert found == {}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("推进分布式光伏建设", "solar"),
        ("加强餐饮场所燃气管理", "gas"),
        ("整治消防隐患", "fire-safety"),
        ("推进雨污分流", "drainage"),
        ("深化一件事一次办改革", "government-services"),
        ("推进养老保险关系转移", "social-insurance"),
        ("盘活低效用地", "natural-resources"),
        ("发展低空物流", "low-altitude"),
        ("规范农村集体经营性建设用地入市", "rural-reform"),
    ],
)
def test_plans_on_any_subject_have_topics(topics, title: str, expected: str) -> None:
    assert expected in main(topics(title)[1])


@pytest.mark.parametrize(
    ("title", "absent"),
    [
        ("强化工作保障", "industry"),
        ("市政府统一部署", "urban-construction"),
        ("培育领军人才", "veterans"),
        ("养老保险转移接续", "elderly-care"),
        ("保障劳动者合法权益", "child-protection"),
        ("促进房地产市场平稳健康发展", "health"),
        ("支持地方探索创新", "science"),
    ],
)
def test_a_word_in_another_word_shows_no_topic(topics, title: str, absent: str) -> None:
    assert absent not in topics(title)[1]


def test_what_is_general_needs_a_title_and_no_measure(topics) -> None:
    quote = "引导企业120家"
    evidence = Evidence(Span(4, 4 + len(quote)), "test")
    target = Target("引导企业", "=", Decimal(120), "家", None, "120家", evidence)
    assert "enterprise" not in main(topics("提升服务", quote, targets=(target,))[1])


def test_an_action_without_topics_has_those_of_the_nearest_heading(one_part) -> None:
    document, facts = one_part("第一章 燃气安全", "开展排查。")
    (heading,) = facts.parts
    domain = replace(heading, eid="dom_1", kind=PartKind.DOMAIN)
    action = replace(heading, title="开展排查", domain="dom_1")
    own = replace(heading, eid="act_2", title="整治消防隐患", domain="dom_1")
    linked = link_topics(document, replace(facts, parts=(domain, action, own)))
    _, inherits, has_own = linked.parts
    (topic,) = [t for t in inherits.topics if t.main]
    assert topic.concept.endswith("/gas")
    assert (topic.evidence.rule, topic.evidence.confidence) == ("topic.heading", Decimal("0.7"))
    span = topic.evidence.span
    assert document.text[span.start : span.end] == "燃气安全"
    assert "gas" not in {t.concept.rpartition("/")[2] for t in has_own.topics if t.main}


def test_an_action_under_plain_headings_has_the_topics_of_its_plan(one_part) -> None:
    document, facts = one_part("某市财政局关于印发养老服务方案的通知", "")
    (part,) = facts.parts
    front = FrontMatter(title=document.text, evidence=(("title", part.evidence),))
    (linked,) = link_topics(document, Facts(front, parts=(replace(part, title="明确分工"),))).parts
    found = [(t.concept.rpartition("/")[2], t.evidence.rule) for t in linked.topics if t.main]
    assert found == [("elderly-care", "topic.plan")]


def test_the_rules_name_topics_of_the_vocabulary() -> None:
    known = {c.iri for c in concepts("topic")}
    assert topic_rules()["only"] | topic_rules()["never"] <= known


def test_only_the_title_of_a_domain_counts(topics) -> None:
    _, found = topics("推进成长空间友好", "。建设公园。", kind=PartKind.DOMAIN)
    assert "park" not in found
    assert "public-space" in main(found)


@given(
    st.text(alphabet="公园医院学校托育儿童母婴室、，。等 \n", min_size=1, max_size=20),
    st.text(alphabet="公园医院学校托育儿童母婴室、，。等 \n", max_size=40),
)
def test_every_topic_has_its_word_as_evidence(topics, title: str, body: str) -> None:
    text, found = topics(title, body)
    for topic in found.values():
        span = topic.evidence.span
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
