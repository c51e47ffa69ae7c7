"""Real documents that no rule was written for, in ../shared; `make coverage` prints figures."""

import json
from collections.abc import Callable
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from kg_build.pipeline import build, reported
from kg_build.readers import is_document
from kg_build.report import Report
from kg_build.report.figures import share

GOLD = Path(__file__).parent / "gold" / "practice"
SHARED = Path(__file__).parents[2] / "shared"
PRACTICE = SHARED / "practice"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PRACTICE.is_dir(), reason="../shared is absent"),
]

#: every practice document that a reader takes
DOCUMENTS = sorted(p for p in PRACTICE.glob("*.*") if is_document(p)) if PRACTICE.is_dir() else []
#: the share of responsibility tags that became facts wholly
LEAST_TAGS = 0.95
#: the share of numbers that are explained
LEAST_NUMBERS = 0.85
#: F1 that is reached over all documents with marks
LEAST = {"actions": 0.95, "unit roles": 0.95, "indicators (core)": 0.85}


@pytest.fixture(scope="module")
def scorer() -> Any:
    """The scorer that the marked corpus comes with."""
    spec = spec_from_file_location("scorer", SHARED / "tools" / "score_extraction.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def marks(facts: dict[str, Any], text: str) -> dict[str, Any]:
    """The marks in the layout that the scorer reads, their words read back from the text."""

    def words(span: list[int]) -> str:
        return "".join(text[slice(*span)].split())

    def indicator(it: dict[str, Any]) -> dict[str, Any]:
        quote = text[it["start"] : it["end"]]
        return {**it, "quote": quote, "measure": quote}

    def action(it: dict[str, Any]) -> dict[str, Any]:
        domain = None if it["domain"] is None else words(facts["domains"][it["domain"]])
        indicators = [*map(indicator, it["indicators"])]
        return {**it, "title": words(it["title"]), "domain": domain, "indicators": indicators}

    return {
        "plan": {**facts["front"], "title": words(facts["title"])},
        "actions": [*map(action, facts["actions"])],
        "goals": [*map(indicator, facts["goals"])],
    }


def within(made: dict[str, Any], extent: list[int]) -> dict[str, Any]:
    """What was read in a stretch of the text: its indicators, whatever part holds them."""
    found = [i for a in made["actions"] for i in a["indicators"]] + made["goals"]
    inside = [i for i in found if extent[0] <= i["start"] < extent[1]]
    return {"plan": made["plan"], "actions": [], "goals": inside}


def tallies(path: Path, scorer: Any, say: Callable[[str], None]) -> dict[str, Any]:
    facts = json.loads(path.read_text("utf-8"))
    source = PRACTICE / facts["file"]
    assert sha256(source.read_bytes()).hexdigest() == facts["sha256"]
    text = source.read_text("utf-8")
    made = json.loads(build(source).plan_json)
    made = within(made, facts["extent"]) if "extent" in facts else made
    return dict(scorer.score(marks(facts, text), made, text, say))


def test_offsets_of_the_marks_lead_to_names():
    for path in GOLD.glob("*.json"):
        facts = json.loads(path.read_text("utf-8"))
        text = (PRACTICE / facts["file"]).read_text("utf-8")
        for unit in [u for a in facts["actions"] for u in a["units"]]:
            assert text.startswith(unit["name"], unit["start"])


def test_marked_documents_are_read_as_well_as_was_reached(scorer):
    total = {kind: scorer.Tally() for kind in scorer.KINDS}
    for path in sorted(GOLD.glob("*.json")):
        for kind, tally in tallies(path, scorer, lambda line: None).items():
            total[kind].add(tally.tp, tally.gold, tally.made)
            print(f"{path.stem:28} {kind:24} {tally}")
    for kind, tally in total.items():
        print(f"{'all':28} {kind:24} {tally}")
    assert {kind: total[kind].f1 for kind in LEAST if total[kind].f1 < LEAST[kind]} == {}


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    """The report on every practice document."""
    return tuple(map(reported, DOCUMENTS))


def test_tags_of_real_documents_are_understood(reports):
    for found in reports:
        parts = f"{found.known:.1%} in a part, {found.stated:.1%} a fact"
        print(f"{found.file:36} tags {dict(found.signs_by_outcome)}  {parts}")
    signs = [s.understood == "understood" for found in reports for s in found.signs]
    print(f"{'all':36} tags understood {sum(signs)} of {len(signs)}: {share(signs):.1%}")
    assert share(signs) >= LEAST_TAGS


def test_numbers_of_real_documents_are_explained(reports):
    for found in reports:
        print(f"{found.file:36} numbers explained {found.explained:.1%} of {len(found.numbers)}")
    numbers = [bool(n.kind) for found in reports for n in found.numbers]
    print(f"{'all':36} numbers explained {sum(numbers)} of {len(numbers)}: {share(numbers):.1%}")
    assert share(numbers) >= LEAST_NUMBERS
