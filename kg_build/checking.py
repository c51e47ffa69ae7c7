"""The validation report of what is served, plan by plan."""

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from kg_build.rdf import graphs
from queries.stores import generations
from shapes import Report, merge
from shapes.validation import validate_nquads

__all__ = ["checked"]

_IRI = re.compile(rb"<[^<>]*>")


def checked(data: Path, *, jobs: int = 1) -> Report:
    """The validation report of the generation being served.

    Raises: StoreUnavailable where nothing has been built.
    """
    files = generations.graphs(generations.current(data))
    shared = files.pop(graphs.SHARED)
    plans = [path for name, path in files.items() if graphs.of_documents(name)]
    one = partial(_report, shared=shared)
    if min(jobs, len(plans)) < 2:
        return merge(map(one, plans))
    # Spawned, not forked: the caller may have threads or an open store.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return merge(pool.map(one, plans))


def _report(path: Path, shared: Path) -> Report:
    own = path.read_bytes()
    return validate_nquads(own + b"".join(_needed(own, shared)))


def _needed(own: bytes, shared: Path) -> Iterator[bytes]:
    """The shared statements about all that a plan names, and about what those name."""
    known, named = _by_subject(shared), set(_IRI.findall(own))
    waiting = [iri for iri in named if iri in known]
    while waiting:
        for line in known[waiting.pop()]:
            yield line
            fresh = {iri for iri in _IRI.findall(line) if iri in known} - named
            named |= fresh
            waiting += fresh


@cache
def _by_subject(shared: Path) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    with shared.open("rb") as lines:
        for line in lines:
            found.setdefault(line.partition(b" ")[0], []).append(line)
    return found
