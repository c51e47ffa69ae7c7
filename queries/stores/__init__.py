"""Who answers: one file per kind of store, opened by address."""

from collections.abc import Callable
from importlib import import_module

from queries.errors import StoreUnavailable
from queries.stores.port import Dataset, Store, Table, Term

__all__ = ["Dataset", "Store", "Table", "Term", "open_store"]

_OPENERS = {
    "path": "queries.stores.generations:open_current",
    "memory": "queries.stores.oxigraph:open_memory",
    "http": "queries.stores.remote:open_remote",
    "https": "queries.stores.remote:open_remote",
}


def open_store(address: str) -> Store:
    """The store at an address.

    `path:FOLDER` is the current generation under a build's folder, read-only; `memory:FILE` an
    N-Quads file in memory; `http://…` and `https://…` a SPARQL endpoint elsewhere.

    Raises: `StoreUnavailable`.
    """
    scheme, _, rest = address.partition(":")
    if scheme not in _OPENERS or not rest:
        raise StoreUnavailable(
            f"没有这样的图谱地址 no such store address: {address!r}；"
            f"可用 use one of {', '.join(f'{name}:…' for name in _OPENERS)}"
        )
    module, _, name = _OPENERS[scheme].partition(":")
    opener: Callable[[str], Store] = getattr(import_module(module), name)
    return opener(address if scheme.startswith("http") else rest)
