"""A tiny graph of two plans, as a file, as a sealed generation and as a pool over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queries.limits import Workers
from queries.stores import generations

EXAMPLE = "http://example.org/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def quads(count: int = 0) -> Iterator[bytes]:
    yield f'<{EXAMPLE}吴中> <{LABEL}> "儿童友好\\n\\"方案\\""@zh <{EXAMPLE}g/a> .\n'.encode()
    yield f'<{EXAMPLE}jilin> <{LABEL}> "Jilin"@en <{EXAMPLE}g/b> .\n'.encode()
    yield (
        f"<{EXAMPLE}jilin> <{EXAMPLE}beds> "
        f'"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <{EXAMPLE}g/b> .\n'
    ).encode()
    for n in range(count):
        yield f'<{EXAMPLE}s/{n}> <{EXAMPLE}n> "{n}" <{EXAMPLE}g/c> .\n'.encode()


@pytest.fixture(scope="session")
def graph() -> Callable[..., Iterator[bytes]]:
    """Makes the N-Quads of the tiny graph, with as many further statements as asked."""
    return quads


@pytest.fixture(scope="session")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A served generation with 400 statements besides the tiny graph's."""
    data = tmp_path_factory.mktemp("zhengtu")
    written = generations.write(data, quads(400), digest="tiny")
    generations.switch(data, written)
    return written


@pytest.fixture(scope="session")
def workers(generation: Path) -> Iterator[Workers]:
    """A pool of two with a deadline of two seconds and at most a hundred rows."""
    pool = Workers(generation, processes=2, seconds=2, max_rows=100, max_bytes=2_000_000)
    yield pool
    pool.close()
