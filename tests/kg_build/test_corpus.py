"""Many documents: cached, in any order, by any number of workers, none stopping the others."""

import os
import random
import time
from functools import partial
from pathlib import Path

import pytest

from kg_build import corpus as corpus_
from kg_build import provenance
from kg_build.corpus import Corpus, documents
from kg_build.engines import Means, local, named, serial
from kg_build.errors import BuildError
from kg_build.shards import Failure

build_shards = partial(corpus_.build_shards, run=serial.run)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.stat().st_ino) for p in files
    }


def contents(corpus: Corpus) -> dict[str, bytes]:
    """All files of all shards, but for the time they took."""
    return {
        f"{shard.slug}/{path.name}": path.read_bytes()
        for shard in corpus.shards
        for path in sorted(shard.folder.iterdir())
        if path.name != "about.json"
    }


@pytest.fixture
def plans(write_plan) -> tuple[Path, ...]:
    return tuple(write_plan(f"{name}.txt") for name in ("丙", "甲", "乙"))


def test_an_unchanged_document_is_not_read_again(plans, tmp_path):
    cache = tmp_path / "shards"
    first = build_shards(plans, cache)
    before = stamps(cache)
    again = build_shards(plans, cache)
    assert stamps(cache) == before
    assert again.shards == first.shards
    assert (len(first.made), len(again.made)) == (3, 0)


def test_a_changed_document_is_built_alone(plans, tmp_path):
    cache = tmp_path / "shards"
    first = build_shards(plans, cache)
    before = stamps(cache)
    plans[0].write_text(plans[0].read_text("utf-8") + "\n附件\n", encoding="utf-8")
    second = build_shards(plans, cache)
    assert {n: s for n, s in stamps(cache).items() if n in before} == before
    changed = {a.slug for a, b in zip(first.shards, second.shards, strict=True) if a.key != b.key}
    assert changed == {"丙"}
    assert first.digest != second.digest


def test_a_changed_metadata_file_makes_the_document_new(plans, tmp_path):
    first = build_shards(plans, tmp_path / "shards")
    plans[0].with_suffix(".toml").write_text("[override]\ntitle = '另名'\n", encoding="utf-8")
    second = build_shards(plans, tmp_path / "shards")
    assert first.digest != second.digest
    assert second.shards[0].facts()["plan"]["title"] == "另名"


def test_a_shard_half_written_is_written_again(plans, tmp_path):
    cache = tmp_path / "shards"
    first = build_shards(plans, cache)
    whole = contents(first)
    first.shards[0].shared.unlink()
    first.shards[1].nquads.write_bytes(first.shards[1].nquads.read_bytes()[:-9])
    assert contents(build_shards(plans, cache)) == whole


def test_the_result_does_not_depend_on_the_order(plans, tmp_path):
    one = build_shards(plans, tmp_path / "one")
    other = build_shards(plans[::-1], tmp_path / "other")
    assert contents(one) == contents(other)
    assert one.digest == other.digest
    assert [s.slug for s in one.shards] == sorted(s.slug for s in one.shards)


def test_any_number_of_workers_and_any_order_give_the_same_bytes(write_plan, tmp_path):
    paths = [write_plan(f"计划{n}.txt") for n in range(5)]
    paths.insert(3, write_plan("坏.txt", "\0\0\0"))
    one = build_shards(paths, tmp_path / "0")
    assert [f.path.name for f in one.failures] == ["坏.txt"]
    for jobs in (1, 2, 3):
        random.Random(jobs).shuffle(paths)
        other = build_shards(paths, tmp_path / str(jobs), run=local.run, means=Means(jobs))
        assert contents(other) == contents(one)
        assert (other.digest, other.failures) == (one.digest, one.failures)


def deadly(path: Path) -> str | Failure:
    """Stands for a document over which a reader dies, hangs or falls."""
    if path.stem == "死":
        os.abort()
    if path.stem == "久":
        time.sleep(60)
    if path.stem == "错":
        raise RecursionError
    return path.stem


def test_a_process_that_dies_or_hangs_costs_only_its_document():
    paths = [Path(f"{name}.txt") for name in "甲死乙久丙丁"]
    outcomes = list(local.run(paths, deadly, Failure, Means(jobs=2, seconds=4)))
    assert [o for o in outcomes if not isinstance(o, Failure)] == ["甲", "乙", "丙", "丁"]
    failed = {o.path.stem: o.reason for o in outcomes if isinstance(o, Failure)}
    assert set(failed) == {"死", "久"}
    assert "中止" in failed["死"]
    assert "4 秒" in failed["久"]


