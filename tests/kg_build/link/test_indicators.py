import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.link.indicators import fits, link_indicators, themes
from kg_build.link.measured import measured
from kg_build.links import Link
from kg_build.model import Evidence, Facts, FrontMatter, Part, PartKind, Span, Target
from ontology import BASE, ZT, Concept, concepts

_EVIDENCE = Evidence(Span(0, 0), "test")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FILES = ("national-children", "national-development", "national-health")
_ENTRIES = {c.iri: c for name in (*_FILES, "sdg") for c in concepts(name)}
_GOLD = Path(__file__).parents[4] / "shared" / "gold"
_NAMES = ("wuzhong", "zhoucun", "jilin", "shangyu", "tongxin")


def _target(measure: str, unit: str | None = None, **more: Any) -> Target:
    value = more.pop("value", Decimal(1))
    wording = more.pop("wording", "")
    return Target(measure, "=", value, unit, None, wording, _EVIDENCE, **more)


def _links(
    target: Target, title: str = "某区儿童友好城市建设方案", year: int = 2023
) -> tuple[Link, ...]:
    front = FrontMatter(title=title, date_signed=date(year, 1, 1))
    indicator = link_indicators(Facts(front, goals=(target,))).goals[0].indicator
    assert indicator is not None
    return indicator.links


def _codes(links: tuple[Link, ...], strength: str) -> set[str]:
    return {
        link.concept.removeprefix(BASE + "id/national/")
        for link in links
        if link.strength == strength
    }


@pytest.mark.parametrize(
    ("measure", "unit", "exact"),
    [
        ("每千人口拥有3岁以下婴幼儿托位数", "个", {"FYP14/12", "PSP14/01"}),
        ("婴儿死亡率", "‰", {"ETGY2021/H03.2", "ETGYJC/JC-H04", "HCA2019/MCH-IMR", "HCAP2021/IMR"}),
        ("城镇调查失业率", "%", {"FYP14/08"}),
        ("数字经济核心产业增加值占全市生产总值比重", "%", {"FYP14/06"}),
        ("高中阶段毛入学率", "%", {"ETGY2021/E04", "ETGYJC/JC-E04", "PSP14/05"}),
        ("新生儿遗传代谢病筛查率", "%", {"DISPREV2021/IMD", "HCA2019/MCH-NBS"}),
        ("6个月以内婴儿纯母乳喂养率", "%", {"BF2021/EBF", "ETGY2021/H.M6", "HCAP2021/EBF"}),
        ("公办园在园幼儿占比", "%", {"PRE14/GONGBAN"}),
        ("孕产妇死亡率", "/10万", {"HCA2019/MCH-MMR"}),
        ("人均体育场地面积", "平方米", {"PSP14/21"}),
        ("人均体育场地面积", "㎡", {"PSP14/21"}),
        ("千人托位数", "个", {"FYP14/12", "PSP14/01"}),
        ("居民平均预期寿命", "岁", {"PSP14/08"}),
        ("全体居民人均可支配收入增速", "%", {"FYP14/07"}),
        ("适龄残疾儿童少年义务教育入学率", "%", {"DISPLAN14/EDU"}),
        ("新建居住区配套建设养老服务设施达标率", "%", set()),
    ],
)
def test_the_same_indicator_in_other_words_is_exact(
    measure: str, unit: str, exact: set[str]
) -> None:
    assert _codes(_links(_target(measure, unit)), "exactMatch") == exact


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("每千名老年人床位数", "张"),
        ("每千人口床位数", "张"),
        ("5岁儿童龋患率", "%"),
        ("大学生近视率", "%"),
        ("公办幼儿园占比", "%"),
        ("普惠性民办幼儿园覆盖率", "%"),
        ("城镇登记失业率", "%"),
        ("户籍人口城镇化率", "%"),
        ("每万人口发明专利拥有量", "件"),
        ("数字经济增加值占GDP比重", "%"),
        ("全员劳动生产率", "万元/人"),
        ("新增托位数", "个"),
        ("托位总数", "个"),
        ("粮食综合生产能力", "亿吨"),
        ("残疾儿童基本康复服务率", "%"),
        ("每个镇（街道）专职儿童督导员", "名"),
        ("国家学生体质健康标准达标率", "%"),
        ("新生儿疾病筛查率", "%"),
        ("社会散居孤儿基本生活保障标准", "元/月"),
        ("儿童青少年近视率每年降低", "%"),
        ("学生每天校外体育活动时间", "小时"),
        ("城镇新建建筑执行绿色建筑标准", "%"),
        ("儿童友好医院占比", "%"),
        ("婴儿死亡率、5岁以下儿童死亡率", "‰"),
        ("基本医疗保险、基本养老保险参保率", "%"),
        ("每个乡镇儿童督导员", "名"),
        ("农作物耕种收综合机械化率", "%"),
        ("单位GDP能耗降低", "%"),
        ("单位GDP能耗降低", None),
        ("单位工业增加值能耗降低", "%"),
        ("每百户居民配建社区综合服务设施面积", "平方米"),
        ("每万人口医疗卫生机构床位数", "张"),
        ("每千名老年人养老床位数", "张"),
        ("新建护理型床位占比", "%"),
        ("护理型床位占比", "%"),
        ("空气质量优良天数", "天"),
        ("空气质量优良天数比率", "%"),
        ("重度及以上污染天数比率", "%"),
        ("近岸海域水质优良比例", "%"),
        ("地表水国控断面劣Ⅴ类水质的比例", "%"),
        ("农村居民人均可支配收入增长", "%"),
        ("居民人均可支配收入", "元"),
        ("人均健康预期寿命", "岁"),
        ("新增劳动力平均受教育年限", "年"),
        ("主要劳动年龄人口平均受教育年限", "年"),
        ("建成区绿化覆盖率", "%"),
        ("森林覆盖率提高", "个百分点"),
        ("数字经济占GDP比重", "%"),
        ("全社会研发经费投入占GDP比重", "%"),
        ("全员劳动生产率年均增长", "%"),
        ("工伤保险参保率", "%"),
        ("65岁以上老年人健康管理率", "%"),
        ("高等教育毛入学率", "%"),
        ("学前教育毛入园人数", "人"),
        ("疫苗接种率", "%"),
        ("千人以上供水工程水质达标率", "%"),
        ("城市居民人均体育场地面积增加", "平方米"),
        ("托位", "个"),
        ("养老床位", "张"),
    ],
)
def test_another_population_denominator_object_or_kind_is_never_exact(
    measure: str, unit: str
) -> None:
    assert _codes(_links(_target(measure, unit)), "exactMatch") == set()


