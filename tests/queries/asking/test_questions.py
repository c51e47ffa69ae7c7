"""Questions over the invented plans: what they are read as, and what they are answered with."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from queries.asking import Asker

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)["case"]
ANSWERED = [case for case in CASES if "refused" not in case]
REFUSED = [case for case in CASES if "refused" in case]


def question_of(case: dict[str, Any]) -> str:
    return str(case["question"])


@pytest.mark.parametrize("case", ANSWERED, ids=question_of)
def test_a_question_is_answered_as_its_case_says(asker: Asker, case: dict[str, Any]) -> None:
    answer = asker.ask(case["question"])
    assert answer.understood, answer.message
    chips: dict[str, list[str]] = {}
    for chip in answer.chips:
        chips.setdefault(chip.kind, []).append(chip.label)
    said = {
        kind: [text.split(" ")[0] if kind == "place" else text for text in texts]
        for kind, texts in chips.items()
    }
    for kind, labels in case.get("where", {}).items():
        assert sorted(said.get(kind, [])) == sorted(labels), answer.reading
    assert answer.query == case.get("query", answer.query), answer.reading
    for wanted in case.get("rows", ()):
        assert any(
            all(any(text in cell for cell in row) for text in wanted) for row in answer.rows
        ), (wanted, answer.rows, answer.reading)
    assert len(answer.rows) == case.get("count", len(answer.rows)), (answer.rows, answer.reading)
    assert case.get("message", "") in answer.message


@pytest.mark.parametrize("case", REFUSED, ids=question_of)
def test_what_cannot_be_read_is_refused_with_the_reason(asker: Asker, case: dict[str, Any]) -> None:
    answer = asker.ask(case["question"])
    assert not answer.understood, (answer.reading, answer.rows)
    assert case["refused"] in answer.message
    assert answer.rows == ()
    assert answer.suggestions


def test_there_are_enough_cases_of_each_sort() -> None:
    assert len(ANSWERED) >= 60
    assert len(REFUSED) >= 15
    assert len({case["question"] for case in CASES}) == len(CASES)
