"""One plan as text, Word, web page and PDF: the same facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg_build.pipeline import build
from kg_build.readers import is_document

PLANS = sorted(p for p in (Path(__file__).parents[2] / "documents").iterdir() if is_document(p))
#: where a fact stands depends on the file
PLACES = {"start", "end", "source"}


def facts(path: Path) -> Any:
    return without_places(json.loads(build(path).plan_json))


def without_places(value: Any) -> Any:
    """The facts alone; a quote without the white space of its layout."""
    if isinstance(value, dict):
        return {
            k: "".join(v.split()) if k == "quote" else without_places(v)
            for k, v in value.items()
            if k not in PLACES
        }
    return [without_places(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("ending", [".docx", ".html", ".pdf"])
@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_a_plan_says_the_same_in_every_format(path, ending, saved_as, tmp_path):
    found, expected = facts(saved_as(path, ending, tmp_path)), facts(path)
    for name, value in expected.items():
        assert found[name] == value, name