def test_a_fault_of_the_program_costs_only_its_document(write_plan, tmp_path, monkeypatch):
    def falls(path: Path, limits: object) -> None:
        raise RecursionError(path)

    paths = [write_plan("甲.txt"), write_plan("乙.txt")]
    first = build_shards(paths[:1], tmp_path / "shards")
    monkeypatch.setattr("kg_build.contents.build", falls)
    built = build_shards(paths, tmp_path / "shards")
    assert built.shards == first.shards
    assert "RecursionError" in built.failures[0].reason


def test_an_engine_that_is_not_there_is_told_with_what_to_do(monkeypatch):
    with pytest.raises(BuildError, match="local, serial, spark, dask"):
        named("ray")
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    monkeypatch.delitem(__import__("sys").modules, "kg_build.engines.dask", raising=False)
    with pytest.raises(BuildError, match=r"zhengtu\[dask\]"):
        named("dask")


def test_one_bad_document_stops_no_other(write_plan, tmp_path):
    paths = [
        write_plan("甲.txt"),
        write_plan("坏.txt", "\0\1\2"),
        write_plan("封.txt", metadata=f'sha256 = "{"0" * 64}"\n'),
        write_plan("乱.txt", metadata="override = [\n"),
        write_plan("乙.txt"),
    ]
    built = build_shards(paths, tmp_path / "shards")
    assert [s.slug for s in built.shards] == ["乙", "甲"]
    assert [f.path.name for f in built.failures] == ["乱.txt", "坏.txt", "封.txt"]
    assert all(f.path.stem in f.reason for f in built.failures)


@pytest.mark.parametrize("metadata", ['override = "甲"\n', "override = 1\n", "source = 5\n"])
def test_metadata_of_the_wrong_kind_stops_no_other(write_plan, tmp_path, metadata):
    paths = [write_plan("甲.txt"), write_plan("乱.txt", metadata=metadata)]
    built = build_shards(paths, tmp_path / "shards")
    assert [s.slug for s in built.shards] == ["甲"]
    assert [f.path.name for f in built.failures] == ["乱.txt"]


def test_the_folder_lists_documents_in_the_order_of_their_names(write_plan):
    folder = write_plan("乙.txt").parent
    for name in ("甲.txt", ".藏.txt", "说明.md", "甲.toml"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "夹.txt").mkdir()
    assert [p.name for p in documents(folder)] == ["乙.txt", "甲.txt"]


def test_two_files_of_one_name_are_refused_with_a_remedy(write_plan):
    folder = write_plan("甲.txt").parent
    (folder / "甲.TXT").write_text("x", encoding="utf-8")
    with pytest.raises(BuildError, match="改名"):
        documents(folder)


def test_a_folder_with_sub_folders_only_says_that_they_are_not_read(tmp_path):
    with pytest.raises(BuildError, match="没有可读的计划文件"):
        documents(tmp_path)
    for name in ("2024", "2025"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "甲.txt").write_text("x", encoding="utf-8")
    with pytest.raises(BuildError, match="子文件夹 2024、2025 中"):
        documents(tmp_path)


def test_a_document_named_like_a_graph_of_its_own_kind_is_refused(write_plan, tmp_path):
    paths = [write_plan("shared.txt"), write_plan("甲.txt")]
    built = build_shards(paths, tmp_path / "shards")
    assert [f.path.name for f in built.failures] == ["shared.txt"]
    assert "改名" in built.failures[0].reason


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BuildError, match="没有这个文件夹"):
        documents(tmp_path / "没有")


def test_the_digest_of_the_code_is_of_what_reads_documents(tmp_path):
    for name in ("b.py", "a.toml", "c.ttl", "notes.md", "__pycache__/b.py", "room/d.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = list(provenance._sources(tmp_path, "x"))
    assert found == [(f"x/{n}", n.encode()) for n in ("a.toml", "b.py", "c.ttl", "room/d.py")]
    assert len(provenance.code_digest()) == 16


def test_no_result_is_asked_for_twice_of_the_progress_display(plans, tmp_path):
    seen: list[int] = []

    def progress(results, total):
        for result in results:
            seen.append(total)
            yield result

    build_shards(plans, tmp_path / "shards", progress=progress)
    assert seen == [3, 3, 3]
