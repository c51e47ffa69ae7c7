"""What the CONSTRUCT rules of `derive/` add: to one plan with the ontology, as to all of them."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from queries.catalog import named, names
from queries.stores import open_store

__all__ = ["derived"]

_MEDIA_TYPE = "application/n-triples"


def derived(nquads: Iterable[bytes], graph: str) -> bytes:
    """Sorted N-Quads, in one named graph, of all that the rules derive from some N-Quads.

    Each rule sees what was stated, not what other rules derive.
    Raises: StoreUnavailable where the N-Quads cannot be loaded.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stated.nq"
        with path.open("wb") as file:
            file.writelines(nquads)
        store = open_store(f"memory:{path}")
        rules = [n for n in names() if n.startswith("derive/")]
        lines = {
            line
            for rule in rules
            for line in store.answer(named(rule).text, _MEDIA_TYPE).splitlines()
        }
    end = f" <{graph}> .\n".encode()
    return b"".join(sorted(line.removesuffix(b" .") + end for line in lines))
