"""Making a search index of a store's graph, whole or from the one before it."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ontology import BASE
from queries.search import reading
from queries.search.entries import Entry, Scope
from queries.search.facts import labels, lineage
from queries.search.folding import fold, tokens
from queries.search.index import FILE, Row, connected, signature, statement
from queries.stores.port import Store

__all__ = ["create", "renew"]

_SCOPE_BITS = 20  # a scope has fewer than a million entries; see schema.sql
_SHARED = f"{BASE}id/graph/shared"  # the one graph that tells of units
# Graphs that hold nothing but what entries of documents and of units are made of.
_OTHERS = {_SHARED, f"{BASE}id/graph/derived"}


def create(folder: Path, store: Store) -> None:
    """Makes an index of all that `store` holds in `folder`, which must not be there.

    Raises: `StoreUnavailable`, and what the store raises.
    """
    folder.mkdir()
    with connected(folder / FILE) as connection:
        connection.executescript(statement("schema"))
        connection.execute(statement("sign"), (signature(),))
        writing = _Writing(connection)
        writing.add(reading.agents(store))
        writing.add(reading.of_documents(store, reading.graphs(store)))
        writing.finish(store)
        connection.executescript(statement("finish"))


def renew(before: Path, folder: Path, store: Store, changed: Sequence[str]) -> bool:
    """Whether the index in `folder` could be made of the one in `before`.

    `changed` are the graphs that differ. Nothing is made where one of them has no document's things
    (a vocabulary, say), or where other code made the index before.
    """
    if not (before / FILE).is_file():
        return False
    folder.mkdir()
    shutil.copyfile(before / FILE, folder / FILE)
    with connected(folder / FILE) as connection:
        there = {row[0] for row in _all(connection, "graphs")}
        if not there | _OTHERS >= {*changed}:
            there.update(reading.graphs(store))  # which reads more than the index
        same = _all(connection, "made_by") == [(signature(),)] and there | _OTHERS >= {*changed}
        if same:
            writing = _Writing(connection)
            if _SHARED in changed:
                writing.replace(reading.AGENTS, reading.agents(store))
            for graph in there.intersection(changed):
                writing.replace(graph, reading.of_documents(store, [graph]))
            writing.finish(store)
    if not same:
        shutil.rmtree(folder)
    return same


def _all(connection: sqlite3.Connection, name: str, *values: object) -> list[Row]:
    return connection.execute(statement(name), values).fetchall()


class _Writing:
    """An index being written; scopes are kept once.

    Words are taken in last and in the order of the entries' numbers, for an index of words is
    written out whenever a number is smaller than the one before.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._scopes: dict[Row, int] = {row[1:]: row[0] for row in _all(connection, "scopes")}
        self._last: dict[int, int] = {}
        self._added: list[int] = []
        self._places: set[str] = set()
        self._named: set[str] = set()

    def add(self, entries: Iterable[Entry]) -> None:
        """Takes in entries."""
        for entry in entries:
            self._add(self._row(entry))

    def replace(self, graph: str, entries: Iterable[Entry]) -> None:
        """Makes `entries` those of a graph."""
        old = {row[1:]: row[0] for row in _all(self._connection, "known", graph)}
        new = dict.fromkeys(map(self._row, entries))
        for row in sorted(old.keys() - new.keys(), key=old.__getitem__):
            self._remove(old[row], row)
        for row in new:
            if row not in old:
                self._add(row)

    def finish(self, store: Store) -> None:
        """Takes in the words, and the names of all that the entries are filtered by or stand in."""
        for number in sorted(self._added):
            for _, *texts in _all(self._connection, "words_of", number):
                self._run("add_words", (number, *map(tokens, texts)))
        for place, above in lineage(store, self._places).items():
            self._run("add_lineage", (place, " ".join(above)))
            self._named.update(above)
        for iri, label in labels(store, self._named).items():
            self._run("add_name", (iri, label.zh, label.en))

    def _row(self, entry: Entry) -> Row:
        self._places.update(entry.scope.places)
        self._named.update(entry.scope.domains, entry.scope.nationals, filter(None, [entry.plan]))
        return (
            self._scope(entry.scope),
            entry.iri,
            entry.graph,
            entry.about,
            entry.plan,
            entry.document,
            entry.start,
            entry.end,
            entry.quote,
            entry.title,
            entry.wording,
        )

    def _scope(self, scope: Scope) -> int:
        lists = (" ".join(iris) for iris in (scope.places, scope.domains, scope.nationals))
        row = (scope.kind, *lists, scope.since, scope.until)
        if row not in self._scopes:
            self._scopes[row] = self._run("add_scope", row)
        return self._scopes[row]

    def _add(self, row: Row) -> None:
        number = self._number(row[0])
        self._added.append(number)
        self._run("add_entry", (number, *row[1:]))
        for name in _names(row):
            self._run("add_named", (name, number))

    def _remove(self, number: int, row: Row) -> None:
        self._run("remove_words", (number, *map(tokens, row[-2:])))
        self._run("remove_entry", (number,))
        for name in _names(row):
            self._run("remove_named", (name, number))

    def _number(self, scope: int) -> int:
        """The next number of a scope's entries."""
        if scope not in self._last:
            ((last,),) = _all(self._connection, "last", scope)
            self._last[scope] = last or scope << _SCOPE_BITS
        self._last[scope] += 1
        return self._last[scope]

    def _run(self, name: str, row: Row) -> int:
        return self._connection.execute(statement(name), row).lastrowid or 0


def _names(row: Row) -> Iterator[str]:
    return filter(None, map(fold, row[-2].split("\n")))