@pytest.mark.parametrize(
    ("measure", "unit", "unlike", "because"),
    [
        ("城镇登记失业率", "%", {"FYP14/08"}, "登记失业"),
        ("户籍人口城镇化率", "%", {"FYP14/03"}, "户籍人口"),
        ("公办幼儿园占比", "%", {"PRE14/GONGBAN"}, "按幼儿园计"),
        ("65岁以上老年人健康管理率", "%", {"HCA2019/MCH-CH7"}, "对象不同"),
        ("每千名老年人床位数", "张", {"ETGY2021/H.M2"}, "分母不同：此处为每千名老年人"),
        ("基本医疗保险参保人数", "万人", {"PSP14/11"}, "度量类型不同：此处为总数，国家指标为比率"),
        ("地表水国控断面劣Ⅴ类水质的比例", "%", {"FYP14/17"}, "劣五类"),
        ("建成区绿化覆盖率", "%", {"FYP14/18"}, "分子不同"),
    ],
)
def test_what_looks_alike_and_is_not_is_said_with_the_difference(
    measure: str, unit: str, unlike: set[str], because: str
) -> None:
    links = _links(_target(measure, unit), title="某市国民经济和社会发展规划")
    assert unlike <= _codes(links, "noMatch")
    assert all(because in link.justification for link in links if link.strength == "noMatch")


@pytest.mark.parametrize(
    ("measure", "unit", "close", "broad"),
    [
        ("孕前优生健康检查率", "%", {"BDP2023/PRECON", "DISPREV2021/PRECON"}, {"ETGY2021/H04"}),
        ("每个镇（街道）专职儿童督导员", "名", {"LSET2019/SUPERVISOR"}, {"ETGYJC/JC-W02"}),
        ("残疾儿童基本康复服务率", "%", set(), {"DISPLAN14/REHAB", "DISPREV2021/REHAB"}),
        ("托位总数", "个", {"ETGYJC/JC-F02"}, {"NDRC1380/M05"}),
        ("城乡居民基本医疗保险参保率", "%", {"PSP14/11"}, set()),
    ],
)
def test_wider_narrower_and_unstated_names_are_close_or_broader(
    measure: str, unit: str, close: set[str], broad: set[str]
) -> None:
    links = _links(_target(measure, unit))
    assert close <= _codes(links, "closeMatch")
    assert broad <= _codes(links, "broadMatch")


