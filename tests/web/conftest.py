"""A site over documents of our own writing: an ordinary plan, a hostile one, a regulation, a file
of two plans.

The ordinary text has a letter beyond the Basic Multilingual Plane near its start, so that whoever
counts in UTF-16 units marks the wrong words. The hostile one says what would run or break out.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.server import create_server

from kg_build.links import Indicator, Link, Review
from kg_build.model import (
    WHOLE_PLAN,
    Attribute,
    Block,
    BlockKind,
    Citation,
    Deadline,
    Document,
    DocumentKind,
    Evidence,
    Facts,
    FrontMatter,
    Issue,
    Member,
    Mention,
    Part,
    PartKind,
    Responsibility,
    Role,
    Seat,
    Severity,
    Source,
    Span,
    Status,
    Target,
    UnitLink,
    WorkGroup,
)
from kg_build.rdf.describe import describe
from kg_build.rdf.nquads import nquads
from kg_build.rdf.vocabularies import vocabulary_graphs
from ontology import BASE
from queries.asking import Asker
from queries.limits import Workers
from queries.search.opening import open_index
from queries.stores import generations, open_store
from web import create_app

PLACE = "320506"
TEXT = """𠮷祥区儿童友好城市建设行动计划（2024—2026年）
吉政办〔2024〕7号
根据《儿童发展规划》，制定本计划。
一、空间友好
1.建设口袋公园。到2026年，建成口袋公园不少于3个。绿地率达到39%，惠及约四五成小区。
牵头单位：区住建局
完成时限：2025年12月底前
参与单位：区教育局、各镇（街道）
2.开放学校操场。每所学校（园）体育/活动时间每天不少于1小时。以上各项均需各镇（街道）落实，不再列出。
二、保障措施
1.加强组织领导。成立协调专班，区住建局任组长。
"""
RULES = """𠮷祥区公园管理办法
第一条 为了管好公园，依照《城市绿化条例》，制定本办法。
"""
TWO = """节水方案
1.查漏。
节电方案
1.换灯。
"""
EVIL = """<script>alert(1)</script>计划
1.<img src=x onerror=alert(2)>"'>{{7*7}}
牵头单位：<b onmouseover=alert(3)>局
"""
EVIL_NAME = "<img src=x onerror=alert(2)>\"'>{{7*7}}"


def found(text: str, quote: str, rule: str = "test", after: str = "") -> Evidence:
    """Evidence for the first `quote` that stands behind `after`."""
    start = text.index(quote, text.index(after))
    return Evidence(Span(start, start + len(quote)), rule)


def unit(name: str, *functions: str, is_group: bool = False) -> UnitLink:
    return UnitLink(name, name, PLACE, is_group, functions)


def owed(
    text: str, name: str, role: Role, after: str, inherited: str | None = None
) -> Responsibility:
    group = name.startswith("各")
    return Responsibility(
        name, role, found(text, name, after=after), inherited, link=unit(name, is_group=group)
    )


def blocks(text: str) -> tuple[Block, ...]:
    """All of a text but the units that take part, which stand in a table on page 3."""
    start = text.index("区教育局、各镇")
    end = text.index("\n", start)
    return (
        Block(BlockKind.PARAGRAPH, (Span(0, start),), page=1),
        Block(BlockKind.CELL, (Span(start, end),), table=0, row=1, column=3, page=3),
        Block(BlockKind.PARAGRAPH, (Span(end, len(text)),), page=3),
    )


def document(slug: str, text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document(slug, text, blocks, Source(f"{slug}.txt", "text/plain", "utf-8", "0" * 64))


def park() -> Part:
    title = found(TEXT, "建设口袋公园")
    many = found(TEXT, "建成口袋公园不少于3个")
    measured = Indicator("口袋公园数")
    due = found(TEXT, "2025年12月底前")
    return Part(
        "dom_1__act_1",
        PartKind.ACTION,
        "1",
        "建设口袋公园",
        "建设口袋公园。到2026年，建成口袋公园不少于3个。\n牵头单位：区住建局\n参与单位：区教育局、各镇（街道）",
        title,
        title.span,
        domain="dom_1",
        deadline=Deadline(2025, 12, "2025年12月底前", due),
        responsibilities=(
            owed(TEXT, "区住建局", Role.LEAD, "牵头单位"),
            owed(TEXT, "区教育局", Role.PARTICIPATING, "参与单位"),
            owed(TEXT, "各镇（街道）", Role.PARTICIPATING, "参与单位"),
        ),
        targets=(
            Target("口袋公园", ">=", Decimal(3), "个", 2026, "3个", many, indicator=measured),
            greener(),
            Target("", None, None, None, None, "约四五成", many, is_parsed=False),
        ),
        topics=(Mention(BASE + "id/topic/park", True, found(TEXT, "公园", after="1.建设")),),
    )


def greener() -> Target:
    share = found(TEXT, "绿地率达到39%")
    return Target(
        "绿地率",
        "=",
        Decimal(39),
        "%",
        2026,
        "39%",
        share,
        hedge="力争",
        baseline=Decimal("36.5"),
        baseline_year=2020,
        attribute=Attribute.BINDING,
        is_cumulative=True,
        responsibilities=(owed(TEXT, "区住建局", Role.LEAD, "牵头单位"),),
    )


def field() -> Part:
    title = found(TEXT, "开放学校操场")
    hours = found(TEXT, "体育/活动时间每天不少于1小时")
    rule = replace(found(TEXT, "以上各项均需各镇（街道）落实，不再列出"), confidence=Decimal("0.6"))
    everyone = unit("各镇（街道）", is_group=True)
    links = (
        Link(BASE + "id/national/TEST/1", "exactMatch", "同名", review=Review("张三")),
        Link(BASE + "id/national/HCA2019/SCH-SPORT", "noMatch", "名称相近，分母不同"),
    )
    measured = Indicator("体育/活动时间（天）", links)
    target = Target(
        "体育/活动时间", ">=", Decimal(1), "小时", None, "1小时", hours, indicator=measured
    )
    return Part(
        "dom_1__act_2",
        PartKind.ACTION,
        "2",
        "开放学校操场",
        "开放学校操场。每所学校（园）体育/活动时间每天不少于1小时。",
        title,
        title.span,
        domain="dom_1",
        responsibilities=(
            Responsibility("各镇（街道）", Role.IMPLEMENTING, rule, "dom_1__act_1", link=everyone),
            Responsibility(
                "区妇联", Role.GUIDING, rule, WHOLE_PLAN, title.span, link=unit("区妇联")
            ),
        ),
        targets=(replace(target, per="每所学校（园）", change=Decimal(-1), baseline_year=2020),),
    )


def front() -> FrontMatter:
    return FrontMatter(
        title="𠮷祥区儿童友好城市建设行动计划（2024—2026年）",
        issuers=("区政府办公室",),
        document_number="吉政办〔2024〕7号",
        date_signed=date(2024, 3, 1),
        period_start=2024,
        period_end=2026,
        place_code=PLACE,
        status=Status.ISSUED,
        citations=(Citation("儿童发展规划", None, found(TEXT, "《儿童发展规划》")),),
        evidence=(("document_number", found(TEXT, "吉政办〔2024〕7号")),),
    )


def ordinary() -> tuple[Document, Facts]:
    domain, safe = found(TEXT, "空间友好"), found(TEXT, "加强组织领导")
    parts = (
        Part("dom_1", PartKind.DOMAIN, "一", "空间友好", "", domain, domain.span),
        park(),
        field(),
        Part("safe_1", PartKind.SAFEGUARD, "1", "加强组织领导", "加强组织领导。", safe, safe.span),
    )
    head = Member("区住建局", Seat.LEAD, found(TEXT, "区住建局任组长"), unit("区住建局"))
    group = WorkGroup("协调专班", None, (head,), found(TEXT, "协调专班"))
    issue = Issue(
        "no-lead-marked",
        Severity.WARNING,
        found(TEXT, "开放学校操场").span,
        "任务未标明牵头单位",
        "action without a lead",
    )
    issuer = unit("区政府办公室")
    return document("jixiang", TEXT, blocks(TEXT)), Facts(
        front(), parts, (), (group,), (issuer,), (issue,)
    )


def regulation() -> tuple[Document, Facts]:
    title = found(RULES, "𠮷祥区公园管理办法")
    issue = Issue("not-a-plan", Severity.INFO, title.span, "不是计划", "no plan")
    said = FrontMatter(
        kind=DocumentKind.REGULATION,
        title="𠮷祥区公园管理办法",
        place_code=PLACE,
        citations=(Citation("城市绿化条例", None, found(RULES, "《城市绿化条例》")),),
        evidence=(("title", title),),
    )
    return document("banfa", RULES), Facts(said, issues=(issue,))


def collection() -> tuple[Document, Facts]:
    """Two plans in one file, whose name has a space."""
    water, light = (plan_of_one(*words) for words in (("节水方案", "查漏"), ("节电方案", "换灯")))
    return document("两个 方案", TWO), replace(water, further=(replace(light, number=2),))


def plan_of_one(title: str, action: str) -> Facts:
    evidence = found(TWO, action)
    part = Part("act_1", PartKind.ACTION, "1", action, action, evidence, evidence.span)
    return Facts(FrontMatter(title=title, evidence=(("title", found(TWO, title)),)), (part,))


def hostile() -> tuple[Document, Facts]:
    evidence = found(EVIL, EVIL_NAME)
    evil_unit = "<b onmouseover=alert(3)>局"
    part = Part(
        "act_1",
        PartKind.ACTION,
        "<1>",
        EVIL_NAME,
        EVIL,
        evidence,
        evidence.span,
        responsibilities=(
            Responsibility(evil_unit, Role.LEAD, found(EVIL, evil_unit), link=unit(evil_unit)),
        ),
        topics=(Mention("javascript:alert(4)", True, evidence),),
        targets=(
            Target("=cmd|' /C calc'!A0", ">=", Decimal(1), "<u>", 2026, "<i>1</i>", evidence),
        ),
    )
    said = FrontMatter(
        title="<script>alert(1)</script>计划",
        document_number="<svg onload=alert(5)>",
        evidence=(("document_number", found(EVIL, "计划")),),
    )
    return document("evil", EVIL), Facts(said, (part,))


def national() -> Iterator[bytes]:
    zt, skos = f"{BASE}ontology#", "http://www.w3.org/2004/02/skos/core#"
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    entry, where = f"<{BASE}id/national/TEST/1>", f"<{BASE}id/graph/vocabulary/test> ."
    yield f"{entry} <{rdf}> <{zt}NationalIndicator> {where}\n".encode()
    yield f'{entry} <{skos}prefLabel> "体育活动时间"@zh {where}\n'.encode()
    yield f'{entry} <{skos}prefLabel> "time for sports"@en {where}\n'.encode()
    yield f'{entry} <{skos}notation> "1" {where}\n'.encode()
    yield f'{entry} <{zt}verified> "unverified" {where}\n'.encode()
    target = f"<{BASE}id/national/TEST/1/target/2025>"
    number = "http://www.w3.org/2001/XMLSchema#decimal"
    yield f"{entry} <{zt}nationalTarget> {target} {where}\n".encode()
    yield f'{target} <{zt}value> "60.0"^^<{number}> {where}\n'.encode()
    yield f'{target} <{zt}unitText> "分钟" {where}\n'.encode()
    yield f'{target} <{zt}verified> "unverified" {where}\n'.encode()


def quads(plans: Iterable[tuple[Document, Facts]]) -> Iterator[bytes]:
    for _, part in vocabulary_graphs():
        yield from part.splitlines(keepends=True)
    yield from national()
    for text, facts in plans:
        yield from nquads(describe(text, facts), slug=text.slug).splitlines(keepends=True)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site over a sealed generation of all documents and vocabularies."""
    data: Path = tmp_path_factory.mktemp("site")
    path = data / "graph.nq"
    path.write_bytes(
        b"".join(sorted(set(quads([ordinary(), hostile(), regulation(), collection()]))))
    )
    written = generations.write(data, {"all": path}, digest="site")
    generations.switch(data, written)
    store = open_store(f"path:{data}")
    workers = Workers(written, processes=1, seconds=3, max_rows=100, max_bytes=2_000_000)
    yield create_app(
        store,
        workers=workers,
        asking=Asker(store).ask,
        index=open_index(f"path:{data}"),
        version="site0123456789",
    )
    workers.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without cookies."""
    return app.test_client()


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The site on a port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(scope="session")
def span_of() -> Callable[[str], range]:
    """Where a quote stands in the ordinary plan's text, in code points."""

    def span(quote: str) -> range:
        start = TEXT.index(quote)
        return range(start, start + len(quote))

    return span
