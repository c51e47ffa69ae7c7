"""Competency questions: what holds for any corpus, and what breaks a rule."""

from dataclasses import replace
from pathlib import Path

import pytest

from queries.answers.choices import Choices
from queries.answers.competency import Question, examined, questions
from queries.catalog import named
from queries.limits import Workers
from queries.stores import generations, open_store
from queries.stores.bounded import BoundedStore
from queries.stores.port import Store


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(f"path:{built}")


@pytest.fixture(scope="module")
def choices(store: Store) -> Choices:
    return Choices(store)


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.en)
def test_a_promised_question_names_what_its_query_has(question: Question) -> None:
    query = named(question.query)
    parameters = {p.name: p for p in query.parameters}
    assert {*question.values, *question.first} <= parameters.keys()
    assert all(parameters[name].choices for name in question.first)
    assert {*question.filled} <= {column.name for column in query.columns}
    for text in (question.zh, question.en):
        assert all(f"{{{name}}}" in text for name in question.first if name != "year_to")
    assert not question.sums_to or named(question.sums_to)


def test_the_sample_corpus_answers_what_is_promised(store: Store, choices: Choices) -> None:
    outcomes = list(examined(store, choices))
    assert [o.question.zh for o in outcomes if o.state == "failing"] == []
    silent = [o.question.zh for o in outcomes if o.state == "nothing"]
    assert silent == ["吉林省有哪些牵头单位？"]
    assert not any("{" in o.question.zh + o.question.en for o in outcomes)


PLANS = Question("有哪些计划？", "Which plans?", "competency/plans", filled=("plan",))


@pytest.mark.parametrize(
    ("changes", "state", "said"),
    [
        ({}, "answered", None),
        ({"values": {"status": "draft for comment"}}, "answered", None),
        ({"values": {"issued_in": "1999"}}, "nothing", "documents say nothing"),
        ({"values": {"place": "无何有之乡"}}, "nothing", "无何有之乡"),
        ({"values": {"issued_in": "1999"}, "given": "Plan"}, "failing", "5 of the class Plan"),
        ({"filled": ("document_number",)}, "failing", "lack: document_number"),
        ({"query": "competency/count_actions", "sums_to": "competency/plans"}, "failing", "150"),
    ],
)
def test_an_outcome_says_why(store, choices, changes, state, said) -> None:
    (outcome,) = examined(store, choices, asked=[replace(PLANS, **changes)])
    assert outcome.state == state
    assert said is None or said in outcome.reason.en


def test_a_query_that_is_stopped_is_a_failing_one(built: Path, choices: Choices) -> None:
    workers = Workers(generations.current(built), processes=1)
    hurried = BoundedStore(workers, seconds=0.001)
    slow = replace(PLANS, query="competency/units", filled=())
    (outcome,) = examined(hurried, choices, asked=[slow])
    workers.close()
    assert outcome.state == "failing"
    assert "stopped" in outcome.reason.en


def test_of_many_plans_a_few_are_asked_first(store: Store, choices: Choices) -> None:
    (outcome,) = examined(store, choices, asked=[PLANS], plans=2)
    assert (outcome.state, outcome.rows, outcome.plans) == ("answered", 2, 2)
    last = replace(PLANS, values={"numbered": "周政办字〔2023〕8号"})
    (outcome,) = examined(store, choices, asked=[last], plans=2)
    assert (outcome.state, outcome.rows, outcome.plans) == ("answered", 1, None)
