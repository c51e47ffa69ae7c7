import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from queries.errors import StoreUnavailable
from queries.stores import generations
from queries.stores.oxigraph import open_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture
def fresh(generation: Path, tmp_path: Path) -> Path:
    """A whole generation to damage."""
    return Path(shutil.copytree(generation, tmp_path / "generations" / "tiny"))


def only(folder: Path, pattern: str) -> Path:
    """The largest file of that name."""
    return max(folder.glob(pattern), key=lambda path: path.stat().st_size)


def truncate(pattern: str) -> Callable[[Path], None]:
    def damage(generation: Path) -> None:
        path = only(generation, pattern)
        os.truncate(path, path.stat().st_size // 2)

    return damage


def flip(pattern: str) -> Callable[[Path], None]:
    def damage(generation: Path) -> None:
        path = only(generation, pattern)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    return damage


def remove(pattern: str) -> Callable[[Path], None]:
    return lambda generation: only(generation, pattern).unlink()


def emptied(generation: Path) -> None:
    shutil.rmtree(generation / "store")
    (generation / "store").mkdir()


def another(generation: Path) -> None:
    path = generation.parent / "other.nq"
    path.write_bytes(b"<http://a/> <http://b/> <http://c/> .\n")
    other = generations.write(generation.parent / "other", {"x": path}, digest="x")
    shutil.rmtree(generation / "store")
    shutil.copytree(other / "store", generation / "store")


def recounted(generation: Path) -> None:
    path = generation / "manifest.json"
    sealed = json.loads(path.read_text(encoding="utf-8"))
    sealed["statements"] += 1
    path.write_text(json.dumps(sealed), encoding="utf-8")


DAMAGES = {
    "manifest of the database cut": truncate("store/MANIFEST-*"),
    "manifest of the database flipped": flip("store/MANIFEST-*"),
    "log cut": truncate("store/*.log"),
    "log flipped": flip("store/*.log"),
    "table cut": truncate("store/*.sst"),
    "table flipped": flip("store/*.sst"),
    "table gone": remove("store/*.sst"),
    "CURRENT gone": remove("store/CURRENT"),
    "store emptied": emptied,
    "store gone": lambda generation: shutil.rmtree(generation / "store"),
    "store of another graph": another,
    "table added": lambda generation: (generation / "store" / "9.sst").write_bytes(b""),
    "graph cut": truncate("graphs/*.nq"),
    "graph flipped": flip("graphs/*.nq"),
    "graph gone": remove("graphs/*.nq"),
    "graph added": lambda generation: (generation / "graphs" / "9.nq").write_bytes(b""),
    "index cut": truncate("search/*"),
    "index flipped": flip("search/*"),
    "index gone": remove("search/*"),
    "seal cut": truncate("manifest.json"),
    "seal gone": remove("manifest.json"),
    "seal recounted": recounted,
}


def test_a_whole_generation_passes(fresh: Path) -> None:
    generations.verify(fresh)


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_is_seen_and_named_with_its_remedy(fresh: Path, name: str) -> None:
    DAMAGES[name](fresh)
    with pytest.raises(StoreUnavailable, match=r"damaged.*zhengtu build"):
        generations.verify(fresh)


def test_a_damaged_generation_is_neither_switched_to_nor_opened(
    fresh: Path, generation: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    good = Path(shutil.copytree(generation, data / "generations" / "good"))
    bad = Path(shutil.copytree(generation, data / "generations" / "bad"))
    flip("store/*.sst")(bad)
    generations.switch(data, good)
    for refused in (bad, fresh):  # the second is whole, but of another folder
        with pytest.raises(StoreUnavailable):
            generations.switch(data, refused)
        assert generations.current(data) == good
    flip("store/*.sst")(good)
    with pytest.raises(StoreUnavailable):
        generations.open_current(data)


def test_a_damaged_generation_is_written_anew(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    written = generations.write(tmp_path, graph(), digest="tiny")
    emptied(written)
    assert generations.write(tmp_path, graph(), digest="tiny") == written
    generations.verify(written)


def test_the_seal_counts_statements_by_graph(generation: Path) -> None:
    sealed = generations.manifest(generation)
    assert sealed["statements"] == 403
    assert [graph["statements"] for graph in sealed["graphs"].values()] == [1, 2, 400]
    assert list(generations.graphs(generation)) == ["a", "b", "c"]


def test_the_same_digest_is_reused_without_reading(generation: Path) -> None:
    absent = {"a": Path("absent.nq")}
    assert generations.write(generation.parents[1], absent, digest="tiny") == generation


def test_nothing_built_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="zhengtu build"):
        generations.current(tmp_path)


@pytest.mark.parametrize("digest", ["", "..", "a/b", ".hidden", "a" * 200, "图"])
def test_a_digest_that_is_no_folder_name_is_refused(tmp_path: Path, digest: str) -> None:
    with pytest.raises(StoreUnavailable):
        generations.write(tmp_path, {}, digest=digest)
    assert list(tmp_path.iterdir()) == []


TWICE = b"<http://a/> <http://b/> <http://c/> .\n" * 2


@pytest.mark.parametrize("content", [b"", b"\n", b"<http://a/> <http://b/>\n", b"\xff\n", TWICE])
def test_a_failed_build_leaves_what_is_served(
    tmp_path: Path, graph: Callable[..., dict[str, Path]], content: bytes
) -> None:
    served = generations.write(tmp_path, graph(), digest="good")
    generations.switch(tmp_path, served)
    (tmp_path / "bad.nq").write_bytes(content)
    for name in ("bad.nq", "absent.nq"):
        with pytest.raises(StoreUnavailable, match="unchanged"):
            generations.write(tmp_path, {"a": tmp_path / name}, digest="bad")
    assert generations.current(tmp_path) == served
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["good"]


FULL = """
import resource, signal, sys
from pathlib import Path
from queries.stores import generations
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
generations.write(Path(sys.argv[1]), {"g": Path(sys.argv[3])}, digest="large")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("size", [100_000, 400_000])
def test_a_full_disk_is_a_clear_error_and_leaves_what_is_served(
    tmp_path: Path, graph: Callable[..., dict[str, Path]], size: int
) -> None:
    served = generations.write(tmp_path, graph(), digest="good")
    generations.switch(tmp_path, served)
    large = tmp_path / "large.nq"
    large.write_bytes(
        b"".join(b'<http://a/%d> <http://b/> "%d" <http://g/> .\n' % (n, n) for n in range(50_000))
    )
    command = [sys.executable, "-c", FULL, str(tmp_path), str(size), str(large)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "StoreUnavailable" in ended.stderr
    assert "check disk space" in ended.stderr
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["good"]
    generations.verify(generations.current(tmp_path))


KILLED = """
import os, signal, sys
from pathlib import Path
from queries.stores import generations
data, step = Path(sys.argv[1]), sys.argv[2]
real = getattr(generations, step)
def deadly(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(generations, step, deadly)
(data / ".new.nq").write_bytes(b'<http://a/> <http://b/> "c" <http://g/> .\\n')
written = generations.write(data, {"g": data / ".new.nq"}, digest="new")
generations.switch(data, written)
"""


@pytest.mark.parametrize("step", ["create_folder", "digests_in", "seal", "_put", "_link", "_prune"])
def test_a_build_killed_between_steps_leaves_a_whole_graph_served(
    tmp_path: Path, graph: Callable[..., dict[str, Path]], step: str
) -> None:
    generations.switch(tmp_path, generations.write(tmp_path, graph(), digest="old"))
    command = [sys.executable, "-c", KILLED, str(tmp_path), step]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    served = generations.current(tmp_path)
    assert served.name == ("new" if step == "_prune" else "old")
    generations.verify(served)
    # The next build goes through and clears up.
    generations.switch(tmp_path, generations.write(tmp_path, graph(1), digest="next"))
    assert generations.current(tmp_path).name == "next"
    left = {path.name for path in (tmp_path / "generations").iterdir()}
    assert left == {"next", served.name}
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {
        "generations",
        "current",
        "previous",
    }


def test_the_last_generation_is_kept_for_going_back(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    for n in range(4):
        generations.switch(tmp_path, generations.write(tmp_path, graph(n), digest=f"g{n}"))
    left = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert left == ["g2", "g3"]
    generations.switch(tmp_path, tmp_path / "generations" / "g2")
    assert generations.current(tmp_path).name == "g2"
    assert (tmp_path / "previous").resolve().name == "g3"


def test_what_is_known_beforehand_changes_nothing(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    seals = []
    for data, asks in ((tmp_path / "one", True), (tmp_path / "other", False)):
        generations.switch(data, generations.write(data, graph(), digest="old"))
        before = generations.known(data) if asks else None
        written = generations.write(data, graph(5), digest="new", before=before)
        generations.verify(written)
        sealed = generations.manifest(written)
        graphs = {name: sealed["files"][g["file"]] for name, g in sealed["graphs"].items()}
        seals.append((graphs, sealed["statements"], sealed["renewals"]))
    assert seals[0] == seals[1]


def test_only_what_is_whole_is_known(tmp_path: Path, graph: Callable[..., dict[str, Path]]) -> None:
    assert generations.known(tmp_path) is None
    generations.switch(tmp_path, generations.write(tmp_path, graph(), digest="old"))
    assert generations.known(tmp_path) is not None
    flip("graphs/*.nq")(generations.current(tmp_path))
    assert generations.known(tmp_path) is None


def test_readers_see_whole_graphs_while_generations_switch(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    sizes = {3 + 10 * n for n in range(12)}
    generations.switch(tmp_path, generations.write(tmp_path, graph(0), digest="g0"))
    done = threading.Event()
    seen: list[int] = []

    def look() -> None:
        while not done.is_set():
            seen.append(open_folder(generations.current(tmp_path) / "store").statements())

    reader = threading.Thread(target=look)
    reader.start()
    for n in range(12):
        written = generations.write(tmp_path, graph(10 * n), digest=f"n{n}")
        generations.switch(tmp_path, written)
    done.set()
    reader.join()
    assert seen
    assert set(seen) <= sizes
