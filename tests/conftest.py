"""What all tests share: tables of cases, golden files, the sample corpus as a graph, a browser."""

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
DOCUMENTS = TESTS.parent / "documents"
CHROMIUM = Path("/usr/bin/chromium")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Rewrite tests/golden; then read the diff."
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "cases(file, kind, at_least): once for each [[kind]] of tests/cases/<file>.toml",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Gives a test marked with `cases` every case of its table as `case`.

    A case with `known` is a fault not yet mended: it must fail, and says so when it does not.
    """
    marker = metafunc.definition.get_closest_marker("cases")
    if marker is None:
        return
    file, kind = marker.args
    table = tomllib.loads((TESTS / "cases" / f"{file}.toml").read_text(encoding="utf-8"))
    cases = table[kind]
    assert len(cases) >= marker.kwargs["at_least"], f"cases lost from {file}.toml [[{kind}]]"
    metafunc.parametrize("case", [_parameter(n, case) for n, case in enumerate(cases, 1)])


def _parameter(n: int, case: dict[str, Any]) -> Any:
    known = case.get("known")
    marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
    return pytest.param(case, id=f"{n}-{case.get('id', '')}".rstrip("-"), marks=marks)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files shall be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a build of the five sample plans, made once a session. Read only."""
    from kg_build.building import build_graph  # noqa: PLC0415 (only these tests pay for it)
    from kg_build.settings import Settings  # noqa: PLC0415

    data = tmp_path_factory.mktemp("built")
    settings = Settings(documents=DOCUMENTS, data=data, engine="serial")
    said: list[str] = []
    outcome = build_graph(settings, say=said.append, progress=_plain)
    assert outcome.is_clean, said
    return data


def _plain(results: Any, total: int) -> Any:
    return results


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium; without it tests are skipped, and in continuous integration fail."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only these tests pay for it)

    if not CHROMIUM.exists():
        advice = "Debian: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {CHROMIUM}; {advice}")
        pytest.skip(f"no {CHROMIUM}; {advice}")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def write_plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small plan into a folder of its own, `tmp_path/plans`, and gives its path."""

    def write(name: str, text: str = "", *, metadata: str | None = None) -> Path:
        path = tmp_path / "plans" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((text or _SMALL.format(name=path.stem)).encode())
        if metadata is not None:
            path.with_suffix(".toml").write_bytes(metadata.encode())
        return path

    return write


_SMALL = """青河县{name}行动计划（2023—2025年）

一、总体目标

到2025年，建成社区图书角20个。

二、重点任务

（一）阅读推广

1．办好图书角。每个乡镇至少建成1个。（牵头单位：县文旅局，配合单位：县教育局、各乡镇）

2．举办读书节。每年举办3场。（县教育局负责）

三、保障措施

（一）加强领导。各部门分工协作。

青河县人民政府
2023年3月1日
"""
