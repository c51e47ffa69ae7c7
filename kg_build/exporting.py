"""The graph as files for others: RDF as a stream, tables for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg_build.errors import BuildError
from kg_build.rdf import graphs
from ontology import PREFIXES
from queries.catalog import named, names
from queries.mappings import mapping_set
from queries.stores import generations, open_store

__all__ = ["BOM", "export_mappings", "export_rdf", "export_tables", "safe"]

_RDF = {
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
#: what a spreadsheet would run as a formula. Source: OWASP ASVS 5.0, 1.2.10
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
BOM = "\ufeff"  # without it Excel reads UTF-8 as the system's own encoding
_CHUNK = 1 << 20


def export_rdf(data: Path, form: str) -> Iterator[bytes]:
    """The whole graph as N-Quads; or what the plans say, in one graph, as Turtle or JSON-LD.

    Raises: StoreUnavailable where nothing has been built.
    """
    files = generations.graphs(generations.current(data))
    if form == "nquads":
        for path in files.values():
            with path.open("rb") as file:
                yield from iter(partial(file.read, _CHUNK), b"")
        return
    quads = (q for name, path in files.items() if graphs.of_documents(name) for q in _quads(path))
    stated = {ox.Triple(q.subject, q.predicate, q.object) for q in quads}
    content = ox.serialize(sorted(stated, key=str), format=_RDF[form], prefixes=PREFIXES)
    yield content or b""


def _quads(path: Path) -> Iterator[ox.Quad]:
    return ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)


def export_mappings(data: Path) -> Iterator[bytes]:
    """The links between indicators as a mapping set in SSSOM's table format.

    Raises: StoreUnavailable where nothing has been built.
    """
    yield mapping_set(open_store(f"path:{data}")).encode()


def export_tables(data: Path, folder: Path) -> list[Path]:
    """One CSV file a query of `queries/export/`: documents, plans, actions, targets and so on.

    UTF-8 with a mark, Chinese column titles; cells that a spreadsheet would run are quoted.
    Raises: StoreUnavailable; BuildError where a file cannot be written.
    """
    store = open_store(f"path:{data}")
    written = []
    for name in names():
        if not name.startswith("export/"):
            continue
        query = named(name)
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow([c.title_zh for c in query.columns])
        for row in store.select(query.text).rows:
            rows.writerow([safe(cell.value) if cell else "" for cell in row])
        path = folder / f"{name.removeprefix('export/')}.csv"
        _write(path, BOM + out.getvalue())
        written.append(path)
    return written


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BuildError(f"{path}: 无法写入（{error.strerror}） / cannot be written") from error


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run; -30 is a number."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return "'" + cell if cell.startswith(_FORMULA) and not is_number else cell
