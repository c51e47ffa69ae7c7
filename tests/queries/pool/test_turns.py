import threading
import time

import pytest

from queries.errors import TooManyQueries
from queries.pool.turns import Turns


class Turn:
    """A turn taken in a thread of its own, until it is told to leave."""

    def __init__(self, turns: Turns, client: str) -> None:
        self.begun, self._leave = threading.Event(), threading.Event()

        def take() -> None:
            with turns.turn(client, 10):
                self.begun.set()
                self._leave.wait(10)

        self._thread = threading.Thread(target=take)
        waiting = len(turns._tickets)
        self._thread.start()
        while not self.begun.is_set() and len(turns._tickets) == waiting:
            time.sleep(0.001)

    def end(self) -> None:
        self._leave.set()
        self._thread.join()


def test_a_client_with_nothing_running_goes_before_anothers_second() -> None:
    turns = Turns(2, waiting=10, own=5)
    first, second, third, other = (Turn(turns, client) for client in "aaab")
    assert first.begun.is_set()
    assert second.begun.is_set()
    first.end()
    assert other.begun.wait(5)
    assert not third.begun.is_set()
    second.end()
    assert third.begun.wait(5)
    third.end()
    other.end()


def test_one_client_is_served_in_the_order_it_came() -> None:
    turns = Turns(1, waiting=10, own=5)
    taken = [Turn(turns, "a") for _ in range(4)]
    for turn, later in zip(taken, [*taken[1:], None], strict=True):
        assert turn.begun.wait(5)
        assert later is None or not later.begun.is_set()
        turn.end()


def test_a_turn_that_does_not_come_is_refused_and_leaves_no_trace() -> None:
    turns = Turns(1, waiting=1, own=1)
    with (
        turns.turn("a", 1),
        pytest.raises(TooManyQueries, match="no turn came"),
        turns.turn("b", 0.01),
    ):
        pass
    with turns.turn("b", 0.01):
        pass


@pytest.mark.parametrize(("own", "client"), [(True, "a"), (False, "b")])
def test_a_full_queue_says_whose_queries_fill_it(own: bool, client: str) -> None:
    turns = Turns(1, waiting=1, own=1)
    taken = [Turn(turns, "a"), Turn(turns, "a")]
    with pytest.raises(TooManyQueries) as refusal, turns.turn(client, 1):
        pass
    assert refusal.value.own is own
    assert refusal.value.retry_after > 0
    for turn in taken:
        turn.end()
