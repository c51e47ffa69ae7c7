"""The search index that belongs to a store, by the store's address."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from queries.search.index import Index
from queries.search.indexing import create
from queries.stores import open_store
from queries.stores.generations import current

__all__ = ["open_index"]


def open_index(address: str) -> Index:
    """The index of the store at an address (`queries.stores.open_store`).

    A generation has its own. Of any other store one is made, which reads all that it holds.

    Raises: `StoreUnavailable`.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "path":
        return Index(current(Path(rest)) / "search")
    folder = Path(mkdtemp(dir=_room().name), "search")
    create(folder, open_store(address))
    return Index(folder)


@cache
def _room() -> "TemporaryDirectory[str]":
    """A folder that goes when the process ends."""
    return TemporaryDirectory(prefix="zhengtu-search-")
