"""The wheel: it holds every file the rooms need, works elsewhere, and starts quickly."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "shapes", "queries", "kg_build", "web")
SLOW = ("flask", "jieba", "owlready2", "pyshacl", "rdflib", "waitress")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    pytest.importorskip("hatchling", reason="make installs it: requirements-build.txt")
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    command = [*pip, "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", out, ROOT]
    built = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("zhengtu-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    command = [*pip, "--no-deps", "--no-index", "--target", folder, wheel]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def elsewhere(installed: Path, folder: Path, program: str) -> str:
    """What a program prints that sees the installed copy first and runs in another folder."""
    outcome = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_the_wheel_holds_every_file_of_the_rooms(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    needed = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {Path(name).suffix for name in needed} >= {".py", ".ttl", ".rq", ".toml", ".html"}
    assert sorted(needed - packed) == []


def test_the_wheel_holds_nothing_but_the_rooms_and_its_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)


def test_an_installed_copy_reads_its_turtle_from_any_folder(installed, tmp_path):
    printed = elsewhere(
        installed,
        tmp_path,
        "import ontology\n"
        "from importlib.resources import files\n"
        "print(ontology.__file__)\n"
        "print(len(files('ontology').joinpath('plan.ttl').read_text('utf-8')))\n"
        "print(len(ontology.concepts('role')))\n",
    )
    place, size, roles = printed.splitlines()
    assert Path(place).is_relative_to(installed)
    assert int(size) > 1000
    assert int(roles) == 6


def test_help_starts_without_the_slow_libraries(installed, tmp_path):
    printed = elsewhere(
        installed,
        tmp_path,
        "import sys\n"
        "sys.argv = ['zhengtu', '--help']\n"
        "from kg_build.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        f"print('LOADED', sorted(set({SLOW!r}) & set(sys.modules)))\n",
    )
    assert "serve" in printed
    assert printed.splitlines()[-1] == "LOADED []"
