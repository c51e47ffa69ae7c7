"""The SKOS schemes of places, roles, comparators, statuses, measures, functions and topics."""

import csv
import json
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SKOS

from ontology import BASE, ZT, Concept, concepts, vocabulary_files

SCHEMES = {
    "place": "Place",
    "role": "Role",
    "comparator": "Comparator",
    "status": "Status",
    "kind": "DocumentKind",
    "attribute": "TargetAttribute",
    "comparison": "ComparisonNote",
    "measure": "MeasurementUnit",
    "function": "Function",
    "body": "FormerBody",
    "reform": "Reform",
    "leadership": "Leadership",
    "topic": "Topic",
    "beneficiary": "Beneficiary",
}
RDF_TYPE = str(RDF.type)
SHARED = Path(__file__).parents[3] / "shared"


def codes(name: str) -> dict[str, Concept]:
    return {c.iri.rpartition("/")[2]: c for c in concepts(name)}


def ancestors(found: dict[str, Concept], concept: Concept) -> set[str]:
    """All broader codes; a cycle would never end, so each code is entered once."""
    reached: set[str] = set()
    waiting = [b.rpartition("/")[2] for b in concept.broader]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += [b.rpartition("/")[2] for b in found[code].broader]
    return reached


@pytest.fixture(params=sorted(SCHEMES))
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_scheme_is_a_file_of_the_package() -> None:
    assert {f"{name}.ttl" for name in SCHEMES} <= {f.name for f in vocabulary_files()}


def test_a_scheme_has_a_title_in_both_languages(scheme: str) -> None:
    path = next(f for f in vocabulary_files() if f.name == f"{scheme}.ttl")
    head = path.read_text(encoding="utf-8").split("skos:prefLabel")[0].rpartition("\n\n")[0]
    graph = rdflib.Graph().parse(data=head, format="turtle")
    node = rdflib.URIRef(f"{BASE}id/{scheme}")
    assert (node, RDF.type, SKOS.ConceptScheme) in graph
    titles = {
        t.language for t in graph.objects(node, DCTERMS.title) if isinstance(t, rdflib.Literal)
    }
    assert titles == {"zh", "en"}


def test_every_entry_has_labels_a_notation_its_class_and_its_scheme(scheme: str) -> None:
    kind = {str(SKOS.Concept), ZT + SCHEMES[scheme]}
    for concept in concepts(scheme):
        assert concept.iri.startswith(f"{BASE}id/{scheme}/")
        assert concept.label_zh, concept.iri
        assert concept.label_en, concept.iri
        assert concept.notation, concept.iri
        assert set(concept.values[RDF_TYPE]) == kind, concept.iri
        assert concept.values[str(SKOS.inScheme)] == (f"{BASE}id/{scheme}",), concept.iri


def test_an_entry_is_either_on_top_or_below_another_of_its_scheme(scheme: str) -> None:
    found = codes(scheme)
    for code, concept in found.items():
        assert (str(SKOS.topConceptOf) in concept.values) == (not concept.broader), code
        assert code not in ancestors(found, concept), f"{code} is broader than itself"


def test_the_labels_of_an_entry_do_not_repeat(scheme: str) -> None:
    for concept in concepts(scheme):
        assert len(set(concept.labels)) == len(concept.labels), concept.iri


def test_entries_stand_in_the_order_of_their_codes(scheme: str) -> None:
    path = next(f for f in vocabulary_files() if f.name == f"{scheme}.ttl")
    lines = path.read_text(encoding="utf-8").splitlines()
    order = [line.split()[0] for line in lines if " a skos:Concept " in line]
    assert order == sorted(order)
    assert len(order) == len(concepts(scheme))


def test_notations_are_unique_in_a_scheme(scheme: str) -> None:
    notations = [c.notation for c in concepts(scheme)]
    assert len(set(notations)) == len(notations)


# Places


def test_every_place_belongs_to_a_province() -> None:
    found = codes("place")
    levels = {code: c.values[ZT + "level"][0] for code, c in found.items()}
    assert set(levels.values()) == {"province", "prefecture", "county"}
    for code, concept in found.items():
        provinces = {a for a in ancestors(found, concept) if levels[a] == "province"}
        expected = set() if levels[code] == "province" else {f"{code[:2]}0000"}
        assert provinces == expected, code


