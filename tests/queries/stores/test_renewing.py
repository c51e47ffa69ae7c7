"""A database made of the one before it holds what one made afresh would hold."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.stores import generations
from queries.stores.renewing import difference

GRAPHS = st.dictionaries(
    st.sampled_from("abc"), st.frozensets(st.integers(0, 9), min_size=1), min_size=1
)


def files(folder: Path, content: dict[str, frozenset[int]]) -> dict[str, Path]:
    """N-Quads files of small graphs, and of a large one that stays as it is."""
    folder.mkdir()
    content = content | {"z": frozenset(range(200))}
    for name, numbers in content.items():
        lines = sorted(f'<http://s/{n}> <http://p> "{n}" <http://g/{name}> .\n' for n in numbers)
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return {name: folder / name for name in content}


def dumped(generation: Path) -> list[str]:
    return sorted(map(str, ox.Store.read_only(str(generation / "store"))))


@settings(max_examples=10, deadline=None)
@given(st.lists(GRAPHS, min_size=2, max_size=4))
def test_a_renewed_database_is_like_a_fresh_one(states: list[dict[str, frozenset[int]]]) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        for n, state in enumerate(states):
            content = files(data / f"files{n}", state)
            renewed = generations.write(data / "one", content, digest=f"g{n}")
            generations.switch(data / "one", renewed)
            generations.verify(renewed)
            fresh = generations.write(data / f"fresh{n}", content, digest=f"g{n}")
            assert dumped(renewed) == dumped(fresh)
            assert generations.manifest(renewed)["renewals"] == n
        assert generations.manifest(fresh)["renewals"] == 0


def test_what_stays_shares_its_files(tmp_path: Path) -> None:
    content = files(tmp_path / "1", {"a": frozenset({1})})
    first = generations.write(tmp_path, content, digest="1")
    generations.switch(tmp_path, first)
    content["a"] = files(tmp_path / "2", {"a": frozenset({2})})["a"]
    second = generations.write(tmp_path, content, digest="2")
    for name, path in generations.graphs(second).items():
        assert path.samefile(generations.graphs(first)[name]) == (name == "z")


def test_where_much_or_a_blank_node_changes_the_database_is_made_afresh(tmp_path: Path) -> None:
    def written(digest: str, line: str, count: int) -> int:
        content = files(tmp_path / digest, {"a": frozenset(range(count))})
        (tmp_path / digest / "b").write_text(line, encoding="utf-8")
        content["b"] = tmp_path / digest / "b"
        generation = generations.write(tmp_path, content, digest=digest)
        generations.switch(tmp_path, generation)
        return int(generations.manifest(generation)["renewals"])

    assert written("g1", '_:c14n0 <http://p> "1" <http://g/b> .\n', 5) == 0
    assert written("g2", '_:c14n0 <http://p> "1" <http://g/b> .\n', 6) == 1
    assert written("g3", '_:c14n0 <http://p> "2" <http://g/b> .\n', 6) == 0
    assert written("g4", '_:c14n0 <http://p> "2" <http://g/b> .\n', 1000) == 0


def test_a_damaged_generation_is_not_built_upon(
    tmp_path: Path, graph: Callable[..., dict[str, Path]]
) -> None:
    first = generations.write(tmp_path, graph(50), digest="g1")
    generations.switch(tmp_path, first)
    next((first / "store").glob("*.sst")).write_bytes(b"")
    second = generations.write(tmp_path, graph(51), digest="g2")
    assert generations.manifest(second)["renewals"] == 0
    generations.verify(second)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\nd\n", "b\nc\nd\n", [(False, b"a\n"), (True, b"c\n")]),
        ("a\n", "a\n", []),
        (None, "a\n", [(True, b"a\n")]),
        ("a\n", None, [(False, b"a\n")]),
    ],
)
def test_the_difference_of_two_files_is_what_one_of_them_has(
    tmp_path: Path, old: str | None, new: str | None, expected: list[tuple[bool, bytes]]
) -> None:
    def path(name: str, text: str | None) -> Path | None:
        if text is None:
            return None
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    assert list(difference(path("old", old), path("new", new))) == expected
