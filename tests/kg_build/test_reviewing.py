"""Links that people correct: written as a table, taken up by a build, told where they fit none."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg_build.building import build_graph
from kg_build.cli import main
from kg_build.readers.review import COLUMNS, FILE
from kg_build.reviewing import tally, write_table
from kg_build.settings import Settings
from queries.answers import about
from queries.stores import open_store
from queries.stores.port import Store

_PLAN = """青河县生态建设行动计划（2023—2025年）

一、总体目标
到2025年，全县森林覆盖率达到36.5%，城镇登记失业率控制在4.5%以内，空气质量优良天数比率达到88%。

二、主要任务
（一）绿化美化
1.植树造林。新增造林500亩。（责任单位：县林业局）
"""
_OTHER = _PLAN.replace("青河", "白河")


class _Desk:
    """A folder of plans with its table and graph, and a person who edits the table."""

    def __init__(self, folder: Path) -> None:
        self.plans = folder / "plans"
        self.plans.mkdir()
        self.table = self.plans / FILE
        self._data = folder / "data"
        for name, text in (("甲", _PLAN), ("乙", _OTHER)):
            (self.plans / f"{name}.txt").write_text(text, encoding="utf-8")

    def build(self) -> list[str]:
        said: list[str] = []
        settings = Settings(documents=self.plans, data=self._data, jobs=1, engine="serial")
        outcome = build_graph(settings, say=said.append, progress=lambda r, n: r)
        assert outcome.is_clean
        self.made = outcome.corpus.made
        return said

    @property
    def store(self) -> Store:
        return open_store(f"path:{self._data}")

    def rows(self) -> list[dict[str, str]]:
        with self.table.open(encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        names = [cell.split()[0] for cell in heading]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def decide(self, **decided: str) -> None:
        """One more row, or the answer in the row that has this plan, indicator and code."""
        rows = self.rows()
        key = {k: decided[k] for k in ("plan", "indicator", "code")}
        own = [row for row in rows if key.items() <= row.items()]
        if not own:
            rows.append(dict.fromkeys(COLUMNS, "") | decided)
        for row in own:
            row.update(decided)
        with self.table.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([f"{name} {zh}" for name, zh in COLUMNS.items()])
            writer.writerows([row[name] for name in COLUMNS] for row in rows)
        stamp = self.table.stat().st_mtime_ns + 1
        os.utime(self.table, ns=(stamp, stamp))


@pytest.fixture
def desk(tmp_path: Path) -> _Desk:
    desk = _Desk(tmp_path)
    desk.build()
    write_table(desk.store, desk.table)
    return desk


def _link(store: Store, indicator: str, code: str):
    page = about(store, f"https://zhengtu.example/id/indicator/{indicator}")
    return next(link for link in page.links if link.object.iri.endswith(f"/national/{code}"))


def test_the_table_has_a_row_for_each_candidate_with_quote_reason_and_strength(desk):
    rows = {(r["plan"], r["indicator"], r["code"]): r for r in desk.rows()}
    forest = rows["甲", "森林覆盖率", "FYP14/18"]
    assert forest["strength"] == "exactMatch"
    assert "森林覆盖率达到36.5%" in forest["quote"]
    assert forest["verified"] in {"reported", "unverified"}
    assert rows["甲", "城镇登记失业率", "FYP14/08"]["strength"] == "noMatch"
    assert rows["甲", "空气质量优良天数比率", "FYP14/16"]["strength"] == "closeMatch"
    assert all(r["reason"] and r["method"] and r["confidence"] for r in rows.values())
    assert not any(r["decision"] or r["reviewer"] for r in rows.values())


def test_a_decision_is_taken_up_and_only_its_plan_is_built_again(desk):
    said = {"plan": "甲", "indicator": "空气质量优良天数比率", "code": "FYP14/16"}
    desk.decide(**said, decision="相同", reviewer="张三", date="2026-03-01", note="范围一致")
    desk.build()
    assert desk.made == {"甲"}
    link = _link(desk.store, "甲/空气质量优良天数比率", "FYP14/16")
    assert link.strength is not None
    assert link.strength.iri.endswith("#exactMatch")
    assert link.method is not None
    assert link.method.iri.endswith("/ManualMappingCuration")
    assert (link.reviewer, link.reviewed_on) == ("张三", "2026-03-01")
    assert link.justification == "范围一致"
    assert not _link(desk.store, "乙/空气质量优良天数比率", "FYP14/16").reviewer


def test_a_link_may_be_refused_and_another_be_added(desk):
    desk.decide(plan="甲", indicator="森林覆盖率", code="FYP14/18", decision="not", reviewer="a")
    desk.decide(
        plan="甲", indicator="森林覆盖率", code="SDG/15.1.1", decision="close", reviewer="a"
    )
    before = tally(desk.store)
    desk.build()
    after = tally(desk.store)
    assert (after["exactMatch"], after["noMatch"]) == (
        before["exactMatch"] - 1,
        before["noMatch"] + 1,
    )
    assert after["closeMatch"] == before["closeMatch"] + 1
    assert not _link(desk.store, "甲/森林覆盖率", "FYP14/18").is_match


def test_what_fits_nothing_is_told_with_its_row_and_nothing_else_breaks(desk):
    for plan, indicator, code in (
        ("甲", "没有的指标", "FYP14/18"),
        ("甲", "森林覆盖率", "FYP14/99"),
        ("丙", "森林覆盖率", "FYP14/18"),
    ):
        desk.decide(plan=plan, indicator=indicator, code=code, decision="相同", reviewer="a")
    last = len(desk.rows()) + 1
    said = [line for line in desk.build() if FILE in line]
    for line, row, word in zip(
        said, (last - 2, last - 1, last), ("没有的指标", "FYP14/99", "丙"), strict=True
    ):
        assert f"第 {row} 行" in line
        assert word in line
    assert _link(desk.store, "甲/森林覆盖率", "FYP14/18").is_match
    assert [line for line in desk.build() if FILE in line] == said


def test_writing_the_table_again_keeps_what_people_wrote(desk):
    first = {"plan": "甲", "indicator": "森林覆盖率", "code": "FYP14/18"}
    desk.decide(**first, decision="相同", reviewer="张三", note="已核")
    desk.decide(plan="丙", indicator="旧", code="FYP14/18", decision="not", reviewer="李四")
    desk.decide(plan="乙", indicator="森林覆盖率", code="FYP14/18", note="待查")
    desk.build()
    write_table(desk.store, desk.table)
    rows = {(r["plan"], r["indicator"], r["code"]): r for r in desk.rows()}
    assert rows["甲", "森林覆盖率", "FYP14/18"]["note"] == "已核"
    assert rows["甲", "森林覆盖率", "FYP14/18"]["decision"] in {"相同", "exactMatch"}
    assert rows["乙", "森林覆盖率", "FYP14/18"]["note"] == "待查"
    assert desk.rows()[-1]["plan"] == "丙"
    again = desk.table.read_bytes()
    write_table(desk.store, desk.table)
    assert desk.table.read_bytes() == again


def test_taking_a_decision_back_brings_the_rule_back(desk):
    first = {"plan": "甲", "indicator": "森林覆盖率", "code": "FYP14/18"}
    before = tally(desk.store)
    desk.decide(**first, decision="not", reviewer="张三")
    desk.build()
    desk.decide(**first, decision="", reviewer="")
    desk.build()
    assert tally(desk.store) == before


def test_a_decision_that_was_built_survives_the_loss_of_the_table(desk):
    first = {"plan": "甲", "indicator": "森林覆盖率", "code": "FYP14/18"}
    desk.decide(**first, decision="相近", reviewer="张三", date="2026-03-01")
    desk.build()
    desk.table.unlink()
    write_table(desk.store, desk.table)
    row = next(r for r in desk.rows() if first.items() <= r.items())
    assert (row["decision"], row["reviewer"], row["date"]) == ("closeMatch", "张三", "2026-03-01")


# -- the command ---------------------------------------------------------------------------


@pytest.fixture
def link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: Path) -> Callable[..., Result]:
    """Runs the command over the sample plans, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["link", *arguments, "--data", str(built)])


def test_links_are_counted_and_written_as_a_table(link):
    counted = link()
    assert counted.exit_code == 0
    counts = dict(line.split("\t") for line in counted.stdout.splitlines())
    assert int(counts["exactMatch"]) > 50
    assert link("--review", "核.csv").exit_code == 0
    rows = Path("核.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == sum(map(int, counts.values())) + 1


def test_a_table_that_is_no_review_is_not_written_over(link):
    Path("核.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    result = link("--review", "核.csv")
    assert result.exit_code == 2
    assert "表头缺少" in result.stderr
    assert Path("核.csv").read_text("utf-8") == "甲,乙\n1,2\n"
