"""The embedded store: Oxigraph in memory or read-only on disk. The only door to pyoxigraph."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias

import pyoxigraph as ox

from ontology import PREFIXES
from queries.errors import QueryRejected, StoreUnavailable
from queries.lexing import words
from queries.stores.port import Dataset, Table, Term

__all__ = ["OxigraphStore", "create_folder", "open_folder", "open_memory", "renew_folder"]

_Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_PIECE = 32 << 20  # bytes; smaller costs time, larger memory
_PLACE = re.compile(r"error at (?P<line>[0-9]+):(?P<column>[0-9]+): (?P<message>.*)", re.DOTALL)


class OxigraphStore:
    """A `Store` that answers inside this process, without limits: for queries of the house."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def select(self, query: str) -> Table:
        """The table of a SELECT query."""
        with _translated():
            solutions = self._query(query)
            if not isinstance(solutions, ox.QuerySolutions):
                raise _other_form("SELECT")
            columns = tuple(variable.value for variable in solutions.variables)
            rows = tuple(tuple(_term(row[name]) for name in columns) for row in solutions)
        return Table(columns, rows)

    def ask(self, query: str) -> bool:
        """The truth of an ASK query."""
        with _translated():
            answer = self._query(query)
        if not isinstance(answer, ox.QueryBoolean):
            raise _other_form("ASK")
        return bool(answer)

    def answer(self, query: str, media_type: str, dataset: Dataset | None = None) -> bytes:
        """Any query's answer in a standard serialisation, complete."""
        out = BytesIO()
        self.write(query, media_type, out, dataset)
        return out.getvalue()

    def write(
        self, query: str, media_type: str, out: IO[bytes], dataset: Dataset | None = None
    ) -> None:
        """Writes what `answer` gives to `out`; an exception of `out` ends the evaluation."""
        with _translated():
            _serialise(self._query(query, dataset), media_type, out)

    def statements(self) -> int:
        """How many statements the store holds."""
        with _translated():
            return len(self._store)

    def _query(self, query: str, dataset: Dataset | None = None) -> _Results:
        chosen = dataset or Dataset()
        if chosen.default_graphs or chosen.named_graphs:
            return self._store.query(
                query,
                base_iri=chosen.base,
                default_graph=[ox.NamedNode(iri) for iri in chosen.default_graphs],
                named_graphs=[ox.NamedNode(iri) for iri in chosen.named_graphs],
            )
        # Oxigraph lets the union win over FROM clauses, so a query with its own gets none.
        own = any(word.text == "FROM" and word.depth == 0 for word in words(query))
        return self._store.query(query, base_iri=chosen.base, use_default_graph_as_union=not own)


def open_memory(path: str | Path) -> OxigraphStore:
    """The N-Quads file at `path`, loaded into memory.

    Raises: `StoreUnavailable` where the file is absent or no N-Quads.
    """
    store = ox.Store()
    _bulk_load(store, Path(path))
    return OxigraphStore(store)


def open_folder(folder: Path) -> OxigraphStore:
    """The Oxigraph database in `folder`, read-only.

    Raises: `StoreUnavailable` where there is none or it is damaged.
    """
    # Oxigraph makes a new, empty database of a folder without one.
    if not (folder / "CURRENT").is_file():
        raise StoreUnavailable(
            f"这里没有图谱数据库 no database in {folder}；请运行 run: zhengtu build"
        )
    with _translated():
        return OxigraphStore(ox.Store.read_only(str(folder)))


def create_folder(folder: Path, paths: Iterable[Path]) -> None:
    """Makes an Oxigraph database in `folder` of N-Quads files, closed and flushed.

    Memory is bounded by a piece of 32 MB, whatever the files hold. Blank nodes are told apart by
    piece: a file that has some must be smaller.

    Raises: `StoreUnavailable` where a file is no N-Quads, or cannot be read or written.
    """
    with _translated():
        store = ox.Store(str(folder))
        for piece in _pieces(paths):
            _bulk_load(store, piece)
        store.optimize()  # or each look-up goes through the files of every piece
        store.flush()


def renew_folder(before: Path, folder: Path, *, removed: Path, added: Path) -> None:
    """Makes the database in `folder` that the one in `before` becomes by some changes.

    It shares the files of `before` that stay as they are, so that it costs what changed.

    Raises: `StoreUnavailable` as `create_folder` does.
    """
    with _translated():
        ox.Store.read_only(str(before)).backup(str(folder))
        store = ox.Store(str(folder))
        for quad in ox.parse(path=str(removed), format=ox.RdfFormat.N_QUADS):
            store.remove(quad)
        _bulk_load(store, added)
        store.flush()


def _pieces(paths: Iterable[Path]) -> Iterator[bytes]:
    """Whole lines of the files; a file smaller than a piece is never in two of them."""
    held = b""
    for path in paths:
        if held and len(held) + path.stat().st_size > _PIECE:
            yield held
            held = b""
        with path.open("rb") as file:
            while chunk := file.read(_PIECE - len(held)):
                held += chunk + file.readline()
                if len(held) >= _PIECE:
                    yield held
                    held = b""
        held += b"" if held.endswith(b"\n") else b"\n"
    yield held


def _bulk_load(store: ox.Store, source: Path | bytes) -> None:
    place = source if isinstance(source, Path) else "N-Quads"
    content = {"path": source} if isinstance(source, Path) else {"input": source}
    try:
        store.bulk_load(**content, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreUnavailable(f"不是 N-Quads 文件 not N-Quads: {place}: {error}") from error
    except OSError as error:
        raise StoreUnavailable(f"图谱文件装载失败 cannot load {place}: {error}") from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise _rejected(str(error)) from error
    except OSError as error:
        raise StoreUnavailable(f"图谱数据库读取出错 cannot read the store: {error}") from error
    except (ValueError, RuntimeError) as error:
        raise QueryRejected(f"查询无法执行 the query cannot be answered: {error}") from error


def _rejected(text: str) -> QueryRejected:
    place = _PLACE.match(text)
    if place is None:
        return QueryRejected(f"查询有语法错误 syntax error: {text}")
    line, column = int(place["line"]), int(place["column"])
    said = f"第 {line} 行第 {column} 列有语法错误 syntax error at line {line}, column {column}"
    return QueryRejected(f"{said}: {place['message']}", line, column)


def _other_form(form: str) -> QueryRejected:
    return QueryRejected(f"这里只接受 {form} 查询 only a {form} query fits here")


def _term(term: object) -> Term | None:
    match term:
        case None:
            return None
        case ox.NamedNode():
            return Term("iri", term.value)
        case ox.BlankNode():
            return Term("bnode", term.value)
        case ox.Literal():
            return Term("literal", term.value, term.datatype.value, term.language)
    raise QueryRejected(f"不支持的 RDF 项 a term beyond RDF 1.1: {term}")


def _serialise(results: _Results, media_type: str, out: IO[bytes]) -> None:
    if isinstance(results, ox.QueryTriples):
        if graph_format := ox.RdfFormat.from_media_type(media_type):
            prefixes = PREFIXES if graph_format == ox.RdfFormat.TURTLE else None
            ox.serialize(results, out, graph_format, prefixes=prefixes)
            return
    elif result_format := ox.QueryResultsFormat.from_media_type(media_type):
        results.serialize(out, format=result_format)
        return
    raise QueryRejected(f"这种结果没有 {media_type} 格式 no {media_type} of such an answer")
