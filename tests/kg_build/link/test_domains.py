from dataclasses import replace
from typing import Any

import pytest

from kg_build.link.domains import heading_rules, is_about_children, link_domains, national_link
from kg_build.model import Evidence, Facts, FrontMatter, Part, PartKind, Span
from ontology import concepts

_EVIDENCE = Evidence(Span(0, 0), "test")
_RULES = [(t, r) for t in ("domain", "measure") for r in heading_rules()[t]]


def _part(kind: PartKind, title: str) -> Part:
    return Part("p", kind, "1", title, "", _EVIDENCE, Span(0, 0))


def _codes(facts: Facts) -> list[list[str]]:
    return [[link.concept.rsplit("/", 1)[-1] for link in part.links] for part in facts.parts]


_CHILDREN = Facts(FrontMatter(title="某区儿童友好城市建设方案"))


@pytest.mark.parametrize(("table", "rule"), _RULES, ids=[r["to"] for _, r in _RULES])
def test_every_heading_rule_meets_its_examples(table: str, rule: dict[str, Any]) -> None:
    assert rule["matches"]
    assert rule["rejects"]
    for title in rule["matches"]:
        link = national_link(title, table=table, strength="closeMatch")
        assert link is not None, title
        assert link.concept.endswith(rule["to"]), title
    for title in rule["rejects"]:
        link = national_link(title, table=table, strength="closeMatch")
        assert link is None or not link.concept.endswith(rule["to"]), title


def test_every_rule_names_an_entry_and_every_domain_and_measure_has_a_rule() -> None:
    known = {
        c.iri.rsplit("national/", 1)[-1]
        for c in concepts("national-children")
        if c.iri.rsplit("/", 1)[-1][0] in "DM" and "/NDRC1380/" in c.iri
    }
    assert {rule["to"] for _, rule in _RULES} == known - {"NDRC1380/MON"}


def test_domains_and_actions_of_a_plan_on_children_are_linked() -> None:
    parts = (
        _part(PartKind.DOMAIN, "推进成长空间儿童友好"),
        _part(PartKind.DOMAIN, "人文友好"),
        _part(PartKind.ACTION, "推进残疾儿童康复救助"),
        _part(PartKind.ACTION, "编制生活地图"),
        _part(PartKind.SAFEGUARD, "加强困境儿童分类保障"),
    )
    assert _codes(link_domains(replace(_CHILDREN, parts=parts))) == [["D4"], [], ["M11"], [], []]


def test_every_link_says_why() -> None:
    facts = link_domains(replace(_CHILDREN, parts=(_part(PartKind.DOMAIN, "公共服务友好"),)))
    (link,) = facts.parts[0].links
    assert "公共服务" in link.justification
    assert 0 < link.confidence <= 1


@pytest.mark.parametrize(
    "title", ["关于加快推进农业机械化的意见", "“十四五”公共服务规划", "老年友好型社区建设方案"]
)
def test_a_plan_on_another_topic_gets_no_link(title: str) -> None:
    parts = tuple(
        _part(kind, name)
        for kind, name in [
            (PartKind.DOMAIN, "提升公共服务水平"),
            (PartKind.DOMAIN, "优化发展环境"),
            (PartKind.ACTION, "推进义务教育优质均衡发展"),
            (PartKind.ACTION, "建设公共图书馆"),
        ]
    )
    facts = Facts(FrontMatter(title=title), parts=parts)
    assert not is_about_children(facts)
    assert link_domains(facts) == facts


def test_a_plan_without_a_title_is_known_by_its_headings() -> None:
    names = ["困境儿童", "儿童友好社区", "公共场所"]
    parts = tuple(_part(PartKind.ACTION, name) for name in names)
    assert is_about_children(Facts(FrontMatter(), parts=parts))
    assert not is_about_children(Facts(FrontMatter()))
