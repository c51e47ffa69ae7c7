"""The house rules that a machine can check: imports, doors, sizes, places, locks."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "shapes", "queries", "kg_build", "web")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400

# One library, one door: no types, global state, or may be replaced.
DOORS = ("jieba", "mcp", "owlready2", "pyshacl", "SPARQLWrapper")

SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|ASK|INSERT|DELETE)\b[^;]*[{?]")
MACHINE = re.compile(
    "|".join((
        r"(?<![\w/.$}])/(root|work|home/\w+|Users)/",
        r"pypi\.(org|python)",
        "files" + r"\.pythonhosted",
        "registry" + r"\.(npmjs|yarnpkg)",
        "--(extra-)?" + "index-url",
    ))
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Top names of all that a module imports, lazily or not."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def strings(path: Path) -> Iterator[str]:
    """String constants of a module that are no docstrings."""
    module = tree(path)
    said = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def run(*command: str) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [tool, *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "command",
    [
        ("lint-imports", "--no-cache"),
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("mypy", "docs/generate.py"),
    ],
    ids=" ".join,
)
def test_the_tools_find_nothing(command):
    outcome = run(*command)
    assert outcome.returncode == 0, outcome.stdout[-4000:] + outcome.stderr[-4000:]


def reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id == "os" and node.attr in {"environ", "environb", "getenv"}
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return any("env" in alias.name for alias in node.names)
    return False


def test_only_settings_reads_the_environment():
    readers = {
        name_of(path) for path in MODULES if any(map(reads_environment, ast.walk(tree(path))))
    }
    assert readers == {"kg_build/settings.py"}


def test_only_the_command_line_prints():
    printing = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert printing <= {"kg_build/cli.py"}


def test_no_sparql_stands_in_python():
    found = [
        (name_of(path), text) for path in MODULES for text in strings(path) if SPARQL.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["SELECT ?a WHERE { ?a ?b ?c }", "ASK {}", "CONSTRUCT { ?s ?p ?o }"]
)
def test_sparql_in_a_string_would_be_found(text):
    assert SPARQL.search(text)


def test_modules_are_no_longer_than_agreed():
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES + TESTS}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_functions_are_no_longer_than_agreed():
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES + TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_holds_and_exports():
    silent = []
    for path in MODULES:
        module = tree(path)
        names = {
            t.id
            for n in module.body
            if isinstance(n, ast.Assign)
            for t in n.targets
            if isinstance(t, ast.Name)
        }
        if not ast.get_docstring(module):
            silent.append(f"{name_of(path)}: docstring")
        if "__all__" not in names and path.name != "__init__.py":
            silent.append(f"{name_of(path)}: __all__")
    assert silent == []


def test_what_a_module_exports_is_there():
    missing = []
    for path in MODULES:
        module = tree(path)
        defined = {n.name for n in module.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        for node in module.body:
            if isinstance(node, ast.Assign):
                defined |= {t.id for t in node.targets if isinstance(t, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                defined.add(node.target.id)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                defined |= {a.asname or a.name for a in node.names}
        for node in module.body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                exported = ast.literal_eval(node.value)
                missing += [f"{name_of(path)}: {n}" for n in exported if n not in defined]
    assert missing == []


def test_tests_hold_only_what_pytest_collects():
    stray = [
        name_of(path) for path in TESTS if not re.fullmatch(r"test_\w+\.py|conftest\.py", path.name)
    ]
    assert stray == []


@pytest.mark.parametrize("library", DOORS)
def test_each_quirky_library_has_one_door(library):
    doors = [name_of(path) for path in MODULES if library in imported(path)]
    assert len(doors) == 1, doors


@pytest.mark.parametrize(
    ("library", "place"),
    [("flask", "kg_build"), ("flask", "queries"), ("rdflib", "kg_build"), ("jieba", "web")],
)
def test_some_libraries_are_unknown_in_some_rooms(library, place):
    users = [name_of(path) for path in MODULES if library in imported(path)]
    assert [user for user in users if user.startswith(place) and user != "kg_build/cli.py"] == []


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-dev.txt", "requirements-build.txt"]
)
def test_every_locked_dependency_is_pinned_with_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 5
    assert [
        line for line in lines if not re.match(r"[\w.-]+==\S+( ;.*)? +--hash=sha256:", line)
    ] == []


def test_continuous_integration_runs_the_tests():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")
