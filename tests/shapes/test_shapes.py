"""Every shape lets the sample pass, and finds the one change that is made against it."""

import re
import tomllib
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Namespace, URIRef

from shapes import Report
from shapes.graphs import plan_shapes, vocabulary_shapes
from shapes.validation import validate, validate_vocabulary

HERE = Path(__file__).parent
ZS = Namespace("https://zhengtu.example/shapes#")
# What has only parts of its own (`sh:property`) finds nothing itself.
_BOOKKEEPING = {RDF.type, SH.targetClass, SH.severity, SH.message, SH.property}


def read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


PLAN, VOCABULARY = read("plan.ttl"), read("vocabulary.ttl")
PREFIXES = "".join(re.findall(r"^@.*\n", PLAN, re.MULTILINE))
PLAN_CASES = tomllib.loads(read("plan_cases.toml"))["case"]
VOCABULARY_CASES = tomllib.loads(read("vocabulary_cases.toml"))["case"]


def graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def changed(base: str, case: dict) -> Graph:
    result = graph(base)
    for pattern in case.get("without", ()):
        alone = " " not in pattern
        ((subject, predicate, _),) = graph(pattern + (' a "" .' if alone else ' "" .'))
        before = len(result)
        result.remove((subject, None if alone else predicate, None))
        assert len(result) < before, f"{pattern}: not in the sample"
    return result + graph(case.get("with", ""))


def found(report: Report) -> set[str]:
    return {result.shape.removeprefix(str(ZS)) for result in report.results}


def report_on_vocabulary(changed_graph: Graph) -> Report:
    return validate_vocabulary(changed_graph.serialize(format="turtle").encode())


def checking(shapes: Graph) -> set[str]:
    """Names of the shapes that can find something."""
    named = {s for s in shapes.subjects() if isinstance(s, URIRef) and s in ZS}
    able = (shape for shape in named if set(shapes.predicates(shape)) - _BOOKKEEPING)
    return {str(shape).removeprefix(str(ZS)) for shape in able}


def test_the_sample_plan_conforms_and_leaves_nothing_to_say() -> None:
    assert validate(graph(PLAN)).results == ()


def test_the_sample_vocabulary_conforms() -> None:
    assert report_on_vocabulary(graph(VOCABULARY)).results == ()


@pytest.mark.parametrize("case", PLAN_CASES, ids=lambda case: case["shape"])
def test_a_plan_shape_finds_the_change_made_against_it(case: dict) -> None:
    assert found(validate(changed(PLAN, case))) == {case["shape"], *case.get("besides", ())}


@pytest.mark.parametrize("case", VOCABULARY_CASES, ids=lambda case: case["shape"])
def test_a_vocabulary_shape_finds_the_change_made_against_it(case: dict) -> None:
    assert found(report_on_vocabulary(changed(VOCABULARY, case))) == {case["shape"]}


@pytest.mark.parametrize(
    "case", [c for c in PLAN_CASES if "passing" in c], ids=lambda case: case["shape"]
)
def test_a_shape_without_focus_in_the_sample_has_a_passing_graph(case: dict) -> None:
    assert case["shape"] not in found(validate(graph(PLAN + case["passing"])))


def test_every_shape_has_a_case() -> None:
    assert {case["shape"] for case in PLAN_CASES} == checking(plan_shapes())
    assert {case["shape"] for case in VOCABULARY_CASES} == checking(vocabulary_shapes())
    assert len(PLAN_CASES) >= 95
    assert len(VOCABULARY_CASES) >= 14


@pytest.mark.parametrize("shapes", [plan_shapes(), vocabulary_shapes()], ids=["plan", "vocabulary"])
def test_every_shape_looks_at_something_in_the_passing_graph(shapes: Graph) -> None:
    passing = graph(PLAN + VOCABULARY + "".join(c.get("passing", "") for c in PLAN_CASES))
    present = set(passing.objects(None, RDF.type)) | {
        URIRef("https://zhengtu.example/ontology#PlanPart")
    }
    targets = set(shapes.objects(None, SH.targetClass))
    assert targets
    assert targets <= present


@pytest.mark.parametrize("shapes", [plan_shapes(), vocabulary_shapes()], ids=["plan", "vocabulary"])
def test_every_shape_speaks_chinese_and_english_and_has_a_severity(shapes: Graph) -> None:
    named = {s for s in shapes.subjects(RDF.type) if isinstance(s, URIRef) and s in ZS}
    assert len(named) > 10
    for shape in named:
        assert {m.language for m in shapes.objects(shape, SH.message)} == {"zh", "en"}, shape
        assert len(set(shapes.objects(shape, SH.severity))) == 1, shape


def test_findings_about_documents_are_never_violations() -> None:
    shapes = plan_shapes()
    quality = [s for s in shapes.subjects(SH.severity) if s in ZS and "#quality-" in str(s)]
    assert len(quality) >= 15
    assert all(shapes.value(s, SH.severity) in {SH.Warning, SH.Info} for s in quality)


def test_every_property_shape_is_reached_from_a_target() -> None:
    for shapes in (plan_shapes(), vocabulary_shapes()):
        reached = set(shapes.objects(None, SH.property)) | set(shapes.subjects(SH.targetClass))
        assert set(shapes.subjects(RDF.type, SH.PropertyShape)) <= reached
