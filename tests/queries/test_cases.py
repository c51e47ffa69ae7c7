"""The cases of the named queries over the sample plans: each gives the rows that it says."""

from pathlib import Path

import pytest

from queries.answering import run
from queries.binding import bind
from queries.catalog import Case, for_people, named, names
from queries.stores import Store, open_store

CASES = [(name, case) for name in names() for case in named(name).cases]


@pytest.fixture(scope="module")
def corpus(built: Path) -> Store:
    return open_store(f"path:{built}")


@pytest.mark.parametrize("name", [query.name for query in for_people()])
def test_every_query_for_people_has_a_case_that_says_what_it_gives(name: str) -> None:
    assert any(case.holds or case.rows == 0 for case in named(name).cases)


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(CASES)]
)
def test_a_case_gives_the_rows_it_says(corpus: Store, name: str, case: Case) -> None:
    values: dict[str, list[str]] = {}
    for key, value in case.values:
        values.setdefault(key, []).append(value)
    if not named(name).columns:
        assert corpus.answer(bind(named(name), values), "application/n-triples")
        return
    rows = run(corpus, name, **values).dicts()
    assert rows or case.rows == 0
    assert case.rows in {None, len(rows)}
    assert [
        held for held in case.holds if not any(dict(held).items() <= r.items() for r in rows)
    ] == []
