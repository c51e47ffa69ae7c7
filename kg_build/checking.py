"""What is served, checked: the validation report plan by plan, and the promised questions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from kg_build.rdf import graphs
from kg_build.settings import Settings
from queries.answers.choices import Choices
from queries.answers.competency import Examined, examined
from queries.limits import Workers
from queries.stores import generations, open_store
from queries.stores.bounded import BoundedStore
from shapes import Report, merge
from shapes.validation import validate_nquads

__all__ = ["checked", "promises", "told"]

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


def promises(settings: Settings) -> tuple[Examined, ...]:
    """Which of the promised questions the graph answers, each within the time of a visitor.

    Raises: StoreUnavailable where nothing has been built.
    """
    workers = Workers(
        generations.current(settings.data),
        processes=1,
        seconds=settings.query_seconds,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.max_rows,
        max_bytes=settings.max_bytes,
    )
    try:
        choices = Choices(open_store(f"path:{settings.data}"))
        return tuple(examined(BoundedStore(workers), choices))
    finally:
        workers.close()


_TITLE = {"zh": "能力问题", "en": "Competency questions"}
_STATES = {
    "zh": {"answered": "能回答", "nothing": "数据中没有", "failing": "出错"},
    "en": {"answered": "answered", "nothing": "nothing in the data", "failing": "failing"},
}


def told(outcomes: Sequence[Examined], language: str) -> Iterator[str]:
    """How many questions came to what, and each that is not answered with its reason."""
    called, counted = _STATES[language], Counter(outcome.state for outcome in outcomes)
    counts = ", ".join(f"{n} {called[state]}" for state, n in counted.items())
    yield f"{_TITLE[language]}: {counts}"
    for outcome in outcomes:
        if outcome.reason:
            asked, why = (getattr(label, language) for label in (outcome.question, outcome.reason))
            yield f"  {called[outcome.state]}: {asked} {why}"


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
