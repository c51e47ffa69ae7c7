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
def graph(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Path]]:
    """Makes the N-Quads files of the tiny graph, with as many further statements as asked."""

    def make(count: int = 0) -> dict[str, Path]:
        folder, files = tmp_path_factory.mktemp("graph"), {}
        for line in sorted(quads(count)):
            name = line.removesuffix(b"> .\n").decode()[-1]
            files[name] = folder / f"{name}.nq"
            with files[name].open("ab") as file:
                file.write(line)
        return files

    return make


@pytest.fixture(scope="session")
def generation(
    tmp_path_factory: pytest.TempPathFactory, graph: Callable[..., dict[str, Path]]
) -> Path:
    """A served generation with 400 statements besides the tiny graph's."""
    data = tmp_path_factory.mktemp("zhengtu")
    written = generations.write(data, graph(400), digest="tiny")
    generations.switch(data, written)
    return written


@pytest.fixture(scope="session")
def graph_file(generation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as one N-Quads file."""
    path: Path = tmp_path_factory.mktemp("file") / "graph.nq"
    path.write_bytes(b"".join(p.read_bytes() for p in generations.graphs(generation).values()))
    return path


@pytest.fixture(scope="session")
def workers(generation: Path) -> Iterator[Workers]:
    """A pool of two with a deadline of two seconds and at most a hundred rows."""
    pool = Workers(generation, processes=2, seconds=2, max_rows=100, max_bytes=2_000_000)
    yield pool
    pool.close()
