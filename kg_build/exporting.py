"""The graph as files for others: RDF as a stream, tables for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg_build.errors import BuildError
from kg_build.rdf import iris
from ontology import PREFIXES
from queries.catalog import named, names
from queries.stores import generations, open_store

__all__ = ["export_rdf", "export_tables"]

_RDF = {
    "nquads": ox.RdfFormat.N_QUADS,
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
}
#: what a spreadsheet would run as a formula. Source: OWASP ASVS 5.0, 1.2.10
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
_BOM = "\ufeff"  # without it Excel reads UTF-8 as the system's own encoding
_CHUNK = 1 << 20


def export_rdf(data: Path, form: str) -> Iterator[bytes]:
    """The whole graph as N-Quads; or what the plans say, in one graph, as Turtle or JSON-LD.

    Raises: StoreUnavailable where nothing has been built.
    """
    graph = generations.current(data) / "graph.nq"
    if form == "nquads":
        with graph.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
        return
    quads = ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS)
    stated = {ox.Triple(q.subject, q.predicate, q.object) for q in quads if _of_plan(q)}
    content = ox.serialize(sorted(stated, key=str), format=_RDF[form], prefixes=PREFIXES)
    yield content or b""


def _of_plan(quad: ox.Quad) -> bool:
    """Whether a quad comes from documents, not from a vocabulary or a rule."""
    graph = quad.graph_name
    prefix = iris.local("graph", "")
    if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(prefix):
        return False
    rest = graph.value.removeprefix(prefix)
    return rest not in {"ontology", "derived"} and not rest.startswith("vocabulary/")


def export_tables(data: Path, folder: Path) -> list[Path]:
    """One CSV file a query of `queries/export/`: plans, actions, responsibilities, targets.

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
            rows.writerow([_safe(cell.value) if cell else "" for cell in row])
        path = folder / f"{name.removeprefix('export/')}.csv"
        _write(path, _BOM + out.getvalue())
        written.append(path)
    return written


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BuildError(f"{path}: 无法写入（{error.strerror}） / cannot be written") from error


def _safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
