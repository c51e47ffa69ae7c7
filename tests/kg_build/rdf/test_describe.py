"""Facts as triples: every fact with evidence, every quote as it stands."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg_build.model import Document, Evidence, Issue, Severity, Span
from kg_build.pipeline import facts_of as linked
from kg_build.rdf import graphs, iris
from kg_build.rdf.describe import describe
from kg_build.rdf.evidence import described
from kg_build.rdf.location import Locator
from kg_build.rdf.nquads import nquads
from kg_build.rdf.terms import decimal, document_number, name, typed, zt

OA = "http://www.w3.org/ns/oa#"
TEXT = """青河县全民阅读行动方案（2023—2025年）

为落实《省全民阅读规划》（省发〔2021〕3号），制定本方案。

一、总体目标

到2025年，建成图书角 20 个。

二、重点任务

（一）阅读空间

1．办好图书角，
每个乡镇至少建成1个图书角。（牵头单位：县文旅局，配合单位：县教育局）

三、保障措施

（一）加强领导。

青河县人民政府
2023年3月1日
"""


@pytest.fixture(scope="module")
def store(document_of) -> ox.Store:
    return store_of(document_of(TEXT))


def subjects(store: ox.Store, kind: str) -> set[ox.NamedNode]:
    return {q.subject for q in store.quads_for_pattern(None, name("rdf:type"), zt(kind))}


def store_of(document: Document) -> ox.Store:
    loaded = ox.Store()
    quads = nquads(describe(document, linked(document)), slug="plan")
    loaded.load(quads, format=ox.RdfFormat.N_QUADS)
    return loaded


def value(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
    (quad,) = store.quads_for_pattern(subject, predicate, None)
    return quad.object.value


@pytest.mark.parametrize(
    "kind", ["Domain", "Action", "Safeguard", "Responsibility", "Target", "Citation", "Indicator"]
)
def test_each_fact_has_evidence(store, kind):
    facts = subjects(store, kind)
    assert facts
    for fact in facts:
        assert list(store.quads_for_pattern(fact, zt("evidence"), None)), fact


def test_each_quote_stands_where_its_position_says(store):
    selectors = subjects(store, "Evidence")
    assert len(selectors) > 10
    for evidence in selectors:
        start = int(value(store, ox.NamedNode(evidence.value + "/position"), name("oa:start")))
        end = int(value(store, ox.NamedNode(evidence.value + "/position"), name("oa:end")))
        quote = ox.NamedNode(evidence.value + "/quote")
        assert value(store, quote, name("oa:exact")) == TEXT[start:end]
        before = value(store, quote, name("oa:prefix"))
        after = value(store, quote, name("oa:suffix"))
        assert before + TEXT[start:end] + after in TEXT


def test_a_responsibility_names_unit_and_role(store):
    roles = {
        value(store, s, zt("nameAsWritten")): value(store, s, zt("role"))
        for s in subjects(store, "Responsibility")
    }
    assert roles == {
        "县文旅局": iris.concept("role", "lead"),
        "县教育局": iris.concept("role", "participating"),
    }


def test_a_target_has_value_comparator_and_year(store):
    values = {
        value(store, s, zt("value")): value(store, s, zt("comparator"))
        for s in subjects(store, "QuantitativeTarget")
    }
    assert values == {
        "20": iris.concept("comparator", "equal"),
        "1": iris.concept("comparator", "at-least"),
    }


def test_units_and_rules_stand_in_the_shared_graph_only(store):
    for kind in ("Unit", "Rule", "CitedDocument"):
        quads = list(store.quads_for_pattern(None, name("rdf:type"), zt(kind)))
        assert quads
        assert {q.graph_name.value for q in quads} == {graphs.SHARED}
    for kind in ("Plan", "Action", "Evidence"):
        quads = list(store.quads_for_pattern(None, name("rdf:type"), zt(kind)))
        assert {q.graph_name.value for q in quads} == {graphs.plan("plan")}


def test_the_text_is_kept_whole(store):
    (text,) = subjects(store, "TextDocument")
    assert value(store, text, zt("content")) == TEXT


@pytest.mark.parametrize(
    ("number", "written"),
    [("1E+3", "1000"), ("0.0000001", "0.0000001"), ("2.50", "2.50"), ("1E-7", "0.0000001")],
)
def test_numbers_are_never_in_exponent_form(number, written):
    assert decimal(Decimal(number)).value == written


def test_evidence_for_one_value_differs_from_that_for_another(document_of):
    document = document_of("儿童友好")
    plan = ox.NamedNode(iris.local("plan", "plan"))
    evidence = Evidence(Span(0, 2), "rule")
    nodes = {
        triple[2]
        for year in (2024, 2025)
        for triple in described(
            document,
            plan,
            evidence,
            (zt("periodEnd"), typed(year, "gYear")),
            set(),
            Locator(document),
        )
        if triple[1] == zt("evidence")
    }
    assert len(nodes) == 2


def test_evidence_that_facts_share_is_described_once(document_of):
    document = document_of("儿童友好")
    evidence, known = Evidence(Span(0, 2), "rule"), set()
    first, second = (ox.NamedNode(iris.local("plan", "plan", name)) for name in ("a", "b"))
    whole = list(described(document, first, evidence, None, known, Locator(document)))
    again = list(described(document, second, evidence, None, known, Locator(document)))
    assert again == [(second, *whole[0][1:])]


def test_quads_are_sorted_and_each_is_there_once():
    plan, unit = ox.NamedNode(iris.local("plan", "甲")), ox.NamedNode(iris.local("unit", "乙"))
    triples = [(unit, zt("a"), plan), (plan, zt("b"), unit), (plan, zt("b"), unit)]
    lines = nquads(triples, slug="甲").decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 2
    assert graphs.SHARED in lines[1]
    assert graphs.plan("甲") in lines[0]


def test_several_tags_of_an_action_say_what_each_is_for(document_of):
    text = TEXT.replace("）\n\n三、", "）配备图书，\n 开展阅读。（牵头单位：县教育局）\n\n三、")
    document = document_of(text)
    loaded = ox.Store()
    quads = nquads(describe(document, linked(document)), slug="plan")
    loaded.load(quads, format=ox.RdfFormat.N_QUADS)
    found = {
        (value(loaded, q.subject, zt("nameAsWritten")), q.object.value[:9])
        for q in loaded.quads_for_pattern(None, zt("scope"), None)
    }
    assert found == {
        ("县文旅局", "办好图书角，每个乡"),
        ("县教育局", "办好图书角，每个乡"),
        ("县教育局", "配备图书，开展阅读"),
    }


def test_a_target_in_the_text_and_again_in_a_table_is_of_one_indicator(document_of):
    table = "\t指标\t单位\t2025年\n\t图书角覆盖率\t%\t60\n"
    text = TEXT.replace("建成图书角 20 个。", f"图书角覆盖率达到60%。\n\n{table}")
    document = document_of(text)
    loaded = ox.Store()
    quads = nquads(describe(document, linked(document)), slug="plan")
    loaded.load(quads, format=ox.RdfFormat.N_QUADS)
    found = [q.object for q in loaded.quads_for_pattern(None, zt("indicator"), None)]
    labels = [value(loaded, node, name("rdfs:label")) for node in found]
    assert labels.count("图书角覆盖率") == 2
    assert len({n.value for n, words in zip(found, labels, strict=True) if "覆盖" in words}) == 1


def test_a_unit_of_a_target_has_its_role_and_the_cell_that_names_it(document_of):
    table = "\t指标\t2025年\t责任单位\n\t图书角覆盖率（%）\t60\t县文旅局\n"
    document = document_of(TEXT.replace("建成图书角 20 个。", f"建好图书角。\n\n{table}"))
    loaded = ox.Store()
    quads = nquads(describe(document, linked(document)), slug="plan")
    loaded.load(quads, format=ox.RdfFormat.N_QUADS)
    (stated,) = loaded.quads_for_pattern(None, zt("targetUnit"), None)
    (duty,) = loaded.quads_for_pattern(None, zt("responsibilityFor"), stated.subject)
    assert value(loaded, duty.subject, zt("unit")) == stated.object.value
    assert value(loaded, duty.subject, zt("role")).endswith("/responsible")
    (proof,) = loaded.quads_for_pattern(duty.subject, zt("evidence"), None)
    selectors = loaded.quads_for_pattern(proof.object, name("oa:hasSelector"), None)
    quotes = [
        q for s in selectors for q in loaded.quads_for_pattern(s.object, name("oa:exact"), None)
    ]
    assert [q.object.value for q in quotes] == ["县文旅局"]


@pytest.mark.parametrize("written", ["苏政发[2020]5号", "苏政发（2020）5号", "苏政发〔2020〕5号"])
def test_a_document_number_has_one_form_whatever_its_brackets(written: str) -> None:
    assert document_number(written).value == "苏政发〔2020〕5号"


def test_one_value_of_several_years_is_a_target_of_each(document_of):
    text = TEXT.replace("图书角 20 个", "图书角60个，其中2023年20个、2024年20个、2025年20个")
    store = store_of(document_of(text))
    due = [
        (value(store, target, zt("valueAsWritten")), value(store, target, zt("deadline")))
        for target in subjects(store, "Target")
        if list(store.quads_for_pattern(target, zt("deadline"), None))
    ]
    assert {("20个", "2023"), ("20个", "2024"), ("20个", "2025")} <= set(due)
    assert len(due) == len(set(due))


def test_issues_of_the_whole_file_have_no_words_as_evidence_and_stay_apart(document_of):
    whole = Span(0, 0)
    issues = tuple(Issue("note", Severity.INFO, whole, f"第{n}条", f"no. {n}") for n in (1, 2))
    store = store_of(replace(document_of(TEXT), issues=issues))
    found = {
        i for i in subjects(store, "DocumentIssue") if value(store, i, zt("issueCode")) == "note"
    }
    assert len(found) == 2
    assert not [q for i in found for q in store.quads_for_pattern(i, zt("evidence"), None)]
    ends = store.quads_for_pattern(None, name("oa:end"), None)
    assert all(int(q.object.value) > 0 for q in ends)
