"""Reports: shares that can fall short, and both ways of printing them."""

import json

import pytest

from kg_build.extract.facts import extract
from kg_build.report import as_json, as_text, report
from kg_build.structure.outline import outline
from kg_build.structure.paragraphs import paragraphs

PLAN = """青河县阅读推广行动计划（2023—2025年）

为推广阅读，制定本计划。

一、总体目标

到2025年，建成图书角20个。让书香飘满全县。

二、重点任务

（一）办好图书角。每个乡镇至少建成1个。（牵头单位：县文旅局）

（二）举办读书节。场地要宽敞。（县教育局负责）
"""


@pytest.fixture
def report_of(document_of):
    """The report of a text."""

    def read(text):
        document = document_of(text)
        found = outline(paragraphs(document))
        return report(document, found, extract(document, found))

    return read


def test_a_plan_read_whole_has_no_unowned_sentence(report_of):
    found = report_of(PLAN)
    assert found.known == 1
    assert found.unowned == ()
    assert dict(found.sentences_by_part)["preface"] == 1
    assert dict(found.sentences_by_part)["goals"] == 3


def test_further_plans_of_the_file_are_known_parts_with_their_facts(report_of):
    one, both = report_of(PLAN), report_of(PLAN + "\n" + PLAN.replace("阅读", "体育"))
    assert [kind for _, kind in both.further] == ["plan"]
    assert as_json(both)["further"][0]["title"]
    assert both.unowned == ()
    assert dict(both.facts)["action"] == 2 * dict(one.facts)["action"]
    assert len(both.signs) == 2 * len(one.signs)


def test_a_sentence_without_a_fact_counts_as_such(report_of):
    stated = {s.passage.quote: s.is_stated for s in report_of(PLAN).sentences}
    assert stated["场地要宽敞"] is False
    assert stated["到2025年，建成图书角20个"] is True


def test_a_text_without_numbering_is_in_no_known_part(report_of):
    found = report_of("青河县阅读推广行动计划\n\n" + "各乡镇办好图书角，县里办读书节。\n\n" * 5)
    assert len(found.unowned) == 5
    assert [kind.code for kind in found.issues] == ["no-structure"]


def test_what_stands_before_the_first_number_may_not_be_most_of_the_text(report_of):
    unread = "各乡镇办好图书角，县里办读书节，学校开放书屋，村里设书架。\n\n" * 12
    before, numbers = PLAN.split("一、总体目标")
    found = report_of(f"{before}{unread}一、总体目标{numbers}")
    assert len(found.unowned) >= 12


def test_a_table_of_which_nothing_is_read_is_unowned(report_of):
    found = report_of(f"{PLAN}\n\n\t甲\n\t乙\n\t丙\n\t丁\n")
    assert [p.quote for p in found.unowned] == ["甲", "乙", "丙", "丁"]


def test_a_number_that_nothing_explains_is_listed(report_of):
    found = report_of(PLAN.replace("场地要宽敞", "场地要宽敞，尽量靠近77里长堤"))
    assert dict(found.numbers_by_kind)["target"] >= 1
    assert [p.quote for p in found.unexplained if "77" in p.quote]
    assert found.explained < 1


def test_facts_are_counted_by_kind_rule_and_confidence(report_of):
    found = report_of(PLAN)
    assert dict(found.facts)["responsibility"] == 2
    assert dict(found.rules)["label.lead"] == 1
    assert sum(n for _, n in found.confidence) == sum(n for _, n in found.facts)


def test_text_and_json_say_the_same(report_of):
    found = report_of(PLAN)
    text, values = as_text(found), json.loads(json.dumps(as_json(found)))
    assert "已理解 understood 2" in text
    assert values["signs"]["by_outcome"] == {"understood": 2, "partly": 0, "not": 0}
    assert values["sentences"]["in_known_part"] == 1


def test_values_of_the_text_begin_in_one_column(report_of):
    columns = {
        len(row.encode("gbk")) - len(row[row.index(start) :].encode("gbk"))
        for row in as_text(report_of(PLAN)).split("\n")
        for start in ("青河县", "页 pages")
        if start in row and "「" not in row
    }
    assert columns == {26}
