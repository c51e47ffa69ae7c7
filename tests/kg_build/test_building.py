"""From documents to what is served: whole, validated, or what was served before."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.building import Outcome, build_graph
from kg_build.checking import checked
from kg_build.errors import BuildError
from kg_build.rdf import graphs
from kg_build.settings import Settings
from queries.deriving import derived as rules_add
from queries.errors import StoreUnavailable
from queries.stores import generations


@pytest.fixture
def build(tmp_path):
    """Builds `tmp_path/plans` into `tmp_path/data`; gives the outcome and what was said."""

    def run(jobs: int = 1, data: str = "data") -> tuple[Outcome, list[str]]:
        said: list[str] = []
        settings = Settings(
            documents=tmp_path / "plans", data=tmp_path / data, jobs=jobs, engine="serial"
        )
        return build_graph(settings, say=said.append, progress=lambda r, n: r), said

    return run


def graph(data: Path) -> bytes:
    files = generations.graphs(generations.current(data)).values()
    return b"".join(path.read_bytes() for path in files)


def test_a_plan_is_built_served_and_summed_up(write_plan, build, tmp_path):
    write_plan("甲.txt")
    outcome, said = build()
    assert outcome.is_clean
    assert generations.current(tmp_path / "data") == outcome.generation.resolve()
    generations.verify(outcome.generation)
    assert any("青河县甲行动计划" in line for line in said)
    assert outcome.generation.name in said[-1]


def test_nothing_is_done_where_nothing_changed(write_plan, build, tmp_path):
    write_plan("甲.txt")
    first, _ = build()
    files = [p for p in (tmp_path / "data").rglob("*") if p.is_file()]
    before = {p: p.stat().st_mtime_ns for p in files}
    second, said = build()
    assert second.generation.name == first.generation.name
    assert second.is_clean
    assert {p: p.stat().st_mtime_ns for p in files} == before
    assert "没有变化" in said[-1]


def test_a_bad_document_is_named_and_the_others_are_served(write_plan, build, tmp_path):
    write_plan("甲.txt")
    write_plan("坏.txt", "\0\1\2")
    outcome, said = build()
    assert not outcome.is_clean
    assert any("坏.txt" in line for line in said)
    assert "青河县甲行动计划".encode() in graph(tmp_path / "data")


def test_where_no_document_can_be_read_what_is_served_stays(write_plan, build, tmp_path):
    path = write_plan("甲.txt")
    build()
    before = graph(tmp_path / "data")
    path.write_bytes(b"\0\1\2")
    with pytest.raises(BuildError, match="没有一份文件能够收入图谱"):
        build()
    assert graph(tmp_path / "data") == before


def test_an_empty_folder_is_an_error(build, tmp_path):
    (tmp_path / "plans").mkdir()
    with pytest.raises(BuildError, match="没有可读的计划文件"):
        build()


WRONG = '[override]\nplace_code = "999999"\nperiod_end = 3025\n'


def test_a_document_whose_graph_has_violations_is_named_and_the_others_are_served(
    write_plan, build, tmp_path
):
    write_plan("甲.txt")
    alone, _ = build()
    write_plan("错.txt", metadata=WRONG)
    outcome, said = build()
    assert not outcome.is_clean
    assert generations.current(tmp_path / "data").name == alone.generation.name
    assert "青河县错行动计划".encode() not in graph(tmp_path / "data")
    told = "\n".join(said)
    assert "错.txt: 图谱有" in told
    assert "规划期结束年最多一个" in told
    assert "= 3025 第 1 行" in told
    assert "「青河县错行动计划（2023—2025年）」" in told
    assert "错.toml" in told


def test_a_document_left_out_is_not_read_again_and_comes_back_when_it_is_mended(write_plan, build):
    write_plan("甲.txt")
    path = write_plan("错.txt", metadata=WRONG)
    build()
    assert build()[0].corpus.made == frozenset()
    path.with_suffix(".toml").unlink()
    outcome, _ = build()
    assert outcome.is_clean
    assert [shard.slug for shard in outcome.corpus.shards] == ["甲", "错"]


def test_where_all_documents_have_violations_what_is_served_stays(write_plan, build, tmp_path):
    path = write_plan("甲.txt")
    first, _ = build()
    path.with_suffix(".toml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(BuildError, match="没有一份文件能够收入图谱"):
        build()
    assert generations.current(tmp_path / "data").name == first.generation.name


def test_what_a_metadata_file_sets_is_no_violation(write_plan, build):
    write_plan("甲.txt", metadata='[override]\ntitle = "另名"\nplace_code = "320506"\n')
    outcome, _ = build()
    assert outcome.is_clean
    noted = {
        result.about_zh.partition("：")[2] for result in outcome.corpus.shards[0].report().results
    }
    assert {"title = 另名", "place_code = 320506"} <= noted


def test_a_data_folder_that_is_a_file_is_named(write_plan, build, tmp_path):
    write_plan("甲.txt")
    (tmp_path / "data").write_text("x", encoding="utf-8")
    with pytest.raises((BuildError, StoreUnavailable), match="data"):
        build()


def test_the_graph_is_the_same_whatever_was_built_before(write_plan, build, tmp_path):
    for name in ("乙", "甲"):
        write_plan(f"{name}.txt")
    build(data="one")
    extra = write_plan("丙.txt")
    build(data="two")
    extra.unlink()
    build(data="two")
    assert graph(tmp_path / "one") == graph(tmp_path / "two")


def test_shards_of_documents_that_are_gone_go(write_plan, build, tmp_path):
    write_plan("乙.txt")
    path = write_plan("甲.txt")
    build()
    path.unlink()
    build()
    kept = [p.name for p in (tmp_path / "data" / "shards").iterdir()]
    assert [name.partition("-")[0] for name in kept if "vocabularies" not in name] == ["乙"]


def test_each_plan_has_its_graph_and_shared_things_one(write_plan, build, tmp_path):
    for name in ("乙", "甲"):
        write_plan(f"{name}.txt")
    build()
    lines = graph(tmp_path / "data").splitlines()
    assert len(lines) == len(set(lines))
    quads = list(ox.parse(graph(tmp_path / "data"), format=ox.RdfFormat.N_QUADS))
    graphs = {q.graph_name.value.rpartition("/graph/")[2] for q in quads}
    assert graphs >= {"甲", "乙", "shared", "ontology", "derived"}


def test_the_check_reports_on_what_is_served(write_plan, build, tmp_path):
    with pytest.raises(StoreUnavailable):
        checked(tmp_path / "data")
    write_plan("甲.txt")
    outcome, _ = build()
    served = checked(tmp_path / "data")
    assert not served.violations
    assert served == outcome.corpus.shards[0].report()
    assert served.results


def test_what_rules_add_to_each_plan_is_what_they_add_to_all(built: Path):
    files = generations.graphs(generations.current(built))
    derived = files.pop(graphs.DERIVED).read_bytes()
    assert rules_add((path.read_bytes() for path in files.values()), graphs.DERIVED) == derived


def test_the_graph_renewed_after_a_change_is_the_graph_built_afresh(write_plan, build, tmp_path):
    paths = [write_plan(f"{name}.txt") for name in "甲乙丙丁戊己"]
    build()
    text = paths[2].read_text("utf-8").replace("读书节", "朗读节").replace("县教育局、", "")
    paths[2].write_text(text, encoding="utf-8")
    paths[4].unlink()
    renewed, _ = build()
    fresh, _ = build(data="fresh")
    assert generations.manifest(renewed.generation)["renewals"] == 1
    assert generations.manifest(fresh.generation)["renewals"] == 0
    assert graph(tmp_path / "data") == graph(tmp_path / "fresh")
    stores = [ox.Store.read_only(str(o.generation / "store")) for o in (renewed, fresh)]
    said = [{str(q) for q in store if "_:" not in str(q)} for store in stores]
    assert said[0] == said[1]


def test_two_builds_at_once_wait_for_each_other(write_plan, tmp_path):
    folder = write_plan("甲.txt").parent
    command = [sys.executable, "-m", "kg_build.cli", "build", folder, "--data", tmp_path / "data"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("等它结束" in text for text in said) == 1
    assert sum("没有变化" in text for text in said) == 1
    generations.verify(generations.current(tmp_path / "data"))


def test_a_build_that_was_killed_keeps_no_other_waiting(write_plan, build, tmp_path):
    write_plan("甲.txt")
    (tmp_path / "data").mkdir()
    code = "import sys, time; from pathlib import Path; from kg_build.locking import alone\n"
    code += "with alone(Path(sys.argv[1]), print): print('in', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", code, str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"in\n"
        process.kill()
    _, said = build()
    assert not any("等它结束" in line for line in said)
