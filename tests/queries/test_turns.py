import threading
import time

import pytest

from queries.errors import TooManyQueries
from queries.turns import Turns


def test_a_client_with_nothing_running_goes_before_anothers_second() -> None:
    turns = Turns(2, waiting=10, own=5)
    order: list[str] = []
    hold = threading.Event()

    def take(client: str, started: threading.Event) -> None:
        with turns.turn(client, 5):
            order.append(client)
            started.set()
            hold.wait(5)

    threads = []
    for client, runs in [("a", True), ("a", True), ("a", False), ("a", False), ("b", False)]:
        started = threading.Event()
        thread = threading.Thread(target=take, args=(client, started))
        thread.start()
        threads.append(thread)
        if runs:
            assert started.wait(5)
        else:
            time.sleep(0.05)
    hold.set()
    for thread in threads:
        thread.join()
    assert order == ["a", "a", "b", "a", "a"]


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
    entered, leave = threading.Event(), threading.Event()

    def wait() -> None:
        with turns.turn("a", 5):
            pass

    def hold() -> None:
        with turns.turn("a", 5):
            entered.set()
            leave.wait(5)

    threads = [threading.Thread(target=hold), threading.Thread(target=wait)]
    threads[0].start()
    assert entered.wait(5)
    threads[1].start()
    time.sleep(0.05)
    with pytest.raises(TooManyQueries) as refusal, turns.turn(client, 1):
        pass
    assert refusal.value.own is own
    assert refusal.value.retry_after > 0
    leave.set()
    for thread in threads:
        thread.join()