def test_the_unit_decides() -> None:
    measure = "每年儿童青少年总体近视率降低"
    assert _codes(_links(_target(measure, "个百分点")), "exactMatch")
    assert not _codes(_links(_target(measure, "%")), "exactMatch")
    assert not _codes(_links(_target("婴儿死亡率", "人")), "exactMatch")


@given(
    value=st.one_of(st.none(), st.decimals(0, 1000, places=1)),
    deadline=st.one_of(st.none(), st.integers(2000, 2100)),
    comparator=st.sampled_from([None, ">=", "<=", "="]),
)
def test_targets_and_years_never_decide(
    value: Decimal | None, deadline: int | None, comparator: str | None
) -> None:
    plain = _target("九年义务教育巩固率", "%")
    other = replace(plain, value=value, deadline=deadline, comparator=comparator)
    assert _links(other) == _links(plain)


def test_a_qualitative_target_is_linked_by_its_measure() -> None:
    target = _target("儿童青少年新发近视率", None, value=None, wording="有效控制")
    assert _codes(_links(target), "exactMatch") == {"ETGY2021/H09.5", "MYOPIA2018/NEW"}


def test_full_coverage_is_a_coverage_rate() -> None:
    target = _target("儿童口腔疾病综合干预", "%", value=Decimal(100), wording="实现全覆盖")
    assert _codes(_links(target), "exactMatch") == {"ORAL2019/COVER"}


def test_a_later_entry_stands_for_the_one_it_followed() -> None:
    beds = _target("每千名儿童床位数", "张")
    assert "PED2016/BED" in _codes(_links(beds, year=2023), "exactMatch")
    after = _codes(_links(beds, year=2025), "exactMatch")
    assert "PED2016/BED" not in after
    assert "NHC2024PED/BED" in after


def test_all_targets_of_parts_and_goals_get_an_indicator() -> None:
    target = _target("全县产前筛查率", "%")
    part = Part("a", PartKind.ACTION, "1", "", "", _EVIDENCE, Span(0, 0), targets=(target,))
    facts = link_indicators(Facts(FrontMatter(), parts=(part,), goals=(target,)))
    for linked in (*facts.goals, *facts.parts[0].targets):
        assert linked.indicator is not None
        assert linked.indicator.label == "产前筛查率"
        assert linked.measure == target.measure


@pytest.mark.parametrize(
    "measure", ["拖拉机保有量", "农作物耕种收综合机械化率", "新建公园", "建成图书馆"]
)
def test_a_plan_on_another_topic_gets_no_child_friendly_link(measure: str) -> None:
    links = _links(_target(measure, "个"), title="关于加快推进农业机械化的意见")
    assert not [link for link in links if "NDRC1380" in link.concept]


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: "+".join(theme["to"]))
def test_every_theme_meets_its_examples_and_names_known_entries(theme: dict[str, Any]) -> None:
    assert theme["matches"]
    assert theme["rejects"]
    unit = {"concentration": "μg/m³", "count": "个"}.get(theme.get("kind", ""))
    for name in theme["matches"]:
        assert fits(theme, name, measured(name, unit=unit).kind), name
    for name in theme["rejects"]:
        assert not fits(theme, name, measured(name, unit=unit).kind), name
    links = _links(_target(theme["matches"][0], unit))
    assert len(links) >= len(theme["to"])


def test_links_are_unique_known_justified_and_strongest_first() -> None:
    strengths = [
        *("exactMatch", "closeMatch", "narrowMatch"),
        *("broadMatch", "relatedMatch", "noMatch"),
    ]
    for measure in ("每千名儿童床位数", "公共场所母婴室设施配置率", "困境儿童基本生活保障率"):
        links = _links(_target(measure))
        assert len({link.concept for link in links}) == len(links) > 1
        assert [strengths.index(link.strength) for link in links] == sorted(
            strengths.index(link.strength) for link in links
        )
        for link in links:
            assert link.concept in _ENTRIES
            assert link.justification
            assert 0 < link.confidence <= 1


def _declared(concept: Concept) -> set[str]:
    return {concept.iri, *concept.values.get(_SKOS + "exactMatch", ())}


def test_what_the_linker_reads_as_the_same_is_what_the_vocabulary_declares() -> None:
    """Each national name, taken as a plan's measure, leads to its own class and no other."""
    found_something = 0
    for concept in _ENTRIES.values():
        if BASE not in concept.iri or ZT + "NationalIndicator" not in concept.values[_TYPE]:
            continue
        unit = next(iter(concept.values.get(ZT + "unitText", ())), None)
        for label in concept.labels:
            exact = _codes(_links(_target(label, unit), year=2000), "exactMatch")
            iris = {BASE + "id/national/" + code for code in exact}
            assert iris <= _declared(concept), label
            found_something += bool(iris)
    assert found_something > 100


