"""A store with limits: what the pool of `queries.limits` answers, as a `Store`."""

import json

from queries.errors import QueryRejected
from queries.limits import Answer, Workers
from queries.stores.port import Table
from queries.stores.results import table_of

__all__ = ["BoundedStore"]

_JSON = "application/sparql-results+json"


class BoundedStore:
    """A `Store` whose queries are stopped after `seconds`, and cut at the pool's other limits.

    Those of length are left out for queries of the house, whose answers are wanted `whole`.
    Raises: what `Workers.run` raises, for every query.
    """

    def __init__(
        self,
        workers: Workers,
        *,
        seconds: float | None = None,
        client: str = "",
        whole: bool = False,
    ) -> None:
        self._workers = workers
        self._seconds, self._client, self._whole = seconds, client, whole

    def select(self, query: str) -> Table:
        """The table of a SELECT query; `truncated` where rows were cut."""
        answer = self._run(query, _JSON)
        document = json.loads(answer.body)
        if "results" not in document:
            raise QueryRejected("这里只接受 SELECT 查询 only a SELECT query fits here")
        return table_of(document, truncated=answer.truncated)

    def ask(self, query: str) -> bool:
        """The truth of an ASK query."""
        document = json.loads(self.answer(query, _JSON))
        if "boolean" not in document:
            raise QueryRejected("这里只接受 ASK 查询 only an ASK query fits here")
        return bool(document["boolean"])

    def answer(self, query: str, media_type: str) -> bytes:
        """Any query's answer in a standard serialisation, its rows cut at the limit, if any."""
        return self._run(query, media_type).body

    def _run(self, query: str, media_type: str) -> Answer:
        return self._workers.run(
            query, media_type, seconds=self._seconds, client=self._client, whole=self._whole
        )
