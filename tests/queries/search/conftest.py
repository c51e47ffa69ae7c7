"""The search index of the five sample plans."""

from pathlib import Path

import pytest

from queries.search.index import Index
from queries.search.opening import open_index
from queries.stores import open_store
from queries.stores.port import Store


@pytest.fixture(scope="session")
def store(built: Path) -> Store:
    """The graph of the sample plans."""
    return open_store(f"path:{built}")


@pytest.fixture(scope="session")
def index(built: Path) -> Index:
    """The index of its generation."""
    return open_index(f"path:{built}")


@pytest.fixture(scope="session")
def texts(store: Store) -> dict[str, str]:
    """The canonical texts by slug."""
    rows = store.select(
        "PREFIX zt: <https://zhengtu.example/ontology#> "
        "SELECT ?text ?content { ?text zt:content ?content }"
    ).dicts()
    return {row["text"].rsplit("/", 1)[-1]: row["content"] for row in rows}