@pytest.mark.parametrize(
    ("code", "label", "full_name", "broader"),
    [
        ("110101", "东城区", "北京市东城区", "110000"),
        ("320506", "吴中区", "江苏省苏州市吴中区", "320500"),
        ("370306", "周村区", "山东省淄博市周村区", "370300"),
        ("419001", "济源市", "河南省济源市", "410000"),
        ("500230", "丰都县", "重庆市丰都县", "500000"),
        ("640324", "同心县", "宁夏回族自治区吴忠市同心县", "640300"),
    ],
)
def test_a_place_has_its_full_name_and_what_it_belongs_to(
    code: str, label: str, full_name: str, broader: str
) -> None:
    found = codes("place")[code]
    assert (found.label_zh, found.notation) == (label, code)
    assert found.values[str(SKOS.altLabel)] == (full_name,)
    assert found.broader == (f"{BASE}id/place/{broader}",)


@pytest.mark.parametrize("code", ["110100", "310100", "419000", "500200", "659000"])
def test_a_placeholder_of_the_code_table_is_no_place(code: str) -> None:
    assert code not in codes("place")


# Roles, comparators, statuses, measures, topics


def test_every_other_role_in_a_duty_is_narrower_than_responsible() -> None:
    found = codes("role")
    assert found.pop("office").broader == ()
    assert set(found) == {"lead", "participating", "responsible", "implementing", "guiding"}
    responsible = found.pop("responsible")
    assert all(c.broader == (responsible.iri,) for c in found.values())


def test_a_comparator_carries_its_sign() -> None:
    assert {code: c.notation for code, c in codes("comparator").items()} == {
        "at-least": ">=",
        "more-than": ">",
        "at-most": "<=",
        "less-than": "<",
        "equal": "=",
        "range": "range",
    }


def test_the_statuses_are_issued_draft_and_unknown() -> None:
    assert set(codes("status")) == {"issued", "draft", "unknown"}


def test_percentage_points_are_not_percent() -> None:
    found = codes("measure")
    match = str(SKOS.exactMatch)
    assert found["percent"].values[match] == ("http://qudt.org/vocab/unit/PERCENT",)
    assert match not in found["percentage-point"].values


def test_a_unit_of_measurement_is_spelt_in_one_entry_only() -> None:
    spelt = [label for c in concepts("measure") for label in c.labels]
    assert len(set(spelt)) == len(spelt)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("公园", "park"),
        ("医院", "hospital"),
        ("学校", "school"),
        ("普惠托育", "childcare"),
        ("网络环境", "online-environment"),
        ("母婴室", "mother-baby"),
        ("母乳哺育室", "mother-baby"),
        ("残疾儿童", "child-disability"),
        ("困境儿童", "children-in-difficulty"),
        ("龋患", "oral-health"),
    ],
)
def test_a_word_of_plans_leads_to_its_topic(word: str, code: str) -> None:
    assert word in codes("topic")[code].labels


def test_groups_of_people_are_under_one_topic() -> None:
    found = codes("topic")
    people = {code for code, c in found.items() if "beneficiary" in ancestors(found, c)}
    assert {"children", "infants", "women", "disability", "youth"} <= people


# Against the facts that the schemes are written from


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_every_division_of_the_code_table_is_there_under_its_name() -> None:
    with (SHARED / "vocabularies" / "gbt2260.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    holders = {r["code"] for r in rows if r["name_zh"] in {"市辖区", "县"}}
    holders |= {r["code"] for r in rows if r["name_zh"].endswith("行政区划")}
    expected = {r["code"]: (r["name_zh"], r["level"]) for r in rows if r["code"] not in holders}
    found = {c.notation: (c.label_zh, c.values[ZT + "level"][0]) for c in concepts("place")}
    assert found == expected


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_the_given_functions_of_government_are_all_there() -> None:
    with (SHARED / "gold" / "functions.csv").open(encoding="utf-8") as lines:
        expected = {r["function"]: r["label_zh"] for r in csv.DictReader(lines)}
    found = {code: c.label_zh for code, c in codes("function").items()}
    assert expected.items() <= found.items()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
def test_every_unit_of_measurement_of_the_plans_has_an_entry() -> None:
    known = {label for c in concepts("measure") for label in c.labels}
    for path in sorted((SHARED / "gold").glob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(plan, dict):
            found = [i["unit"] for a in plan["actions"] for i in a["indicators"]]
            assert {unit for unit in found if unit} <= known, path.name
