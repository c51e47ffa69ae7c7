"""The competency questions over the sample plans: each case of each file gives the rows it says."""

from pathlib import Path

import pytest

from queries.answering import run
from queries.catalog import Case, named, names
from queries.stores import Store, open_store

COMPETENCY = [name for name in names() if name.startswith("competency/")]
CASES = [(name, case) for name in COMPETENCY for case in named(name).cases]


@pytest.fixture(scope="module")
def corpus(built: Path) -> Store:
    return open_store(f"path:{built}")


def test_every_competency_question_has_a_case() -> None:
    assert {name for name, _ in CASES} == set(COMPETENCY)


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(CASES)]
)
def test_a_case_gives_the_rows_it_says(corpus: Store, name: str, case: Case) -> None:
    values: dict[str, list[str]] = {}
    for key, value in case.values:
        values.setdefault(key, []).append(value)
    rows = run(corpus, name, **values).rows
    assert rows
    assert case.rows in {None, len(rows)}
