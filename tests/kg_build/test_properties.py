"""What holds for every text, however it was mangled."""

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg_build.model import Document, Evidence, Facts, Part, Span, Target
from kg_build.plan_json import plan_json
from kg_build.rdf.describe import describe
from kg_build.rdf.nquads import nquads
from kg_build.structure.outline import Section

# -- texts as plans hold them, and worse ---------------------------------------------------

MARKERS = st.sampled_from([
    "第一章 ",
    "第二节 ",
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "(三)",
    "1．",
    "2.",
    "3、",
    "4﹒",
    "（1）",
    "①",
    "一是",
    "2.3",
    "—",
    "专栏1 ",
])
WORDS = st.sampled_from([
    "建设",
    "图书角",
    "阅读空间",
    "重点任务",
    "保障措施",
    "总体目标",
    "实施方案",
    "行动计划",
    "关于印发",
    "的通知",
    "县教育局",
    "各乡镇",
    "覆盖率",
    "达到",
    "以上",
    "不少于",
    "每个社区",
    "每千名儿童",
    "分别",
    "全覆盖",
    "应建尽建",
    "2025年",
    "“十四五”",
    "青河县人民政府",
    "2023年3月1日",
    "青政发〔2023〕1号",
    "组长：",
    "成员：",
    "责任单位",
    "领域",
    "任务",
    "序号",
])
NUMBERS = st.one_of(
    st.integers(0, 99999).map(str),
    st.decimals(0, 999, places=2, allow_nan=False).map(str),
    st.sampled_from(["95%", "3-5个", "1.2万", "十二", "两", "1/10万", "20个", "5‰", "99999999999"]),
)
TAGS = st.sampled_from([
    "（牵头单位：县教育局，配合单位：县财政局）",
    "（县教育局负责）",
    "（县教育局牵头，县财政局、各乡镇配合）",
    "（责任单位：*县教育局、县财政局",
    "（列第一位者为牵头单位，下同）",
    "（以下均需各乡镇落实，不再列出）",
    "责任单位：县教育局",
    "（牵头单位：）",
])
MARKS = st.sampled_from(list("，。；：、（）()《》“”〈〉【】〔〕[]*%-—…!?·\t　 \n\r\f"))
LAYOUT = st.sampled_from(["\n", "\n\n", "\n\t", "\n— 3 —\n", "\n-----\n", "\n\t\n"])
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"])
HEADED = "青河县全民阅读行动方案\n\n一、重点任务\n\n（一）阅读\n\n"
PIECES = st.lists(
    st.one_of(MARKERS, WORDS, NUMBERS, TAGS, MARKS, LAYOUT, LETTERS),
    min_size=1,
    max_size=60,
)
#: half of them under the headings of a plan, so that they are read as its actions
TEXTS = st.builds(
    lambda head, pieces: head + "".join(pieces),
    st.sampled_from(["", HEADED + "1．", "青河县行动方案\n\n\t领域\n\t任务\n\t责任单位\n\t"]),
    PIECES,
)
SENTENCES = st.lists(st.one_of(WORDS, NUMBERS, TAGS, st.sampled_from("，、；")), max_size=12).map(
    lambda pieces: "".join(pieces).replace("\n", "") + "。"
)
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def spans(document: Document, facts: Facts) -> Iterator[Span]:
    yield from (s for block in document.blocks for s in block.spans)
    yield from (e.span for e in evidence(facts))
    yield from (i.span for i in facts.issues)
    yield from (p.span for p in facts.parts)


def evidence(facts: Facts) -> Iterator[Evidence]:
    yield from (e for _, e in facts.front.evidence)
    yield from (c.evidence for c in facts.front.citations)
    yield from (t.evidence for t in facts.goals)
    for group in facts.work_groups:
        yield group.evidence
        yield from (m.evidence for m in group.members)
    for part in facts.parts:
        yield part.evidence
        yield from (r.evidence for r in part.responsibilities)
        yield from (t.evidence for t in part.targets)


@MANY
@given(text=TEXTS)
def test_no_text_raises_and_every_span_lies_within_it(text, document_of, facts_of):
    document, facts = document_of(text), facts_of(text)
    for span in spans(document, facts):
        assert 0 <= span.start <= span.end <= len(document.text)
    for e in evidence(facts):
        assert document.text[e.span.start : e.span.end].strip()
    assert plan_json(document, facts)


@MANY
@given(text=TEXTS)
def test_sections_nest_and_no_character_stands_in_two(text, outline_of):
    outline = outline_of(text)
    seen: list[int] = []
    for segment in outline.segments:
        for section in segment.sections:
            check_nesting(section)
            seen += offsets(section)
    assert len(seen) == len(set(seen))


def check_nesting(section: Section) -> None:
    for child in section.children:
        assert child.level > section.level
        check_nesting(child)


def offsets(section: Section) -> list[int]:
    own = [at for view in (section.number, *section.own) for at in view.at]
    return own + [at for child in section.children for at in offsets(child)]


