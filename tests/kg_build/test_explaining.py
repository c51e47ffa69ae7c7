"""Explanations: of every kind of fact, in words and as JSON."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg_build.cli import main
from kg_build.explaining import as_text
from kg_build.families import description, patterns
from kg_build.report.tallies import evidence_of
from queries.answers.explanation import explanation, nearest
from queries.answers.inquiry import Inquiry
from queries.stores import generations, open_store

CASES = Path(__file__).parents[1] / "cases/tags.toml"
ACTION = "https://zhengtu.example/id/plan/wuzhong/dom_2__act_7"


@pytest.fixture(scope="module")
def inquiry(built):
    return Inquiry(open_store(f"path:{built}"))


@pytest.fixture
def explained(inquiry):
    """What `explain` prints of a thing."""

    def read(iri):
        found = explanation(inquiry, iri)
        assert found is not None
        return as_text(found)

    return read


def test_an_action_is_explained_with_its_path_words_rule_and_confidence(explained):
    text = explained(ACTION)
    assert "› （二） 环境友好 › 7 开展儿童友好公园试点推广" in text
    assert "7、【开展儿童友好公园试点推广】" in text
    assert "规则 rule: action.arabic — " in text
    assert "The smallest numbered item" in text
    assert "可信度 confidence: 1" in text
    assert re.search(r"wuzhong\.txt [0-9]+–[0-9]+，第 [0-9]+ 段 paragraph\n", text)
    assert "区住建局 牵头 lead" in text


@pytest.mark.parametrize("kind", ["responsibility", "target"])
def test_what_hangs_on_an_action_is_explained_with_the_same_path(inquiry, explained, kind):
    rows = inquiry.rows("pages/responsibilities" if kind[0] == "r" else "pages/targets", of=ACTION)
    text = explained(rows[0][kind])
    assert "› 7 开展儿童友好公园试点推广" in text
    assert "依据 evidence 1" in text


def test_evidence_says_what_it_proves(inquiry, explained):
    evidence = inquiry.rows("pages/evidence", thing=ACTION)[0]["evidence"]
    text = explained(evidence)
    assert "所证事实 proves" in text
    assert "【开展儿童友好公园试点推广】" in text


def test_a_unit_is_explained_by_its_duties(explained):
    assert "「牵头单位：区住建局」" in explained(
        "https://zhengtu.example/id/unit/320506/住房和城乡建设"
    )


def test_a_plan_is_explained_by_its_front_matter(explained):
    assert "（发文字号 document number）" in explained("https://zhengtu.example/id/plan/wuzhong")


def test_every_rule_that_evidence_names_is_described(built):
    files = generations.graphs(generations.current(built)).values()
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    rules = [re.match(r"<[^>]*/id/rule/([^>]+)> <[^>]*#label>", line) for line in lines]
    assert [m[1] for m in rules if m and description(m[1]) is None] == []


@pytest.mark.parametrize("kind", ["label", "verb", "joint", "standing"])
def test_every_rule_of_a_family_is_described(kind):
    assert [p.id for p in patterns("roles", kind) if description(p.id) is None] == []


def test_every_rule_that_reads_the_cases_is_described(facts_of):
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))
    texts = [case["text"] for kind in ("tag", "deadline", "prose") for case in cases[kind]]
    items = "\n".join(f"{n}．{text}" for n, text in enumerate(texts, 1))
    facts = facts_of(f"青河县行动计划\n一、重点任务\n（一）建设\n{items}\n")
    rules = {evidence.rule for _, evidence in evidence_of(facts)}
    assert len(rules) > 20
    assert [rule for rule in sorted(rules) if description(rule) is None] == []


def test_a_rule_is_described_by_the_longest_id_that_begins_its_own():
    assert description("target.unparsed") != description("target.before") is not None
    assert description("nothing.known") is None


def test_the_nearest_thing_is_offered_for_one_that_is_not_there(inquiry):
    assert explanation(inquiry, ACTION + "/target/none") is None
    assert nearest(inquiry, ACTION + "/target/none") == ACTION
    assert nearest(inquiry, "https://zhengtu.example/id/plan/wuzhong/dom_2__act_99").endswith(
        "dom_2"
    )
    assert nearest(inquiry, "https://example.org/x") is None


def test_the_command_takes_a_short_iri_and_gives_json(built):
    command = ["explain", "plan/wuzhong/dom_2__act_7", "--data", str(built), "--format", "json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["proofs"][0]["rule"] == "action.arabic"
