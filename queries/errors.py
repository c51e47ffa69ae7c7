"""What can go wrong when a question meets a store, as exceptions.

::

    QueryError
    ├── QueryRejected       text that is no query this house answers; line and column where known
    ├── Unrepresentable     an answer that the format asked for cannot hold
    ├── QueryTimeout        a query stopped at its deadline
    ├── QueryTooLarge       a query, or its answer, beyond a size limit
    ├── TooManyQueries      no worker came free; try again after `retry_after` seconds
    ├── StoreUnavailable    a graph that is absent, damaged or out of reach
    ├── UnknownQuery        a name that is not in the catalogue
    └── BadParameter        a value that does not fit its parameter
"""

__all__ = [
    "BadParameter",
    "QueryError",
    "QueryRejected",
    "QueryTimeout",
    "QueryTooLarge",
    "StoreUnavailable",
    "TooManyQueries",
    "UnknownQuery",
    "Unrepresentable",
]


class QueryError(Exception):
    """A question that got no answer, with what, where and what to do in its message."""


class QueryRejected(QueryError):
    """A text that is not a query, or one that is not answered here.

    `line` and `column` count from 1 and are `None` where the fault has no place.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return self.message


class Unrepresentable(QueryError):
    """An answer that the format asked for cannot hold; another format can."""


class QueryTimeout(QueryError):
    """A query that was stopped at its deadline."""


class QueryTooLarge(QueryError):
    """A query text, its memory or its answer beyond a limit."""


class TooManyQueries(QueryError):
    """A query that found no free worker.

    `retry_after` is in seconds; `own` says that the caller's own queries fill the queue.
    """

    def __init__(self, message: str, retry_after: int, *, own: bool) -> None:
        super().__init__(message, retry_after)
        self.message = message
        self.retry_after = retry_after
        self.own = own

    def __str__(self) -> str:
        return self.message


class StoreUnavailable(QueryError):
    """A graph that is absent, damaged, out of reach or cannot be written."""


class UnknownQuery(QueryError):
    """A name that no named query has."""


class BadParameter(QueryError):
    """A value that a named query's parameter cannot take."""
