"""The graph for agents: the generation being served, opened anew when there is a newer one."""

from functools import cached_property
from pathlib import Path

from kg_build.settings import Settings
from queries.answers.choices import Choices
from queries.asking import Asker
from queries.limits import Workers
from queries.search.index import Index
from queries.search.opening import open_index
from queries.stores import generations, open_store
from queries.stores.port import Store
from web.agents.server import serve_http, serve_stdio
from web.agents.tools import Graph
from web.asked import Asking

__all__ = ["Sources", "serve"]


class Sources:
    """Gives each call the newest generation; what reads words or starts processes waits for use.

    Raises: StoreUnavailable where nothing has been built.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opened = _Opened(settings, generations.current(settings.data))

    def __call__(self) -> Graph:
        """The graph as it is now."""
        newest = generations.current(self._settings.data)
        if newest != self._opened.generation:
            before, self._opened = self._opened, _Opened(self._settings, newest)
            before.close()
        return self._opened.graph

    def close(self) -> None:
        """Ends the processes that answer SPARQL."""
        self._opened.close()


def serve(settings: Settings, address: tuple[str, int] | None) -> None:
    """Serves agents over HTTP at a host and port, or one over standard input and output.

    Raises: StoreUnavailable where nothing has been built.
    """
    sources = Sources(settings)
    try:
        if address:
            serve_http(sources, *address)
        else:
            serve_stdio(sources)
    finally:
        sources.close()


class _Opened:
    """One generation."""

    def __init__(self, settings: Settings, generation: Path) -> None:
        self._settings = settings
        self.generation = generation
        self._store: Store = open_store(f"path:{settings.data}")
        self.graph = Graph(
            store=self._store,
            choices=Choices(self._store),
            asking=lambda: self._asking,
            workers=lambda: self._workers,
            index=lambda: self._index,
            site=settings.site or f"http://{settings.host}:{settings.port}",
        )

    @cached_property
    def _asking(self) -> Asking:
        return Asker(self._store).ask

    @cached_property
    def _workers(self) -> Workers:
        return Workers(
            self.generation,
            processes=1,
            seconds=self._settings.query_seconds,
            memory_mb=self._settings.query_memory_mb,
            max_rows=self._settings.max_rows,
            max_bytes=self._settings.max_bytes,
        )

    @cached_property
    def _index(self) -> Index:
        return open_index(f"path:{self._settings.data}")

    def close(self) -> None:
        """Ends the workers where there are any."""
        if "_workers" in self.__dict__:
            self._workers.close()
