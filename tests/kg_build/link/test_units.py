"""Units: one key per body, its place, its functions."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.link.functions import functions_of
from kg_build.link.units import is_group, link_units
from kg_build.model import (
    Evidence,
    Facts,
    FrontMatter,
    Member,
    Part,
    PartKind,
    Responsibility,
    Role,
    Seat,
    Span,
    Target,
    UnitLink,
    WorkGroup,
)

SHARED = Path(__file__).parents[4] / "shared"
HERE = Evidence(Span(0, 1), "test")


def facts_with(names: list[str], place: str | None, issuers: tuple[str, ...] = ()) -> Facts:
    owed = tuple(Responsibility(name, Role.LEAD, HERE) for name in names)
    part = Part("act_1", PartKind.ACTION, "1", "任务", "", HERE, Span(0, 1), responsibilities=owed)
    return Facts(FrontMatter(place_code=place, issuers=issuers), parts=(part,))


def linked(names: list[str], place: str | None) -> dict[str, UnitLink]:
    (part,) = link_units(facts_with(names, place)).parts
    return {r.name: r.link for r in part.responsibilities if r.link}


@pytest.mark.parametrize(
    ("name", "functions"),
    [
        ("区教育和体育局", ("education", "sports")),
        ("教体局", ("education", "sports")),
        ("教科体局", ("education", "science-technology", "sports")),
        ("文广旅游局", ("culture-tourism", "broadcasting")),
        ("文化旅游体育广电局", ("culture-tourism", "sports", "broadcasting")),
        ("县工业信息化和商务局", ("industry-it", "commerce")),
        ("资规分局", ("natural-resources",)),
        ("区综合行政执法局", ("urban-management",)),
        ("县卫计委", ("health",)),
        ("团区委", ("youth-league",)),
        ("共青团吉林省委", ("youth-league",)),
        ("宣传部〈网信办〉", ("publicity", "cyberspace")),
        ("老干部局〈关工委〉", ("veteran-cadres",)),
        # A body of such a kind has no other function.
        ("区人大社会委", ("peoples-congress",)),
        ("区政协社建委", ("cppcc",)),
        ("文旅集团", ("state-enterprise",)),
        ("长春新区管委会", ("local-government",)),
        ("各乡镇（开发区）人民政府", ("local-government",)),
        # What looks like the level 市 and is none, and the other way round.
        ("市场监管局", ("market-regulation",)),
        ("市政协", ("cppcc",)),
        ("市政公用局", ("urban-management",)),
        ("市民政局", ("civil-affairs",)),
        # Offices are named by their owner.
        ("县委办", ("general-office",)),
        ("吴中区人民政府办公室", ("general-office",)),
        ("区政府妇儿工委办", ("women-children-committee",)),
        # Ministries.
        ("国家发展改革委", ("development-reform",)),
        ("人力资源社会保障部", ("human-resources",)),
        ("银保监会", ("financial-regulation",)),
        # A territory is who governs it, whatever else its name says.
        ("杨浦区", ("local-government",)),
        ("双溪镇", ("local-government",)),
        ("生态科技新城", ("local-government",)),
        ("岳麓山大学科技城管委会", ("local-government",)),
        ("市城管委", ("urban-management",)),
        ("奉贤区建设和管理委员会", ("housing-construction",)),
        ("各县（区）水利局", ("water",)),
        # Words that hide another.
        ("杭州市政府", ("local-government",)),
        ("认证监督管理处", ("market-regulation",)),
        ("国家矿山安全监察局", ("emergency",)),
        ("市监察委员会", ("discipline",)),
        # Bodies that reforms ended.
        ("市工商局", ("market-regulation",)),
        ("市人口计生局", ("health",)),
        ("国土资源部", ("natural-resources",)),
        # Groups of all kinds of bodies.
        ("县政府有关部门", ()),
        ("区政府妇儿工委成员单位", ()),
        ("各行业主管部门", ()),
        ("某某办", ()),
    ],
)
def test_functions_are_read_from_the_name(name: str, functions: tuple[str, ...]) -> None:
    found = functions_of(name)
    assert sorted(found) == sorted(functions)


@pytest.mark.parametrize(
    "name",
    [
        "各镇（街道）",
        "各乡镇街道",
        "镇（街道）",
        "各市（州）人民政府",
        "省直各有关部门",
        "有关部门",
        "国务院相关部门",
        "领导小组成员单位",
        "区“双减”工作协调机制成员单位",
        "试点城市政府",
        "县（市、区）人民政府",
    ],
)
def test_a_collective_name_is_a_group(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize(
    "name",
    [
        "区教育局",
        "长春新区管委会",
        "周村区人民政府",
        "区委办公室",
        "文旅集团",
        "公安部",
        "市场监管局",
    ],
)
def test_the_name_of_one_body_is_no_group(name: str) -> None:
    assert not is_group(name)


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("县公安局", "公安局", "640324"),
        ("市场监督管理局", "市场监管局", "640324"),
        ("各乡镇（开发区）人民政府", "各乡镇（开发区）", "640324"),
        ("市生态环境局同心分局", "吴忠市生态环境局同心分局", "640324"),
        ("区公安分局", "公安分局", "320506"),
        ("区残联机关", "区残联", "370306"),
        ("省住建厅", "吉林省住房和城乡建设厅", "220000"),
        ("省发展改革委", "吉林省发展和改革委员会", "220000"),
        ("省妇儿工委办公室", "吉林省政府妇儿工委办公室", "220000"),
        ("省委网信办", "中共吉林省委网络安全和信息化委员会办公室", "220000"),
        ("各镇（街道）", "各镇街", "320506"),
        ("高新区管委会", "高新区", "320500"),
        ("县卫计委", "县卫生和计划生育委员会", "640324"),
        ("区规划资源局", "吴中区规划和自然资源局", "320506"),
        ("共青团吉林省委", "中国共产主义青年团吉林省委", "220000"),
        ("团省委", "共青团吉林省委", "220000"),
    ],
)
def test_two_spellings_are_one_body(one: str, other: str, place: str) -> None:
    links = linked([one, other], place)
    assert links[one].key == links[other].key
    assert links[one].place_code == links[other].place_code


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [
        ("公安局", "交警大队", "370306"),
        ("区自然资源局", "周村规划管理办公室", "370306"),
        ("宣传部", "宣传部〈网信办〉", "330604"),
        ("区妇儿工委", "区妇儿工委办", "320506"),
        ("区委办公室", "区政府办公室", "320506"),
        ("区人大社会委", "区人大", "320506"),
        ("林业局", "农业农村局", "640324"),
        ("市教育局", "县教育局", "640324"),
        ("各镇（街道）", "各村（社区）", "320506"),
        ("区法院", "区检察院", "320506"),
        ("区教育局", "区教育局关工委", "320506"),
        ("市委办公厅", "市政府办公厅", "440100"),
        ("市总工会", "团市委", "440100"),
        # Before and after a reform.
        ("县卫计委", "县卫健委", "640324"),
        ("县卫生局", "县卫计委", "640324"),
        ("国家林业局", "国家林草局", None),
        # A county's department in a plan of the city.
        ("市教育局", "县教育局", "640300"),
        ("云阳县广州商会", "广州市云阳商会", "500235"),
        ("成都市云阳商会", "广州市云阳商会", "500235"),
    ],
)
def test_two_bodies_stay_two(one: str, other: str, place: str) -> None:
    links = linked([one, other], place)
    assert (links[one].key, links[one].place_code) != (links[other].key, links[other].place_code)


@pytest.mark.parametrize(
    ("name", "plan", "place"),
    [
        ("区教育局", "320506", "320506"),
        ("教育局", "330604", "330604"),
        ("吴中生态环境局", "320506", "320506"),
        ("市生态环境局", "320506", "320500"),
        ("省教育厅", "320506", "320000"),
        ("自治区教育厅", "640324", "640000"),
        ("区教育厅", "640324", "640000"),
        ("长春市教育局", "220000", "220100"),
        ("长春新区管委会", "220000", "220000"),
        ("吉林市教育局", "220000", "220200"),
        ("鼓楼区教育局", "320100", "320106"),
        ("鼓楼区教育局", "350100", "350102"),
        ("国家税务总局同心县税务局", "640324", "640324"),
        ("市场监管局", "640324", "640324"),
        ("团市委", "320506", "320500"),
        ("总工会", "640324", "640324"),
        ("教育部", "320506", None),
        ("国家发展改革委", "320506", None),
        ("税务总局", "320506", None),
        ("宣传部", "330604", "330604"),
        ("财政部", None, None),
        ("上海市人民政府", None, "310000"),
        ("区教育局", "999999", "999999"),
    ],
)
def test_a_unit_belongs_to_a_place(name: str, plan: str | None, place: str | None) -> None:
    assert linked([name], plan)[name].place_code == place


def test_the_commonest_spelling_is_the_name_and_each_keeps_its_own_label() -> None:
    links = linked(["公安局", "县公安局", "公安局"], "640324")
    assert {(link.key, link.name) for link in links.values()} == {("公安", "公安局")}
    assert {name: link.label for name, link in links.items()} == {
        "公安局": "公安局",
        "县公安局": "县公安局",
    }


def test_an_issuer_shares_the_key_of_its_spelling_in_the_actions() -> None:
    facts = facts_with(["省住建厅"], "220000", issuers=("吉林省住房和城乡建设厅",))
    (link,) = link_units(facts).issuer_links
    assert (link.name, link.label) == ("省住建厅", "吉林省住房和城乡建设厅")


def test_units_of_targets_are_linked_and_their_spellings_counted() -> None:
    owed = Responsibility("县公安局", Role.LEAD, HERE)
    target = Target("破案率", "=", None, "%", 2025, "90%", HERE, responsibilities=(owed,))
    facts = facts_with(["公安局"], "640324")
    parts = tuple(replace(part, targets=(target,)) for part in facts.parts)
    found = link_units(replace(facts, parts=parts, goals=(target,)))
    (part,) = found.parts
    links = [t.responsibilities[0].link for t in (*part.targets, *found.goals)]
    assert {link.name for link in links if link} == {"县公安局"}
    assert part.responsibilities[0].link is not None
    assert part.responsibilities[0].link.name == "县公安局"


def test_members_of_work_groups_are_linked() -> None:
    group = WorkGroup("城市建设专班", None, (Member("县住建局", Seat.LEAD, HERE),), HERE)
    facts = replace(facts_with(["住建局"], "640324"), work_groups=(group,))
    (found,) = link_units(facts).work_groups
    assert found.members[0].link is not None
    assert found.members[0].link.functions == ("housing-construction",)


def test_the_key_does_not_depend_on_the_other_names_of_a_document() -> None:
    alone = linked(["县公安局"], "640324")["县公安局"]
    among = linked(["县公安局", "公安局", "公安局", "县教育局"], "640324")["县公安局"]
    assert (alone.key, alone.place_code) == (among.key, among.place_code)


def test_a_division_does_what_the_office_does_whose_plan_it_is() -> None:
    facts = facts_with(["市局特种设备安全监察处", "市教委"], "310000", ("上海市市场监督管理局",))
    (part,) = link_units(facts).parts
    division, other = (r.link for r in part.responsibilities)
    assert division is not None
    assert division.part_of is not None
    assert other is not None
    assert (division.functions, division.part_of.key) == (("market-regulation",), "市场监管")
    assert other.part_of is None


def test_in_a_plan_of_the_nation_a_bare_name_is_a_national_body() -> None:
    facts = facts_with(["发展改革委", "国家发展改革委"], None, ("国务院办公厅",))
    (part,) = link_units(facts).parts
    assert {(r.link.key, r.link.level) for r in part.responsibilities if r.link} == {
        ("发展改革", "nation")
    }


NAMES = ["县公安局", "公安局", "公安分局", "县教育局", "教育局", "各乡镇", "各乡镇人民政府", "妇联"]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12), st.randoms())
def test_links_do_not_depend_on_the_order_of_names(names: list[str], random: Random) -> None:
    shuffled = sorted(names, key=lambda _: random.random())
    assert linked(names, "640324") == linked(shuffled, "640324")


@given(st.text(alphabet="省市区县委政府局办公室（）、各镇团教育体育周村吴中 ", max_size=15))
def test_any_name_gets_a_link(name: str) -> None:
    link = linked([name], "320506")[name]
    assert link.is_group == is_group(name)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_functions_groups_and_identities_of_the_real_plans_are_right() -> None:
    with (SHARED / "gold" / "unit-functions.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    expected = {(r["unit_as_written"], f) for r in rows for f in r["functions"].split(";") if f}
    found = {(r["unit_as_written"], f) for r in rows for f in functions_of(r["unit_as_written"])}
    f1 = 2 * len(expected & found) / (len(expected) + len(found))
    assert f1 >= 0.98, sorted(expected ^ found)
    for row in rows:
        assert is_group(row["unit_as_written"]) == (row["kind"] == "group"), row


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("wuzhong", "320506"),
        ("zhoucun", "370306"),
        ("jilin", "220000"),
        ("shangyu", "330604"),
        ("tongxin", "640324"),
    ],
)
def test_the_spellings_of_one_body_in_a_real_plan_share_a_key(document: str, place: str) -> None:
    with (SHARED / "gold" / "unit-functions.csv").open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["document"] == document]
    expected, found = defaultdict(set), defaultdict(set)
    links = linked([r["unit_as_written"] for r in rows], place)
    for row in rows:
        expected[row["same_unit_as"]].add(row["unit_as_written"])
        found[links[row["unit_as_written"]].key].add(row["unit_as_written"])
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected.values()))
