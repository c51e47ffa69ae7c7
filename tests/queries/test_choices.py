"""Choices of parameters: what the graph has, and names that stand for it."""

from pathlib import Path

import pytest

from ontology import BASE
from queries.answers.choices import Choices
from queries.catalog import named
from queries.errors import BadParameter
from queries.stores import open_store

UNITS = named("competency/units")


@pytest.fixture(scope="module")
def choices(built: Path) -> Choices:
    return Choices(open_store(f"path:{built}"))


def parameter(name: str):
    return next(p for p in UNITS.parameters if p.name == name)


def test_a_list_has_every_value_once_with_its_name_and_place(choices: Choices) -> None:
    units = choices.of(parameter("unit"))
    assert len(units) == len({choice.value for choice in units}) > 100
    wanted = f"{BASE}id/unit/320506/教育"
    (one,) = (choice for choice in units if choice.value == wanted)
    assert (one.label.zh, one.within.en) == ("区教育局", "Wuzhong District")
    assert "区教育局（吴中区）" in list(one.names)


def test_fixed_values_are_their_own_names_and_free_ones_have_no_list(choices: Choices) -> None:
    operators = next(p for p in named("competency/targets").parameters if p.name == "operator")
    assert [choice.value for choice in choices.of(operators)] == ["=", ">=", ">", "<=", "<"]
    assert choices.of(parameter("word")) == ()


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("place", "吴中区", ["place/320506"]),
        ("place", " wuzhong district ", ["place/320506"]),
        ("place", "吴中区（苏州市）", ["place/320506"]),
        ("place", f"{BASE}id/place/320506", ["place/320506"]),
        ("role", ["牵头", "participating"], ["role/lead", "role/participating"]),
        ("unit", "发改局（上虞区）", ["unit/330604/发展改革"]),
    ],
)
def test_a_name_stands_for_what_has_it(choices: Choices, name, said, meant) -> None:
    values = choices.resolved(UNITS, {name: said, "topic": "", "word": ["", "托位"]})
    assert values == {name: [f"{BASE}id/{end}" for end in meant], "word": ["托位"]}


def test_a_name_of_nothing_is_told_with_the_nearest(choices: Choices) -> None:
    with pytest.raises(BadParameter, match="吴中区"):
        choices.resolved(UNITS, {"place": "吴中"})


def test_a_name_of_several_needs_a_parameter_that_takes_many(choices: Choices) -> None:
    several = choices.resolved(UNITS, {"unit": "区教育局"})["unit"]
    assert len(several) >= 1
    units = [choice.label.zh for choice in choices.of(parameter("unit"))]
    shared = next(name for name in units if units.count(name) > 1)
    assert len(choices.resolved(UNITS, {"unit": shared})["unit"]) > 1
