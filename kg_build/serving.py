"""The site on a port: store, workers, questions and pages put together."""

from collections.abc import Callable

from waitress import create_server

from kg_build.settings import Settings
from queries.asking import Asker
from queries.limits import Workers
from queries.stores import generations, open_store
from web import create_app

__all__ = ["serve"]


def serve(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Serves until interrupted.

    Raises: StoreUnavailable where nothing has been built or the port is taken.
    """
    store = open_store(f"path:{settings.data}")
    generation = generations.current(settings.data)
    asker = Asker(store)
    workers = Workers(
        generation,
        processes=settings.workers,
        seconds=settings.query_seconds,
        memory_mb=settings.query_memory_mb,
        max_rows=settings.max_rows,
        max_bytes=settings.max_bytes,
    )
    try:
        app = create_app(store, workers=workers, asking=asker.ask, version=generation.name)
        server = create_server(app, host=settings.host, port=settings.port, threads=8)
        say(f"政图 Zhengtu: http://{settings.host}:{server.effective_port}/")
        server.run()
    finally:
        workers.close()
