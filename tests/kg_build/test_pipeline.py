"""One document to quads and plan JSON: metadata, issues, determinism."""

import json
import pickle
import subprocess
import sys

import pyoxigraph as ox
import pytest

from kg_build.errors import UnreadableSource
from kg_build.pipeline import build


def test_a_build_gives_quads_and_plan_json(write_plan):
    built = build(write_plan("甲.txt"))
    plan = json.loads(built.plan_json)
    assert plan["plan"]["title"] == "青河县甲行动计划（2023—2025年）"
    assert plan["domains"] == ["阅读推广"]
    assert [u["name"] for u in plan["actions"][0]["units"]] == [
        "县文旅局",
        "县教育局",
        "各乡镇",
    ]
    assert plan["safeguards"] == [{"number": "（一）", "title": "加强领导"}]
    assert plan["goals"][0]["quote"] in write_plan("甲.txt").read_text("utf-8")
    assert list(ox.parse(built.nquads, format=ox.RdfFormat.N_QUADS))


def test_an_override_is_honoured_and_noted(write_plan):
    path = write_plan("甲.txt", metadata='[override]\ntitle = "另名"\nperiod_end = 2030\n')
    plan = json.loads(build(path).plan_json)
    assert (plan["plan"]["title"], plan["plan"]["period_end"]) == ("另名", "2030")
    noted = [i for i in plan["issues"] if i["code"] == "override"]
    assert [i["severity"] for i in noted] == ["info", "info"]
    assert "另名" in noted[1]["message_zh"]


def test_a_text_without_structure_is_a_plan_with_an_issue(write_plan):
    built = build(write_plan("甲.txt", "今天天气好。\n"))
    assert [i.code for i in built.issues] == ["no-structure"]
    assert json.loads(built.plan_json)["actions"] == []
    assert built.nquads


def test_what_is_built_can_go_to_another_process(write_plan):
    built = build(write_plan("甲.txt"))
    assert pickle.loads(pickle.dumps(built)) == built


def test_an_unreadable_file_is_an_unreadable_source(write_plan):
    with pytest.raises(UnreadableSource):
        build(write_plan("甲.txt").with_name("乙.txt"))


@pytest.mark.parametrize("slug", ["计划 一", "a#b?c", "100%", "<甲>", "甲’乙"])
def test_any_file_name_makes_valid_iris(write_plan, slug):
    built = build(write_plan(f"{slug}.txt"))
    graphs = {q.graph_name.value for q in ox.parse(built.nquads, format=ox.RdfFormat.N_QUADS)}
    assert len(graphs) == 2
    assert not any(c in g for g in graphs for c in ' <>"{}|\\^`')


def test_the_same_bytes_come_out_under_any_hash_seed(write_plan):
    path = write_plan("甲.txt")
    script = (
        "import sys; from pathlib import Path; from kg_build.pipeline import build;"
        "sys.stdout.buffer.write(build(Path(sys.argv[1])).nquads)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(p for p in sys.path if p)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == build(path).nquads
