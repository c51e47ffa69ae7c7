"""Turns at something scarce: first come, first served, and none has two while another waits."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from queries.errors import TooManyQueries

__all__ = ["Turns"]


@dataclass(slots=True, eq=False)
class _Ticket:
    client: str
    called: threading.Event = field(default_factory=threading.Event)


class Turns:
    """At most `places` turns at a time; `waiting` more may wait, `own` of them from one client.

    A turn that ends goes to the client with the fewest running, the longest waiting first.
    """

    def __init__(self, places: int, *, waiting: int, own: int) -> None:
        self._free = places
        self._waiting, self._own = waiting, own
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()
        self._tickets: list[_Ticket] = []

    @contextmanager
    def turn(self, client: str, seconds: float) -> Iterator[None]:
        """A turn of `client`'s, waited for at most `seconds`.

        Raises: `TooManyQueries` where the queue is full or no turn came.
        """
        with self._lock:
            ticket = self._ticket(client)
        if not ticket.called.wait(seconds):
            self._give_up(ticket, seconds)
        try:
            yield
        finally:
            with self._lock:
                self._end(client)

    def _ticket(self, client: str) -> _Ticket:
        ticket = _Ticket(client)
        if self._free:
            self._begin(ticket)
            return ticket
        if sum(other.client == client for other in self._tickets) >= self._own:
            raise TooManyQueries(
                f"您已有 {self._own} 个查询在排队，请等它们完成 "
                f"{self._own} queries of yours are waiting already",
                retry_after=2,
                own=True,
            )
        if len(self._tickets) >= self._waiting:
            raise TooManyQueries(
                f"排队的查询已满（{self._waiting} 个），请稍后重试 "
                f"the queue is full ({self._waiting} queries), try again shortly",
                retry_after=5,
                own=False,
            )
        self._tickets.append(ticket)
        return ticket

    def _give_up(self, ticket: _Ticket, seconds: float) -> None:
        with self._lock:
            if ticket.called.is_set():  # called at the last moment
                return
            self._tickets.remove(ticket)
        raise TooManyQueries(
            f"{seconds:g} 秒内没有轮到，请稍后重试 no turn came within {seconds:g} s, "
            "try again shortly",
            retry_after=5,
            own=False,
        )

    def _begin(self, ticket: _Ticket) -> None:
        self._free -= 1
        self._running[ticket.client] += 1
        ticket.called.set()

    def _end(self, client: str) -> None:
        self._free += 1
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        if self._tickets:
            chosen = min(self._tickets, key=lambda ticket: self._running[ticket.client])
            self._tickets.remove(chosen)
            self._begin(chosen)
