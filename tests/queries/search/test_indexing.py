"""An index made of the one before it holds what one made afresh holds; of any store one is made."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kg_build.building import build_graph
from kg_build.settings import Settings
from ontology import BASE
from queries.errors import StoreUnavailable
from queries.search import indexing, search
from queries.search.index import FILE, Index, statement
from queries.search.opening import open_index
from queries.stores import generations, open_store

GRAPH = f"{BASE}id/graph/"
ENTRIES = """
SELECT iri, graph, about, plan, document, start, stop, quote, title, wording,
       kind, places, domains, nationals, since, until
FROM entry JOIN scope ON scope.id = entry.id >> 20 ORDER BY 1
"""
NAMES = "SELECT iri, zh, en FROM name ORDER BY iri"
NAMED = "SELECT folded, iri FROM named JOIN entry ON entry.id = named.entry ORDER BY 1, 2"


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return connection.execute(query).fetchall()


def built(folder: Path, data: Path) -> Path:
    settings = Settings(documents=folder, data=data, engine="serial")
    outcome = build_graph(settings, say=str, progress=lambda results, total: results)
    return outcome.generation


def test_after_a_change_the_index_is_what_it_would_be_made_afresh(
    tmp_path: Path, write_plan: Callable[..., Path]
) -> None:
    data = tmp_path / "data"
    folder = {write_plan(f"{name}.txt").parent for name in "甲乙丙丁戊"}.pop()
    before = built(folder, data)
    write_plan("甲.txt", (folder / "甲.txt").read_text("utf-8").replace("县文旅局", "县广电局"))
    (folder / "乙.txt").unlink()
    after = built(folder, data)
    assert generations.manifest(after)["renewals"] == 1
    indexing.create(tmp_path / "afresh", open_store(f"path:{data}"))
    assert rows(after / "search", ENTRIES) == rows(tmp_path / "afresh", ENTRIES)
    assert rows(after / "search", NAMED) == rows(tmp_path / "afresh", NAMED)
    assert set(rows(tmp_path / "afresh", NAMES)) <= set(rows(after / "search", NAMES))
    renewed, afresh = Index(after / "search"), Index(tmp_path / "afresh")
    for word in ("县广电局", "县文旅局", "读书", "各"):
        found, expected = (search(i, word, window=range(999)) for i in (renewed, afresh))
        assert found.total == expected.total
        assert {hit.ref.iri for hit in found.hits} == {hit.ref.iri for hit in expected.hits}
    assert search(Index(before / "search"), "县广电局").total == 0


@pytest.mark.parametrize("changed", ["vocabulary/place", "ontology", "nowhere"])
def test_an_index_is_not_renewed_where_more_than_documents_changed(
    sample_data: Path, tmp_path: Path, changed: str
) -> None:
    before, store = generations.current(sample_data) / "search", open_store(f"path:{sample_data}")
    assert not indexing.renew(before, tmp_path / "new", store, [GRAPH + changed])
    assert not (tmp_path / "new").exists()
    assert indexing.renew(before, tmp_path / "new", store, [f"{GRAPH}wuzhong", f"{GRAPH}shared"])


def test_an_index_made_by_other_code_is_not_built_upon(sample_data: Path, tmp_path: Path) -> None:
    store = open_store(f"path:{sample_data}")
    old = tmp_path / "old"
    assert not indexing.renew(old, tmp_path / "new", store, [])
    old.mkdir()
    with closing(sqlite3.connect(old / FILE)) as connection:
        connection.executescript(statement("schema"))
        connection.execute(statement("sign"), ("other",))
        connection.commit()
    assert not indexing.renew(old, tmp_path / "new", store, [])


def test_any_store_has_an_index(sample_data: Path, tmp_path: Path) -> None:
    whole = tmp_path / "graph.nq"
    parts = generations.graphs(generations.current(sample_data)).values()
    whole.write_bytes(b"".join(path.read_bytes() for path in parts))
    made, kept = open_index(f"memory:{whole}"), open_index(f"path:{sample_data}")
    for word in ("托位", "区住建局"):
        assert search(made, word) == search(kept, word)


def test_a_missing_or_broken_index_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="zhengtu build"):
        Index(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database" * 99)
    with pytest.raises(StoreUnavailable, match="search index"):
        Index(tmp_path)


@pytest.fixture(scope="session")
def sample_data(request: pytest.FixtureRequest) -> Path:
    """The data folder of the sample plans."""
    data: Path = request.getfixturevalue("built")
    return data
