"""The sample corpus: bytes as sealed, readable, described."""

import hashlib
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from kg_build.model import FrontMatter
from kg_build.readers import is_document, read

FOLDER = Path(__file__).parent.parent / "documents"
PLANS = sorted(path for path in FOLDER.iterdir() if is_document(path))


def described(path: Path) -> dict[str, object]:
    return tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))


def test_there_are_plans_of_five_places():
    assert {p.stem for p in PLANS} >= {"jilin", "shangyu", "tongxin", "wuzhong", "zhoucun"}


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_the_bytes_are_those_that_were_sealed(path):
    assert described(path)["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_the_metadata_says_only_what_a_reader_knows(path):
    metadata = described(path)
    assert set(metadata) <= {"sha256", "source", "note", "override"}
    known = {f.name for f in fields(FrontMatter)}
    assert set(metadata.get("override", {})) <= known


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_a_plan_is_read_whole_and_its_paragraphs_lie_within_it(path):
    document = read(path)
    assert document.text == path.read_text(encoding="utf-8")
    assert document.blocks
    ends = [span.end for block in document.blocks for span in block.spans]
    assert max(ends) <= len(document.text)


@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_the_readme_of_the_corpus_names_the_plan(path):
    assert f"`{path.name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_a_document_needs_no_metadata(tmp_path):
    plan = tmp_path / "新计划.txt"
    plan.write_text(
        "某县行动计划\n\n一、重点任务\n\n1．建设公园。（牵头单位：县住建局）\n", encoding="utf-8"
    )
    document = read(plan)
    assert document.slug == "新计划"
    assert document.source_url is None
    assert document.overrides == ()
