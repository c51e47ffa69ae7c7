"""The site on a port: store, workers, questions and pages put together."""

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from waitress import create_server

from kg_build.errors import ServingError
from kg_build.settings import Settings
from queries.asking import Asker
from queries.errors import StoreUnavailable
from queries.limits import Workers
from queries.search.opening import open_index
from queries.stores import generations, open_store
from web import create_app

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Site", "serve"]

Say = Callable[[str], None]

_THREADS = 8


class Site:
    """The pages over the generation being served; a new one is taken up with the next request.

    While one request opens the new generation, the others are answered from the old one. A
    generation that cannot be opened is named once and the old one stays.
    """

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._opening = threading.Lock()
        self._generation = generations.current(settings.data)
        self._refused: object = None
        self._workers = Workers(
            self._generation,
            processes=settings.workers,
            seconds=settings.query_seconds,
            memory_mb=settings.query_memory_mb,
            max_rows=settings.max_rows,
            max_bytes=settings.max_bytes,
        )
        self._app = self._opened()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answers one request (PEP 3333)."""
        self._take_up_new()
        return self._app(environ, start_response)

    def close(self) -> None:
        """Ends the workers."""
        self._workers.close()

    def _take_up_new(self) -> None:
        newest = generations.current(self._settings.data)
        if newest in {self._generation, self._refused}:
            return
        if not self._opening.acquire(blocking=False):
            return
        try:
            before, self._generation = self._generation, newest
            self._app = self._opened()
            self._workers.reload(newest)
        except StoreUnavailable as error:
            self._generation, self._refused = before, newest
            self._say(f"新图谱未启用 the new graph was not taken up: {error}")
        finally:
            self._opening.release()

    def _opened(self) -> "WSGIApplication":
        address = f"path:{self._settings.data}"
        store, index = open_store(address), open_index(address)
        asker = Asker(store)
        version = self._generation.name
        return create_app(
            store, workers=self._workers, asking=asker.ask, index=index, version=version
        )


def serve(settings: Settings, *, say: Say) -> None:
    """Serves until interrupted.

    Raises: StoreUnavailable where nothing has been built; ServingError where the port is taken.
    """
    site = Site(settings, say)
    try:
        server = create_server(
            site, host=settings.host, port=settings.port, threads=_THREADS, ident=None
        )
        address = f"http://{settings.host}:{server.effective_port}/"
        say(f"政图 Zhengtu: {address}  （Ctrl+C 停止 to stop）")
        server.run()
    except OSError as error:
        raise ServingError(
            f"不能在 {settings.host}:{settings.port} 上提供服务（{error.strerror}），请换 --port / "
            "cannot serve at this address; choose another --port"
        ) from error
    finally:
        site.close()
