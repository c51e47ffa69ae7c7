"""The plan JSON of the sample corpus, word for word.

`pytest tests/test_golden.py --update-golden` writes the files anew; the change is then read as a
difference of `tests/golden/` before it is kept.
"""

import difflib
import json
from pathlib import Path

import pytest

from kg_build.pipeline import build
from kg_build.readers import is_document

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
PLANS = sorted(p for p in (TESTS.parent / "documents").iterdir() if is_document(p))
MOST_LINES = 60


def difference(golden: str, found: str) -> str:
    """The changed lines, each with what stands around it, cut where it is too much to read."""
    lines = list(
        difflib.unified_diff(golden.splitlines(), found.splitlines(), "golden", "now", lineterm="")
    )
    more = [f"… {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *more])


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_a_plan_is_read_as_it_was(path, update_golden):
    file = GOLDEN / f"{path.stem}.json"
    found = build(path).plan_json
    if update_golden:
        file.write_text(found, encoding="utf-8")
    golden = file.read_text(encoding="utf-8")
    if found != golden:
        pytest.fail(difference(golden, found), pytrace=False)


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_every_quote_of_a_golden_file_stands_in_the_text_where_it_says(path):
    text = path.read_text(encoding="utf-8")
    plan = json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8"))
    targets = [*plan["goals"]]
    for action in plan["actions"]:
        targets += [*action["indicators"], *action["qualitative_targets"]]
    assert targets
    for target in targets:
        assert text[target["start"] : target["end"]] == target["quote"]


def test_every_golden_file_has_its_plan():
    assert [p.stem for p in sorted(GOLDEN.iterdir())] == [p.stem for p in PLANS]
