"""Which of the promised questions the graph being served answers, as a page and as JSON."""

from collections import Counter
from threading import Lock, Thread
from typing import Any, get_args

from flask import Blueprint, Response, jsonify, render_template

from queries.answers.choices import Choices
from queries.answers.competency import Examined, State, examined, questions
from queries.limits import Workers
from queries.stores.bounded import BoundedStore

__all__ = ["Examination"]

_WAIT = 10.0  # seconds that a reader waits for the whole


class Examination:
    """The examination of one graph, begun when it is first looked at and kept.

    Many questions of a large graph take long: a reader who does not wait sees those done so far.
    """

    def __init__(self, workers: Workers, choices: Choices) -> None:
        self._asked = examined(BoundedStore(workers, client="competency"), choices)
        self._done: list[Examined] = []
        self._work = Thread(target=self._examine, daemon=True)
        self._beginning = Lock()

    def _examine(self) -> None:
        for outcome in self._asked:
            self._done.append(outcome)

    def _so_far(self) -> dict[str, Any]:
        with self._beginning:
            if self._work.ident is None:
                self._work.start()
        self._work.join(_WAIT)
        done = tuple(self._done)
        counted = Counter(outcome.state for outcome in done)
        return {
            "counts": {state: counted[state] for state in get_args(State)},
            "waiting": len(questions()) - len(done),
            "questions": done,
        }

    def add_pages(self, pages: Blueprint) -> None:
        """The page `/competency`."""

        @pages.get("/competency")
        def competency() -> str:
            return render_template("competency.html", answer=self._so_far())

    def add_data(self, api: Blueprint) -> None:
        """The same at `/competency.json`."""

        @api.get("/competency.json")
        def competency() -> Response:
            return jsonify(self._so_far())
