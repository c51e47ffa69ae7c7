"""Questions with what they are read as and answered with: over invented plans and the real ones."""

import importlib.util
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries.asking import Answer, Asker
from queries.stores import open_store

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
Lacks = Callable[[Answer, dict[str, Any]], list[str]]


def table(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"])


CASES = table("cases.toml")


def question_of(case: dict[str, Any]) -> str:
    return str(case["question"])


@pytest.fixture(scope="module")
def corpus_asker(built: Path) -> Asker:
    return Asker(open_store(f"path:{built}"))


@pytest.mark.parametrize("case", CASES, ids=question_of)
def test_a_question_is_answered_or_refused_as_its_case_says(
    asker: Asker, case: dict[str, Any], lacks: Lacks
) -> None:
    answer = asker.ask(case["question"])
    assert lacks(answer, case) == []
    assert answer.understood or answer.suggestions


def test_there_are_enough_cases_of_each_sort() -> None:
    refused = [case for case in CASES if "refused" in case]
    assert len(refused) >= 15
    assert len(CASES) - len(refused) >= 60
    assert len({case["question"] for case in CASES}) == len(CASES)


def marked(case: dict[str, Any]) -> Any:
    """A case, expected to fail where it says that it is not read yet."""
    marks = [pytest.mark.xfail(reason=case["known"], strict=True)] if "known" in case else []
    return pytest.param(case, id=question_of(case), marks=marks)


@pytest.mark.parametrize(
    "case",
    [marked(c) for n in ("corpus", "readers", "strangers", "english") for c in table(f"{n}.toml")],
)
def test_a_question_about_the_sample_plans_is_answered_as_a_reader_would(
    corpus_asker: Asker, case: dict[str, Any], lacks: Lacks
) -> None:
    assert lacks(corpus_asker.ask(case["question"]), case) == []


@pytest.mark.shared
def test_the_reference_questions_are_answered(corpus_asker: Asker) -> None:
    if not SHARED.is_dir():
        pytest.skip("no ../shared")
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools/score_questions.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    questions = json.loads((SHARED / "gold/questions.json").read_text(encoding="utf-8"))
    failed = []
    for case in questions:
        rows = corpus_asker.ask(case["question"]).rows
        known = case["expected"] + case.get("optional", [])
        missing = [e for e in case["expected"] if not any(score.meets(e, row) for row in rows)]
        extra = [row for row in rows if not any(score.meets(e, row) for e in known)]
        if missing or len(extra) > max(1, len(rows) // 5):
            failed.append(case["question"])
    assert failed == []