# -- the figures to reach, against gold ------------------------------------------------------

_QUALITATIVE = [
    ("wuzhong", "儿童青少年新发近视率", "儿童青少年新发近视率有效控制"),
    (
        "shangyu",
        "养育孤儿保障标准、社会散居孤儿保障标准、事实无人抚养儿童保障标准",
        "养育孤儿保障标准、社会散居孤儿保障标准、事实无人抚养儿童保障标准高于全省平均水平",
    ),
    ("shangyu", "母婴设施", "推进母婴设施应配尽配"),
    (
        "tongxin",
        "中小学生国家学生体质健康标准达标优良率",
        "中小学生国家学生体质健康标准达标优良率不断提升，近视率有效控制",
    ),
    ("tongxin", "近视率", "中小学生国家学生体质健康标准达标优良率不断提升，近视率有效控制"),
]


def _gold_targets(name: str) -> Iterator[tuple[str, Target]]:
    plan = json.loads((_GOLD / f"{name}.json").read_text(encoding="utf-8"))
    rows = [*plan["goals"], *(row for act in plan["actions"] for row in act["indicators"])]
    for row in rows:
        yield row["quote"], _target(row["measure"], row["unit"])
    for document, measure, quote in _QUALITATIVE:
        if document == name:
            yield quote, _target(measure, None, value=None)


def _gold_facts(name: str, targets: list[Target]) -> Facts:
    plan = json.loads((_GOLD / f"{name}.json").read_text(encoding="utf-8"))["plan"]
    signed = date.fromisoformat(plan["date_signed"]) if plan["date_signed"] else None
    front = FrontMatter(
        title=plan["title"],
        date_signed=signed,
        period_end=int(plan["period_end"]),
        place=plan.get("place"),
    )
    return Facts(front, goals=tuple(targets))


def _of_gold(quote: str, measure: str, labels: dict[str, set[str]]) -> str | None:
    """The gold label for a quote; of several in one sentence the one most like the measure."""
    text = "".join(quote.split())
    near = [label for label, quotes in labels.items() if any(_overlap(text, q) for q in quotes)]
    return max(near, key=lambda label: SequenceMatcher(None, measure, label).ratio(), default=None)


def _overlap(one: str, other: str) -> bool:
    shared = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return shared >= 0.6 * min(len(one), len(other))


def _notations(iri: str) -> set[tuple[str, str]]:
    own = iri.startswith(BASE + "id/national/")
    scheme = iri.removeprefix(BASE + "id/national/").split("/")[0] if own else "SDG"
    return {(scheme, code) for code in _ENTRIES[iri].values[_SKOS + "notation"]}


@pytest.mark.shared
@pytest.mark.skipif(not _GOLD.is_dir(), reason="../shared is absent")
def test_links_reach_the_figures_asked_for() -> None:
    gold: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with (_GOLD / "indicator-links.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            document, label = row["document"], row["indicator_label"]
            gold[document, label][row["scheme"], row["code"]] = row["match"]
            labels[document][label].add("".join(row["quote"].split()))
    right, wrong, produced = set(), [], defaultdict(set)
    for name in _NAMES:
        quotes, targets = zip(*_gold_targets(name), strict=True)
        for quote, target in zip(
            quotes, link_indicators(_gold_facts(name, list(targets))).goals, strict=True
        ):
            key = (name, _of_gold(quote, target.measure, labels[name]) or "")
            for link in target.indicator.links if target.indicator else ():
                said = {gold[key].get(code) for code in _notations(link.concept)}
                if link.strength == "exactMatch":
                    (right.add(key) if "exactMatch" in said else wrong.append((key, link.concept)))
                if link.strength in {"exactMatch", "closeMatch"}:
                    produced[key].add(link.concept)
    expected = {key for key, links in gold.items() if "exactMatch" in links.values()}
    assert len(expected) == 25
    assert len(right & expected) >= 24, sorted(expected - right)
    assert wrong == []
    assert _f1(gold, produced) >= 0.95


def _f1(
    gold: dict[tuple[str, str], dict[tuple[str, str], str]],
    produced: dict[tuple[str, str], set[str]],
) -> float:
    hits = misses = extras = 0
    for key, links in gold.items():
        asked = {code for code, match in links.items() if match in {"exactMatch", "closeMatch"}}
        for iri in produced.get(key, ()):
            hits += bool(_notations(iri) & asked)
            extras += not _notations(iri) & asked
            asked -= _notations(iri)
        misses += len(asked)
    return 2 * hits / (2 * hits + misses + extras)
