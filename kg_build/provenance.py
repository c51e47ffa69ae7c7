"""What made a graph: a digest of the code and vocabularies that turn a document into quads."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["code_digest"]

_READERS = (("kg_build",), ("ontology",), ("shapes",), ("queries", "derive"))
_SUFFIXES = (".py", ".toml", ".ttl", ".rq")


@cache
def code_digest() -> str:
    """A digest of all files that have a say in what a document becomes."""
    whole = hashlib.sha256()
    for package, *below in _READERS:
        for name, content in _sources(files(package).joinpath(*below), package):
            whole.update(json.dumps([name, hashlib.sha256(content).hexdigest()]).encode())
    return whole.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, name)
        elif entry.name.endswith(_SUFFIXES):
            yield name, entry.read_bytes()
