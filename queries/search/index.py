"""The search index: an SQLite database with full-text search, the only door to it.

It is written once, beside the store whose graph it is of, and then only read.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from queries.answers.values import Label
from queries.errors import StoreUnavailable
from queries.search.entries import Scope
from queries.search.folding import condition
from queries.search.kinds import KINDS, SENTENCE

__all__ = ["FILE", "Index", "Row", "connected", "signature", "statement"]

FILE = "index.sqlite"

Row = tuple[Any, ...]


class Index:
    """An index opened for reading; any thread may ask it.

    Raises: `StoreUnavailable` where there is none in `folder`, or it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._local = threading.local()
        if not self._path.is_file():
            raise StoreUnavailable(
                f"这里没有检索索引 no search index in {folder}；请运行 run: zhengtu build"
            )
        self._names = {iri: Label(zh, en) for iri, zh, en in self._rows("names")}
        self._above = {place: tuple(above.split()) for place, above in self._rows("lineages")}
        self._paths = {
            place: path[:depth]
            for path in self._above.values()
            for depth, place in enumerate(path, start=1)
        }
        self._values = {row[0]: self._facets(_scope(row)) for row in self._rows("scopes")}
        self._every: dict[str, set[str]] = {}
        for values in self._values.values():
            for facet, found in values.items():
                self._every.setdefault(facet, set()).update(found)

    def counts(self, sought: Sequence[str]) -> list[tuple[int, int]]:
        """How many things have all words, by the number of their scope."""
        return self._rows("counts", condition=condition(sought))

    def values(self, scope: int) -> Mapping[str, tuple[str, ...]]:
        """What things of a scope can be chosen by, by facet; first their own place."""
        return self._values[scope]

    def hits(
        self, sought: Sequence[str], name: str, *, scopes: Sequence[int], window: range
    ) -> list[Row]:
        """The things that have all words and are of these scopes, best first, within a window.

        `name` is what a thing is called if it is the very one. Each row has kind, iri, about, plan,
        number of scope, names, document, start, end, quote.
        """
        asked = condition(sought)
        return self._rows(
            "hits",
            condition=asked,
            in_names=f"title : ({asked})",
            name=name,
            scopes=json.dumps(scopes),
            last=json.dumps([n for n in scopes if self._values[n]["kind"] == (SENTENCE,)]),
            first=window.start,
            size=len(window),
        )

    def sentences(self, about: Sequence[str]) -> list[Row]:
        """The sentences of things: about, document, start, end, quote; in the order of the text."""
        return self._rows("sentences", about=json.dumps(about))

    def titles(self, about: Sequence[str]) -> dict[str, str]:
        """The names of things, one a line."""
        return dict(self._rows("titles", about=json.dumps(about)))

    def label(self, value: str) -> Label:
        """The name of what a facet can choose, or of a plan."""
        return self._names.get(value) or Label(value.rsplit("/", 1)[-1], value.rsplit("/", 1)[-1])

    def meant(self, facet: str, given: str) -> frozenset[str]:
        """The values that someone means who gives a value, its name or the end of its IRI."""
        every = self._every.get(facet, set())
        if given in every:
            return frozenset({given})
        return frozenset(value for value in every if given in self._said_as(value))

    def path(self, place: str) -> tuple[str, ...]:
        """The place with all above it, from the top down."""
        return self._paths.get(place, (place,))

    def _said_as(self, value: str) -> set[str]:
        label = KINDS.get(value) or self.label(value)
        return {label.zh, label.en, value.rsplit("/", 1)[-1]}

    def _facets(self, scope: Scope) -> dict[str, tuple[str, ...]]:
        above = (other for place in scope.places for other in self._above.get(place, ()))
        years = range(scope.since, scope.until + 1) if scope.since and scope.until else ()
        return {
            "kind": (scope.kind,),
            "place": tuple(dict.fromkeys([*scope.places, *above])),
            "national": scope.nationals,
            "domain": scope.domains,
            "year": tuple(map(str, years)),
        }

    def _rows(self, name: str, /, **values: object) -> list[Row]:
        with _translated(self._path):
            return self._connection().execute(statement(name), values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        """This thread's own."""
        if not hasattr(self._local, "opened"):
            self._local.opened = _Opened(self._path)
        opened: _Opened = self._local.opened
        return opened.connection


class _Opened:
    """A connection for reading that is closed when its thread or its index goes."""

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        # It goes in whichever thread lets go of it last.
        self.connection = sqlite3.connect(address, uri=True, check_same_thread=False)

    def __del__(self) -> None:
        self.connection.close()


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A database to be written in one go; who seals it flushes it."""
    with _translated(path), closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        with connection:
            yield connection


@cache
def statement(name: str) -> str:
    """The text of an SQL file."""
    return files("queries.search").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@cache
def signature() -> str:
    """A digest of all that has a say in what an index holds."""
    folder = files("queries.search")
    sources = [*folder.iterdir(), *folder.joinpath("sql").iterdir()]
    texts = sorted(path.read_bytes() for path in sources if path.is_file())
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(f"检索索引读写出错 search index {path}: {error}") from error


def _scope(row: Row) -> Scope:
    _, kind, *lists, since, until = row
    places, domains, nationals = (tuple(text.split()) for text in lists)
    return Scope(kind, places, domains, nationals, since, until)
