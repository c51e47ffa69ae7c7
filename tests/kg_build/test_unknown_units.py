"""The report of units that the vocabulary does not know, and bodies that plans share."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg_build.cli import main
from queries.answering import run
from queries.answers import about
from queries.answers.units import Unit
from queries.stores import open_store
from queries.stores.port import Store

BASE = "https://zhengtu.example/id/"
NEW = """同心县儿童友好建设行动方案（2021-2025年）

一、主要任务

1. 加强托育。新建托育园2所。（责任单位：卫健局、公安局、资规分局、县留交办）

2. 加强体育。（责任单位：县留交办、县教育局）

3. 加强引导。（责任单位：县奥促中心）
"""
OLD = """同心县儿童发展规划（2016-2020年）

一、主要任务

1. 加强保健。（责任单位：县卫计委、县公安局、县教育局）
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    for name, text in (("new", NEW), ("old", OLD)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    built = CliRunner().invoke(main, ["build", str(folder), "--data", str(folder / "图")])
    assert built.exit_code == 0, built.output
    return folder / "图"


@pytest.fixture(scope="module")
def store(data: Path) -> Store:
    return open_store(f"path:{data}")


def page(store: Store, unit: str) -> Unit:
    found = about(store, f"{BASE}unit/{unit}")
    assert isinstance(found, Unit)
    return found


def test_the_report_names_units_by_frequency_with_where_they_stand(data: Path) -> None:
    result = CliRunner().invoke(main, ["link", "--units", "--data", str(data)])
    assert result.exit_code == 0
    first, second = csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    assert (first["单位 unit"], first["次数 uses"], first["地方 place"]) == (
        "县留交办",
        "2",
        "同心县",
    )
    assert first["出处 where"].endswith(("加强托育", "加强体育"))
    assert "办" in first["相近名称 nearest"]
    assert second["单位 unit"] == "县奥促中心"
    assert first["IRI"].startswith(BASE + "unit/640324/")


def test_the_report_is_written_to_a_file(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    result = CliRunner().invoke(main, ["link", "--units", str(table), "--data", str(data)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "县留交办" in table.read_text(encoding="utf-8-sig")


def test_two_plans_of_a_place_speak_of_one_body_under_its_fullest_name(store: Store) -> None:
    police = page(store, "640324/公安")
    assert police.ref.label.zh == "县公安局"
    assert police.names == ("公安局",)
    assert {duty.plan.iri for duty in police.duties} == {BASE + "plan/new", BASE + "plan/old"}


def test_a_body_that_a_reform_ended_leads_to_that_of_today_and_back(store: Store) -> None:
    former, today = page(store, "640324/卫生和计划生育委员会"), page(store, "640324/卫生健康")
    assert former.former is not None
    assert [(k.relation, k.ref.iri) for k in former.kin] == [("after", today.ref.iri)]
    assert [(k.relation, k.ref.iri) for k in today.kin] == [("before", former.ref.iri)]
    assert [(r.year, r.verified) for r in former.reforms] == [("2018", "reported")]
    assert {r.year for r in today.reforms} == {"2013", "2018"}


def test_a_branch_says_who_leads_it_from_where(store: Store) -> None:
    branch = page(store, "640324/自然资源和规划")
    assert branch.leadership is not None
    assert branch.led_from is not None
    assert (branch.level, branch.leadership.iri) == ("county", BASE + "leadership/branch")
    assert branch.led_from.iri == BASE + "place/640300"


def test_every_unit_that_is_known_or_not_has_its_place(store: Store) -> None:
    rows = run(store, "browse/units").dicts()
    assert {row["place"] for row in rows} == {BASE + "place/640324"}
