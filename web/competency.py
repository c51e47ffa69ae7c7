"""Which of the promised questions the graph being served answers, as a page and as JSON."""

from collections import Counter
from functools import cache
from typing import get_args

from flask import Blueprint, Response, jsonify, render_template

from queries.answers.choices import Choices
from queries.answers.competency import Examined, State, examined
from queries.limits import Workers
from queries.stores.bounded import BoundedStore

__all__ = ["Examination"]

_SECONDS = 3.0  # per query


class Examination:
    """The examination of one graph, made when it is first looked at."""

    def __init__(self, workers: Workers, choices: Choices) -> None:
        store = BoundedStore(workers, seconds=_SECONDS, client="competency")
        self._outcomes = cache(lambda: examined(store, choices))

    def add_pages(self, pages: Blueprint) -> None:
        """The page `/competency`."""

        @pages.get("/competency")
        def competency() -> str:
            outcomes = self._outcomes()
            return render_template("competency.html", outcomes=outcomes, counts=_counts(outcomes))

    def add_data(self, api: Blueprint) -> None:
        """The same at `/competency.json`."""

        @api.get("/competency.json")
        def competency() -> Response:
            outcomes = self._outcomes()
            return jsonify({"counts": _counts(outcomes), "questions": outcomes})


def _counts(outcomes: tuple[Examined, ...]) -> dict[str, int]:
    counted = Counter(outcome.state for outcome in outcomes)
    return {state: counted[state] for state in get_args(State)}
