"""One plan, printed by a browser: the facts that its text says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg_build.pipeline import build
from kg_build.readers import is_document

PLANS = sorted(p for p in (Path(__file__).parents[2] / "documents").iterdir() if is_document(p))
STYLES = {
    "plain": "td { border: 1px solid }",
    "set": "p { margin: 0; text-indent: 2em; text-align: justify; line-height: 1.8 }"
    "td { border: 1px dashed } table { border-collapse: collapse }",
    "columns": ".box { column-count: 2; column-gap: 1.5em } p { text-align: justify }"
    "td { border: 1px solid } table { column-span: all }",
}
#: what stands around the document on the page
FURNITURE = ".top, .crumbs, .share, .foot, ul { display: none }"
ENOUGH = 0.95

pytestmark = pytest.mark.browser


@pytest.fixture
def printed(browser, saved_as, tmp_path) -> Callable[[Path, str], Path]:
    """A text file as a web page of some style, printed; gives the path of the PDF."""

    def make(path: Path, style: str) -> Path:
        page = browser.new_page()
        page.goto(saved_as(path, ".html", tmp_path).as_uri())
        page.add_style_tag(content=FURNITURE + style)
        made = tmp_path / f"{path.stem}.pdf"
        page.pdf(path=str(made), format="A4", margin={"top": "2cm", "bottom": "2cm"})
        page.close()
        return made

    return make


def facts(path: Path) -> set[tuple[Any, ...]]:
    """What the actions and goals of a plan say, each a row of values."""
    found = json.loads(build(path).plan_json)
    rows: set[tuple[Any, ...]] = {("plan", found["plan"]["title"])}
    for action in found["actions"]:
        title = "".join(action["title"].split())
        rows.add(("action", title, "".join((action["domain"] or "").split())))
        rows |= {("unit", title, unit["name"], unit["role"]) for unit in action["units"]}
        rows |= {("indicator", title, *target(t)) for t in action["indicators"]}
    return rows | {("goal", *target(t)) for t in found["goals"]}


def target(said: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(said[name] for name in ("measure", "comparator", "value", "unit", "deadline"))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_a_printed_plan_says_what_its_text_says(path, style, printed):
    expected, found = facts(path), facts(printed(path, STYLES[style]))
    lost, gained = expected - found, found - expected
    assert len(lost) <= (1 - ENOUGH) * len(expected), sorted(lost, key=str)
    assert len(gained) <= (1 - ENOUGH) * len(expected), sorted(gained, key=str)