@MANY
@given(text=TEXTS)
def test_quads_are_the_same_twice_and_hold_no_blank_node(text, document_of, facts_of):
    document = document_of(text)
    first = nquads(describe(document, facts_of(text)), slug="plan")
    assert first == nquads(describe(document, facts_of(text)), slug="plan")
    lines = first.splitlines()
    assert lines == sorted(set(lines))
    for quad in ox.parse(first, format=ox.RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


@MANY
@given(text=TEXTS)
def test_parts_do_not_share_names(text, facts_of):
    parts = facts_of(text).parts
    assert len({p.eid for p in parts}) == len(parts)
    known = {p.eid for p in parts}
    assert all(p.domain is None or p.domain in known for p in parts)
    assert all(p.programme is None or p.programme in known for p in parts)


def one_valued(quads: bytes) -> dict[tuple[str, str], set[str]]:
    """The positions, values and names of each node, which must be one each."""
    found: dict[tuple[str, str], set[str]] = {}
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        local = quad.predicate.value.rpartition("#")[2]
        if local in {"start", "end", "exact", "value", "nameAsWritten", "role", "number"}:
            found.setdefault((quad.subject.value, local), set()).add(quad.object.value)
    return found


@MANY
@given(text=TEXTS)
def test_no_two_facts_share_an_iri(text, document_of, facts_of):
    quads = nquads(describe(document_of(text), facts_of(text)), slug="plan")
    assert {k: v for k, v in one_valued(quads).items() if len(v) > 1} == {}


def told(action: Part) -> tuple[object, ...]:
    duties = [(r.name, r.role) for r in action.responsibilities]
    return action.number, action.title, duties, [said(t) for t in action.targets]


def said(target: Target) -> tuple[str, str | None, Decimal | None, str | None, int | None]:
    return target.measure, target.comparator, target.value, target.unit, target.deadline


@MANY
@given(sentence=SENTENCES, data=st.data())
def test_stray_spaces_in_a_sentence_change_no_fact(sentence, data, actions_of):
    gaps = data.draw(st.lists(st.integers(0, len(sentence)), max_size=8))
    spaced = sentence
    for at in sorted(gaps, reverse=True):
        spaced = spaced[:at] + data.draw(st.sampled_from([" ", "　", "  "])) + spaced[at:]
    assert [told(a) for a in actions_of("甲" + spaced)] == [
        told(a) for a in actions_of("甲" + sentence)
    ]


# -- long and hostile ----------------------------------------------------------------------

HOSTILE = {
    "open brackets": lambda n: "1．建设。" + "（" * n,
    "closed brackets": lambda n: "1．建设。" + "）" * n,
    "nested brackets": lambda n: "1．建设。" + "（" * (n // 2) + "）" * (n // 2),
    "pairs of brackets": lambda n: "1．建设。" + "（县教育局负责）" * (n // 8),
    "mixed brackets": lambda n: "1．建设。" + "（《“〈【〔[" * (n // 7),
    "quotes never closed": lambda n: "1．建设“" + "图书角20个，" * (n // 7),
    "one long paragraph": lambda n: "1．" + "建设图书角，" * (n // 6) + "。",
    "one clause": lambda n: "1．" + "建设图书角" * (n // 5) + "20个。",
    "many numbers": lambda n: "1．建设" + "图书角20个、" * (n // 7) + "。",
    "numbers side by side": lambda n: "1．覆盖率分别达到" + "20%、" * (n // 4) + "。",
    "digits": lambda n: "1．建设" + "1" * n + "个。",
    "digits with commas": lambda n: "1．建设" + "1,111" * (n // 5) + "个。",
    "Chinese digits": lambda n: "1．建设" + "二" * n + "个。",
    "years": lambda n: "1．" + "到2025年，" * (n // 7) + "建设图书角20个。",
    "ranges": lambda n: "1．" + "2021-2025年、" * (n // 11) + "建设20个。",
    "lead-ins": lambda n: "1．" + "力争到2025年全县" * (n // 9) + "建设图书角20个。",
    "each of each": lambda n: "1．" + "每个社区" * (n // 4) + "至少建设20个。",
    "names in a tag": lambda n: "1．建设。（责任单位：" + "县教育局、" * (n // 5) + "各乡镇）",
    "one name in a tag": lambda n: "1．建设。（责任单位：" + "县教育" * (n // 3) + "局）",
    "and, and": lambda n: "1．建设。（责任单位：" + "县教育局和" * (n // 5) + "各乡镇）",
    "and others": lambda n: "1．建设。（责任单位：" + "县教育局等" * (n // 5) + "各乡镇）",
    "labels": lambda n: "1．建设。（" + "牵头单位：县教育局，" * (n // 10) + "）",
    "verbs": lambda n: "1．建设。（" + "县教育局牵头，" * (n // 7) + "）",
    "commas": lambda n: "1．建设" + "，" * n + "。",
    "items": lambda n: "\n".join(f"{k}．建设图书角。" for k in range(1, n // 10)),
    "levels": lambda n: "一、甲\n（一）乙\n1．丙。\n（1）丁。\n①戊。\n" * (n // 24),
    "lines that go on": lambda n: "1．建设，\n" + "图书角，\n" * (n // 5),
    "cells": lambda n: "\t任务\n\t责任单位\n" + "\t建设。\n\t县教育局\n" * (n // 11),
    "lines in one cell": lambda n: "\t任务\n\t责任单位\n\t建设\n" + "图书角\n" * (n // 4),
    "title lines": lambda n: "建设图书角\n" * (n // 6),
    "signatures": lambda n: "县教育局\n" * (n // 5) + "2023年3月1日\n",
    "blank lines": lambda n: "1．建设。" + "\n" * n,
    "spaces": lambda n: "1．建设" + " " * n + "图书角。",
    "dots": lambda n: "1．建设" + "…" * n + "图书角。",
    "hyphens": lambda n: "1．建设" + "-" * n + "图书角。",
    "stars": lambda n: "1．建设。（责任单位：" + "*" * n + "县教育局）",
    "bookmarks": lambda n: "1．建设" + "[bookmark: a" * (n // 12),
    "run-in items": lambda n: "一、任务" + "".join(f"{k}．建设。" for k in range(1, n // 8)),
    "sections of a law": lambda n: "".join(f"第{k}章甲\n第1节乙\n" for k in range(1, n // 10)),
    "citations": lambda n: "为贯彻" + "《甲》（青政发〔2023〕1号）、" * (n // 18),
    "rows that end inside lines": lambda n: (
        "序号 任务 责任单位\n" + "推进 园区 提质 工程 县工信局 办理 情况 说明\n" * (n // 24)
    ),
    "letters": lambda n: "1．建设" + "A" * n + "。",
    "qualities": lambda n: "1．" + "覆盖率不断提升，" * (n // 8) + "。",
    "rates": lambda n: "1．" + "率" * n + "不断提升。",
    "all of them": lambda n: "1．" + "覆盖" * (n // 2) + "全覆盖。",
}


LENGTH = 6_000
#: seconds; linear work takes a tenth of it on a slow machine, quadratic work many times it
LIMIT = 5


@pytest.mark.parametrize("form", HOSTILE)
def test_a_long_hostile_paragraph_takes_no_time(form, facts_of):
    text = HEADED + HOSTILE[form](LENGTH)
    begin = time.process_time()
    facts_of(text)
    assert time.process_time() - begin < LIMIT


UNSEEN_IN = """青河县阅读推广行动计划

（2024—2026年）

一、重点任务

1．建设图书角，到2026年建成30个，覆盖率达到85%以上。（牵头单位：县文化局；配合单位：县教育局、县财政局）

2．2025年6月底前完成阅读空间改造。由县教育局牵头，会同县财政局制定办法。

\t序号
\t任务
\t责任单位
\t1
\t配备图书2万册
\t县文化局、县教育局
"""


@given(st.data())
def test_what_nobody_sees_changes_no_fact(facts_of, data):
    marks = st.sampled_from(["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad"])
    places = st.lists(st.tuples(st.integers(1, len(UNSEEN_IN)), marks), max_size=8)
    text = UNSEEN_IN
    for at, mark in sorted(data.draw(places), reverse=True):
        text = text[:at] + mark + text[at:]
    assert _said(facts_of(text)) == _said(facts_of(UNSEEN_IN))


def _said(facts: Facts) -> object:
    """All that facts say but for where it stands."""
    front = replace(facts.front, evidence=())
    parts = [(p.number, p.title, p.text, p.deadline and p.deadline.wording) for p in facts.parts]
    duties = [(p.eid, r.name, r.role) for p in facts.parts for r in p.responsibilities]
    nowhere = Evidence(Span(0, 0), "any")
    targets = [(p.eid, replace(t, evidence=nowhere)) for p in facts.parts for t in p.targets]
    return front, parts, duties, targets


TABLE = "青河县行动方案\n\n\t领域\n\t任务\n\t责任单位\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TABLE + "\t[bookmark: a]", id="a cell that is a bookmark"),
        pytest.param(TABLE + "\t第一章 \n\t\n\t", id="a domain that is a number"),
        pytest.param(HEADED + "1．建设" + "二" * 5_000 + "个。", id="digits"),
        pytest.param(HEADED + "1．" + "\ufff0全覆盖。", id="no character"),
        pytest.param(HEADED + "1．" + "\ue000全覆盖。", id="private use"),
        pytest.param("\ufeff\u200b", id="nothing that shows"),
        pytest.param(HEADED + "\u200b\n\n1．建设图书角。\n\xad\n", id="lines that do not show"),
        pytest.param("《" * 50, id="opening marks"),
    ],
)
def test_texts_that_once_raised_do_not(text, document_of, facts_of):
    document, facts = document_of(text), facts_of(text)
    assert nquads(describe(document, facts), slug="plan")
    assert plan_json(document, facts)
