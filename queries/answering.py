"""Named questions answered: catalogue, binding and store in one call."""

from collections.abc import Sequence

from queries.binding import bind
from queries.catalog import named
from queries.stores.port import Store, Table

__all__ = ["run"]


def run(store: Store, name: str, /, **values: str | Sequence[str]) -> Table:
    """The table that the named query `name` gives for `values`.

    Raises: `UnknownQuery`, `BadParameter`, and what the store raises.
    """
    return store.select(bind(named(name), values))
