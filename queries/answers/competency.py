"""Which of the promised questions a graph can answer: `competency/questions.toml`, examined.

The rules hold for any corpus, so a question without rows may be one on which the documents say
nothing; rows that break its rule, or a query that does not run, are faults of ours. In a large
graph a question about all plans is asked of a few, and of all only where these are silent.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ontology import ZT
from queries.answering import run
from queries.answers.choices import Choice, Choices
from queries.answers.tables import CITATION
from queries.answers.values import Label
from queries.catalog import named
from queries.errors import BadParameter, QueryError
from queries.stores.port import Store, Table

__all__ = ["Examined", "Question", "State", "examined", "questions"]

State = Literal["answered", "nothing", "failing"]

_Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is promised an answer, and the rule its answer follows in any graph."""

    zh: str
    en: str
    query: str
    values: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    given: str = ""
    sums_to: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A question as this graph answers it: how many rows, and why it is not answered.

    `values` are what it was asked with, IRIs where they are of things;
    `plans` is how many plans were asked of, None all there are.
    """

    question: Label
    query: str
    values: tuple[tuple[str, str], ...]
    state: State
    rows: int = 0
    plans: int | None = None
    reason: Label | None = None


@cache
def questions() -> tuple[Question, ...]:
    """The promised questions in their order."""
    text = files("queries").joinpath("competency", "questions.toml").read_text("utf-8")
    return tuple(_question(entry) for entry in tomllib.loads(text)["question"])


def _question(entry: Mapping[str, Any]) -> Question:
    shaped: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Question(**shaped)


def examined(
    store: Store,
    choices: Choices,
    *,
    asked: Sequence[Question] | None = None,
    plans: int = 5,
) -> Iterator[Examined]:
    """Every promised question, or those of `asked`, asked of a graph one after the other.

    `store` may have limits of its own; `plans` is how many plans are asked of before all.
    """
    graph = _Graph(store, choices, _counts(store), plans)
    for question in asked or questions():
        yield _examined(graph, question)


@dataclass(frozen=True, slots=True)
class _Graph:
    store: Store
    choices: Choices
    counts: Mapping[str, int]
    plans: int


def _counts(store: Store) -> Mapping[str, int]:
    try:
        rows = run(store, "browse/counts").dicts()
    except QueryError:
        return {}
    return {row["class"].removeprefix(ZT): int(row["count"]) for row in rows}


def _examined(graph: _Graph, question: Question) -> Examined:
    chosen = {name: _first(question, name, graph.choices) for name in question.first}
    text = Label(_filled_in(question.zh, chosen, "zh"), _filled_in(question.en, chosen, "en"))
    if lacking := [name for name, choice in chosen.items() if choice is None]:
        return Examined(text, question.query, (), "nothing", reason=_none_of(lacking))
    firsts = {name: choice.value for name, choice in chosen.items() if choice}
    try:
        meant = graph.choices.resolved(named(question.query), {**question.values, **firsts})
    except BadParameter as error:
        return Examined(text, question.query, (), "nothing", reason=Label(str(error), str(error)))
    said = tuple((name, value) for name, values in meant.items() for value in values)
    some = _some_plans(graph, question, meant)
    try:
        outcome = _outcome(graph, question, some or meant, is_whole=not some)
        if some and outcome[0] == "nothing":
            some, outcome = {}, _outcome(graph, question, meant, is_whole=True)
    except QueryError as error:
        outcome = "failing", 0, Label(str(error), str(error))
    state, rows, reason = outcome
    return Examined(
        text, question.query, said, state, rows, len(some["plan"]) if some else None, reason
    )


def _outcome(
    graph: _Graph, question: Question, values: _Values, *, is_whole: bool
) -> tuple[State, int, Label | None]:
    """State, number of rows and reason; raises what the store raises."""
    table = run(graph.store, question.query, **values)
    counts = graph.counts if is_whole else {}
    fault = _fault(question, table, counts) or _sum_fault(graph.store, question, table, values)
    if fault or table.rows:
        return "failing" if fault else "answered", len(table.rows), fault
    return "nothing", 0, _NO_ROWS


def _some_plans(graph: _Graph, question: Question, values: _Values) -> dict[str, Sequence[str]]:
    """The values with plans from all over the list; nothing where one is given or few there are."""
    parameter = next((p for p in named(question.query).parameters if p.name == "plan"), None)
    plans = [choice.value for choice in graph.choices.of(parameter)] if parameter else []
    if "plan" in values or len(plans) <= graph.plans:
        return {}
    step = -(-len(plans) // graph.plans)
    return {**values, "plan": plans[::step]}


_NO_ROWS = Label("文件中没有这方面的内容。", "The documents say nothing of this.")


def _none_of(names: Sequence[str]) -> Label:
    listed = "、".join(names)
    return Label(f"图中没有可选的 {listed}。", f"The graph has no {listed} to choose.")


def _first(question: Question, name: str, choices: Choices) -> Choice | None:
    parameter = next(p for p in named(question.query).parameters if p.name == name)
    return next(iter(choices.of(parameter)), None)


def _filled_in(text: str, chosen: Mapping[str, Choice | None], language: str) -> str:
    for name, choice in chosen.items():
        shown = getattr(choice.label, language) if choice else "…"
        text = text.replace(f"{{{name}}}", shown)
    return text


def _fault(question: Question, table: Table, counts: Mapping[str, int]) -> Label | None:
    """What of the answer breaks the question's rule, if anything does."""
    if not table.rows and counts.get(question.given):
        n = counts[question.given]
        return Label(
            f"图中有 {n} 个 {question.given}，却没有一行。",
            f"No row, though the graph has {n} of the class {question.given}.",
        )
    cited = CITATION if set(CITATION) <= set(table.columns) else ()
    empty = {*_empty(table, (*question.filled, *cited))}
    if empty:
        listed = ", ".join(sorted(empty))
        return Label(f"有的行缺少：{listed}。", f"Some rows lack: {listed}.")
    return None


def _empty(table: Table, columns: Iterable[str]) -> Iterable[str]:
    at = [(table.columns.index(name), name) for name in columns]
    return (name for row in table.rows for n, name in at if row[n] is None)


def _sum_fault(store: Store, question: Question, table: Table, values: _Values) -> Label | None:
    if not question.sums_to:
        return None
    added = sum(int(row["count"]) for row in table.dicts())
    whole = run(store, question.sums_to, **values)
    if whole.truncated or added == len(whole.rows):
        return None
    return Label(
        f"各行之和为 {added}，而 {question.sums_to} 有 {len(whole.rows)} 行。",
        f"The rows add up to {added}, but {question.sums_to} has {len(whole.rows)} rows.",
    )
