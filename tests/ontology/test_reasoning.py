"""HermiT finds the populated ontology consistent, classifies it, and finds contradictions."""

import tempfile
from functools import cache
from pathlib import Path

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS

from ontology import BASE, ZT, ontology_files
from ontology.reasoning import Reasoned, check
from queries.stores import generations

pytestmark = pytest.mark.reasoner

POPULATED = (Path(__file__).parents[1] / "shapes" / "plan.ttl").read_bytes()
ID = BASE + "id/"
PREFIXES = f"""@base <{ID}> . @prefix zt: <{ZT}> . @prefix owl: <{OWL}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
STATED = """
<plan/a> a zt:Plan ; zt:forPlace <place/320506> ; zt:citation <plan/a/citation> ;
    zt:periodEnd "2025"^^xsd:gYear ; zt:dateSigned "2022-05-31"^^xsd:date .
<plan/a/citation> a zt:Citation ; zt:citedDocument <document/发改社会〔2021〕1380号> .
<plan/a/act_1> a zt:Action ; zt:plan <plan/a> ; zt:domain <plan/a/dom_1> ;
    zt:leadUnit <unit/教育局(本级)> ; zt:hasTarget <plan/a/target> .
<plan/a/act_2> a zt:Action ; zt:plan <plan/a> ; zt:participatingUnit <unit/教育局(本级)> .
<unit/教育局(本级)> a zt:Unit .
"""


@cache
def ontology() -> tuple[bytes, ...]:
    return tuple(file.read_bytes() for file in ontology_files())


def with_facts(*turtle: str) -> tuple[bytes, ...]:
    return (*ontology(), *((PREFIXES + facts).encode() for facts in turtle))


@pytest.fixture(scope="module")
def populated() -> Reasoned:
    return check(*ontology(), POPULATED)


@pytest.fixture(scope="module")
def related() -> Reasoned:
    return check(*with_facts(STATED), relations=True)


def test_the_ontology_alone_is_consistent_and_every_class_can_have_members() -> None:
    reasoned = check(*ontology())
    assert reasoned.consistent
    assert reasoned.unsatisfiable == ()


def test_the_populated_graph_is_consistent(populated: Reasoned) -> None:
    assert populated.consistent
    assert populated.unsatisfiable == ()


def test_actions_with_a_lead_are_classified_as_such(related: Reasoned, populated: Reasoned) -> None:
    assert related.members(ZT + "LedAction") == (ID + "plan/a/act_1",)
    led = {f"{ID}plan/sample/act_{n}" for n in (1, 2, 3)}
    assert set(populated.members(ZT + "LedAction")) == led


def test_members_of_a_class_are_members_of_the_classes_above_it(populated: Reasoned) -> None:
    assert ID + "plan/sample/act_1" in populated.members(ZT + "PlanPart")
    assert ID + "unit/health" in populated.members(ZT + "Agent")
    assert ID + "unit/health" in populated.members("http://www.w3.org/ns/org#Organization")
    assert ID + "plan/sample/responsibility_1" in populated.members(
        "http://www.w3.org/ns/prov#Association"
    )


def test_the_graph_of_the_sample_plans_is_consistent_and_classified(built: Path) -> None:
    # Thousands of places say nothing that the classes of the ontology could contradict.
    files = generations.graphs(generations.current(built))
    contents = [p.read_bytes() for name, p in files.items() if not name.endswith("/place")]
    lines = b"".join(contents).splitlines(keepends=True)
    reasoned = check(b"".join(lines))
    led = {line.split()[0][1:-1].decode() for line in lines if f"<{ZT}leadUnit>".encode() in line}
    assert reasoned.consistent
    assert reasoned.unsatisfiable == ()
    assert set(reasoned.members(ZT + "LedAction")) == led & set(reasoned.members(ZT + "Action"))
    assert len(led) > 50


def test_domain_and_range_give_a_class(related: Reasoned) -> None:
    assert ID + "plan/a/dom_1" in related.members(ZT + "Domain")
    assert ID + "plan/a/target" in related.members(ZT + "Target")


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        ("plan/a/act_1", "inPlace", "place/320506"),
        ("unit/教育局(本级)", "involvedIn", "plan/a"),
        ("plan/a", "cites", "document/发改社会〔2021〕1380号"),
        ("plan/a", "hasPart", "plan/a/act_1"),
        ("unit/教育局(本级)", "leads", "plan/a/act_1"),
        ("unit/教育局(本级)", "participatesIn", "plan/a/act_2"),
        ("plan/a/dom_1", "domainOf", "plan/a/act_1"),
        ("plan/a/target", "targetOf", "plan/a/act_1"),
    ],
)
def test_chains_and_inverses_hold(related: Reasoned, subject: str, name: str, value: str) -> None:
    assert (ID + subject, ZT + name, ID + value) in related.relations


def test_facts_that_contradict_nothing_are_consistent() -> None:
    assert check(*with_facts(STATED, "<unit/a> a zt:Unit . <plan/b> a zt:Plan .")).consistent


@pytest.mark.parametrize(
    "facts",
    [
        "<unit/a> a zt:Unit , zt:UnitGroup .",
        "<plan/a> a zt:Action .",
        "<plan/a/act_1> zt:plan <plan/b> . <plan/b> owl:differentFrom <plan/a> .",
        "<target/a> a zt:QuantitativeTarget , zt:QualitativeTarget .",
        "<plan/a/act_1> a zt:Safeguard .",
        "<plan/a> zt:issuer <unit/b> . <unit/b> a zt:UnitGroup .",
        '<plan/a> zt:periodEnd "二〇二五" .',
        '<plan/a> zt:periodEnd "2025-12-31"^^xsd:date .',
        '<target/a> a zt:QuantitativeTarget ; zt:value "九成" .',
    ],
)
def test_a_planted_contradiction_is_found(facts: str) -> None:
    reasoned = check(*with_facts(STATED, facts))
    assert not reasoned.consistent
    assert reasoned.types == ()


def test_a_class_that_can_have_no_member_is_named() -> None:
    impossible = "zt:Impossible a owl:Class ; " + " ; ".join(
        f"<{RDFS.subClassOf}> zt:{name}" for name in ("Unit", "UnitGroup")
    )
    assert check(*with_facts(impossible + " .")).unsatisfiable == (ZT + "Impossible",)


def test_nquads_are_read_as_turtle_is() -> None:
    classes = (ZT + "Unit", ZT + "UnitGroup")
    lines = (f"<{ID}unit/a> <{RDF.type}> <{name}> <{ID}graph/a> .\n" for name in classes)
    nquads = "".join(lines).encode()
    assert not check(*ontology(), nquads).consistent


def test_reasoning_leaves_no_state_and_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = owlready2.JAVA_EXE, tempfile.tempdir
    check(*with_facts("<unit/a> a zt:Unit ."))
    check(*with_facts("<unit/a> a zt:Unit , zt:UnitGroup ."))
    assert (owlready2.JAVA_EXE, tempfile.tempdir) == before
    assert list(tmp_path.iterdir()) == []
    assert list(owlready2.default_world.individuals()) == []
