"""Bodies: what a name means in the plan of a place, and what is led from above."""

import tomllib
from importlib.resources import files

import pytest

from kg_build import link
from kg_build.link.bodies import body
from kg_build.link.functions import functions_of
from kg_build.link.unit_names import unit_names
from kg_build.unit_link import Leadership, Locality
from ontology import concepts


@pytest.mark.parametrize(
    ("name", "place", "key"),
    [
        ("区公安分局", "370306", "公安"),
        ("周村交警大队", "370306", "交警大队"),
        ("区教育和体育局", "370306", "教育、体育"),
        ("省妇儿工委办公室", "220000", "妇女儿童工作委员会·办"),
        ("县卫计委", "640324", "卫生和计划生育委员会"),
        ("各镇（街道）", "320506", "各镇街道"),
        ("市委", "320500", "市委"),
    ],
)
def test_the_key_is_made_of_what_the_name_means(name: str, place: str, key: str) -> None:
    assert body(name, place).key(name) == key


@pytest.mark.parametrize(
    ("name", "plan", "level"),
    [
        ("教育部", "320506", "nation"),
        ("省教育厅", "320506", "province"),
        ("市教育局", "320506", "prefecture"),
        ("区教育局", "320506", "county"),
        ("市教育局", "331082", "county"),
        ("白水洋镇人民政府", "331082", "township"),
        ("镇派出所", "331082", "township"),
        ("乡村振兴局", "331082", "county"),
        ("教育局", None, None),
    ],
)
def test_a_unit_is_of_a_level(name: str, plan: str | None, level: str | None) -> None:
    assert body(name, plan).level == level


@pytest.mark.parametrize(
    ("name", "plan", "place", "kind", "led_from"),
    [
        ("资规分局", "320506", "320506", "branch", "320500"),
        ("吴中生态环境局", "320506", "320506", "branch", "320500"),
        ("周村交警大队", "370306", "370306", "branch", "370300"),
        ("市生态环境局同心分局", "640324", "640324", "branch", "640300"),
        ("泰安金融监管分局", "370900", "370900", "vertical", "370000"),
        ("区消防救援支队", "310110", "310110", "vertical", "310000"),
        ("国家税务总局同心县税务局", "640324", "640324", "dual", "640300"),
        ("省气象局", "360000", "360000", "dual", None),
    ],
)
def test_a_body_under_a_department_above_sits_in_its_place(
    name: str, plan: str, place: str, kind: str, led_from: str | None
) -> None:
    found = body(name, plan)
    assert found.place == place
    assert found.leadership == Leadership(kind, led_from)


@pytest.mark.parametrize(
    ("name", "plan", "place", "locality"),
    [
        ("木渎镇人民政府", "320506", "320506", ("木渎镇", "town")),
        ("吴中区木渎镇", "320500", "320506", ("木渎镇", "town")),
        ("石门乡", "320506", "320506", ("石门乡", "township")),
        ("玉林街道办事处", "510107", "510107", ("玉林街道", "subdistrict")),
        ("德阳高新区管委会", "510600", "510600", ("高新区", "functional-area")),
        ("高新区管委会", "510600", "510600", ("高新区", "functional-area")),
        ("长春新区管委会", "220000", "220000", ("长春新区", "functional-area")),
        ("岳麓山大学科技城管委会", "430104", "430104", ("岳麓山大学科技城", "functional-area")),
        ("各镇（街道）", "320506", "320506", None),
        ("区教育局", "320506", "320506", None),
        ("镇派出所", "320506", "320506", None),
        ("浦东新区", "310000", "310115", None),
        ("木渎镇人民政府", None, None, None),
    ],
)
def test_a_body_of_a_town_or_area_is_of_a_place_below_the_code_table(
    name: str, plan: str | None, place: str | None, locality: tuple[str, str] | None
) -> None:
    found = body(name, plan)
    assert found.place == place
    assert found.locality == (Locality(*locality) if locality else None)


def test_signs_of_localities_fit_their_examples() -> None:
    words = unit_names()
    raw = tomllib.loads((files(link.__name__) / "unit_names.toml").read_text(encoding="utf-8"))
    for (_, pattern), written in zip(words.localities, raw["localities"], strict=True):
        assert all(pattern.search(example) for example in written["matches"]), written
        assert not any(pattern.search(example) for example in written["rejects"]), written


@pytest.mark.parametrize("name", ["区教育局", "区生态环境局", "机场分局", "各分局", "税务总局"])
def test_other_bodies_have_no_one_above(name: str) -> None:
    plan = "310000" if name == "机场分局" else "320506"
    assert body(name, plan).leadership is None


def test_signs_of_leadership_fit_their_examples() -> None:
    words = unit_names()
    raw = tomllib.loads((files(link.__name__) / "unit_names.toml").read_text(encoding="utf-8"))
    for lead, written in zip(words.leads, raw["leads"], strict=True):
        assert written["matches"], written
        assert all(lead.pattern.search(example) for example in written["matches"]), written
        assert not any(lead.pattern.search(example) for example in written["rejects"]), written


@pytest.mark.parametrize("concept", concepts("body"), ids=lambda c: c.notation)
def test_a_former_body_is_known_by_each_of_its_names_and_has_a_function(concept) -> None:
    for label in concept.labels:
        found = body(label, "320506", is_national="level" in str(concept.values))
        assert found.essence.former == concept.notation, label
    assert functions_of(concept.label_zh), concept.notation


def test_no_department_of_today_is_a_former_body() -> None:
    today = {c.label_zh: c.notation for c in concepts("function")}
    former = {label for label in today if body(label + "局", "320506").essence.former}
    assert former == {"乡村振兴"}
