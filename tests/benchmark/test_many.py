"""`make bench`: many documents, as ratios measured in one run.

1. A rebuild after one of a thousand documents changed, over the build of all.
2. The memory that a thousand documents take, over that of two hundred.
3. One process over two.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench

_BUILD = """
import json, resource, sys
from kg_build.cli import main
try:
    main(sys.argv[1:])
finally:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(json.dumps([resource.getrusage(kind).ru_maxrss / 1024 for kind in kinds]))
"""

Write = Callable[[Path, int], Path]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a build; peak memory in MB of its process and of the largest it started."""

    seconds: float
    memory: float
    largest_child: float


def built(folder: Path, data: Path, *, jobs: int = 2) -> Cost:
    """What a build costs, the start of the interpreter counted in."""
    command = [sys.executable, "-c", _BUILD, "build", folder, "--data", data, "--jobs", str(jobs)]
    begin = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    seconds = time.perf_counter() - begin
    assert ended.returncode == 0, ended.stderr
    return Cost(seconds, *json.loads(ended.stdout))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory, write_plans: Write) -> tuple[Path, Cost]:
    """A folder of a thousand plans and a graph of them, and what building it cost."""
    folder = tmp_path_factory.mktemp("thousand")
    return folder, built(write_plans(folder / "plans", 1000), folder / "data")


def test_a_change_costs_itself(thousand: tuple[Path, Cost]) -> None:
    folder, whole = thousand
    times = []
    for n in range(3):
        path = folder / "plans" / "plan0500.txt"
        path.write_text(path.read_text("utf-8") + f"附件{n}\n", encoding="utf-8")
        times.append(built(folder / "plans", folder / "data").seconds)
    again = built(folder / "plans", folder / "data").seconds
    print("改一份后重建 / 全部新建，1000 份 (rebuild of one changed over all, 1000 documents)")
    print(
        f"  {min(times):.2f} s / {whole.seconds:.1f} s = {100 * min(times) / whole.seconds:.2f} %"
    )
    print(f"  无改动 nothing changed {again:.2f} s")


def test_memory_does_not_grow_with_documents(
    thousand: tuple[Path, Cost], tmp_path: Path, write_plans: Write
) -> None:
    fewer = built(write_plans(tmp_path / "plans", 200), tmp_path / "data")
    more = thousand[1]
    print("内存峰值，1000 份 / 200 份 (peak memory, 1000 documents over 200)")
    print(f"  主进程 main {more.memory:.0f} MB / {fewer.memory:.0f} MB", end="")
    print(f" = {more.memory / fewer.memory:.2f}")
    print(f"  读取进程 worker {more.largest_child:.0f} MB / {fewer.largest_child:.0f} MB", end="")
    print(f" = {more.largest_child / fewer.largest_child:.2f}")


def test_two_processes_over_one(tmp_path: Path, write_plans: Write) -> None:
    folder = write_plans(tmp_path / "plans", 80)
    one, two = (built(folder, tmp_path / str(jobs), jobs=jobs).seconds for jobs in (1, 2))
    print("一个进程 / 两个进程，80 份 (one process over two, 80 documents)")
    print(f"  {one:.1f} s / {two:.1f} s = {one / two:.2f}")
