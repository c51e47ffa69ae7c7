import csv
import re
from collections import defaultdict
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import BASE, ZT

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NATIONAL = BASE + "id/national/"
_SDG = "http://metadata.un.org/sdg"
_FILES = ("national-children", "national-development", "national-health", "sdg")
_SHARED = Path(__file__).parents[3] / "shared" / "vocabularies"
_KINDS = {"NationalDomain", "NationalObjective", "NationalMeasure", "NationalIndicator"}

Node = dict[str, list[ox.NamedNode | ox.Literal]]


@pytest.fixture(scope="module")
def nodes() -> dict[str, Node]:
    found: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for name in _FILES:
        path = files("ontology") / "vocabularies" / f"{name}.ttl"
        for triple in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            assert isinstance(triple.subject, ox.NamedNode)
            assert isinstance(triple.object, (ox.NamedNode, ox.Literal))
            found[triple.subject.value][triple.predicate.value].append(triple.object)
    return found


def _of_type(nodes: dict[str, Node], kind: str) -> dict[str, Node]:
    return {i: n for i, n in nodes.items() if any(t.value == kind for t in n[_TYPE])}


def _values(node: Node, name: str) -> list[str]:
    return [term.value for term in node[name]]


def test_every_entry_has_labels_in_both_languages_a_code_a_scheme_and_a_kind(
    nodes: dict[str, Node],
) -> None:
    entries = _of_type(nodes, _SKOS + "Concept")
    schemes = _of_type(nodes, _SKOS + "ConceptScheme")
    assert len(entries) > 700
    for iri, node in entries.items():
        languages = sorted(
            t.language or "" for t in node[_SKOS + "prefLabel"] if isinstance(t, ox.Literal)
        )
        assert languages == ["en", "zh"], iri
        assert node[_SKOS + "notation"], iri
        assert len(node[_SKOS + "inScheme"]) == 1, iri
        assert _values(node, _SKOS + "inScheme")[0] in schemes, iri
        assert {t.removeprefix(ZT) for t in _values(node, _TYPE)} & _KINDS, iri


def test_every_scheme_has_a_title_in_both_languages(nodes: dict[str, Node]) -> None:
    schemes = _of_type(nodes, _SKOS + "ConceptScheme")
    assert len(schemes) == 27
    for iri, node in schemes.items():
        titles = [t.language for t in node[_DCTERMS + "title"] if isinstance(t, ox.Literal)]
        assert sorted(t or "" for t in titles) == ["en", "zh"], iri


def test_every_national_entry_says_where_it_is_from_and_whether_it_was_checked(
    nodes: dict[str, Node],
) -> None:
    for iri, node in _of_type(nodes, _SKOS + "Concept").items():
        if iri.startswith(_NATIONAL) and "/SDG/" not in iri:
            assert node[ZT + "sourceDocument"], iri
            assert _values(node, ZT + "verified")[0] in {"reported", "unverified"}, iri
            assert len(node[ZT + "documentNumber"]) == len(node[ZT + "numberVerified"]), iri


def test_codes_are_unique_in_their_scheme(nodes: dict[str, Node]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for iri, node in _of_type(nodes, _SKOS + "Concept").items():
        for code in _values(node, _SKOS + "notation"):
            assert seen.setdefault((_values(node, _SKOS + "inScheme")[0], code), iri) == iri


def test_all_links_between_entries_lead_to_entries(nodes: dict[str, Node]) -> None:
    entries = _of_type(nodes, _SKOS + "Concept")
    for iri, node in entries.items():
        for name in ("broader", "exactMatch", "closeMatch"):
            for other in _values(node, _SKOS + name):
                assert other in entries, (iri, name, other)
                assert other != iri
        for later in _values(node, ZT + "followedBy"):
            assert later in _values(node, _SKOS + "exactMatch"), iri
            assert nodes[later][_DCTERMS + "issued"], later


def test_exact_matches_are_symmetric_transitive_and_between_schemes(
    nodes: dict[str, Node],
) -> None:
    entries = _of_type(nodes, _SKOS + "Concept")
    same = {iri: {iri, *_values(node, _SKOS + "exactMatch")} for iri, node in entries.items()}
    classes = {frozenset(s) for s in same.values() if len(s) > 1}
    assert len(classes) >= 35
    for group in classes:
        assert all(same[iri] == group for iri in group)
        schemes = [_values(nodes[iri], _SKOS + "inScheme")[0] for iri in group]
        assert len(set(schemes)) == len(schemes), sorted(group)


def test_entries_declared_the_same_measure_in_units_that_agree(nodes: dict[str, Node]) -> None:
    for iri, node in _of_type(nodes, ZT + "NationalIndicator").items():
        for other in _values(node, _SKOS + "exactMatch"):
            units = {u for i in (iri, other) for u in _values(nodes[i], ZT + "unitText")}
            plain = {u.split("/")[0].split("（")[0] for u in units}
            assert len(plain) <= 1, (iri, other, units)


def test_targets_carry_year_value_and_verification_and_belong_to_one_indicator(
    nodes: dict[str, Node],
) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for iri, node in _of_type(nodes, ZT + "NationalIndicator").items():
        for target in _values(node, ZT + "nationalTarget"):
            owners[target].append(iri)
    targets = _of_type(nodes, ZT + "NationalTarget")
    assert set(owners) == set(targets)
    assert len(targets) > 100
    for iri, node in targets.items():
        assert len(owners[iri]) == 1
        assert iri.startswith(owners[iri][0] + "/target/")
        assert iri.rsplit("/", 1)[-1] == (_values(node, ZT + "year") or ["undated"])[0]
        assert node[ZT + "value"] or node[ZT + "valueAsWritten"], iri
        assert bool(node[ZT + "value"]) == bool(node[ZT + "comparator"]), iri
        assert _values(node, ZT + "verified")[0] in {"reported", "unverified"}
        languages = [t.language for t in node[_RDFS + "label"] if isinstance(t, ox.Literal)]
        assert languages == ["zh", "en"], iri


def test_no_two_indicators_of_a_scheme_differ_in_year_only(nodes: dict[str, Node]) -> None:
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, node in _of_type(nodes, ZT + "NationalIndicator").items():
        label = next(
            t.value
            for t in node[_SKOS + "prefLabel"]
            if isinstance(t, ox.Literal) and t.language == "zh"
        )
        if not iri.startswith(_NATIONAL):
            continue
        by_name[_values(node, _SKOS + "inScheme")[0], label].append(iri)
    assert [found for found in by_name.values() if len(found) > 1] == []
    fitness = nodes[_NATIONAL + "HCA2019/SCH-PHYS"]
    assert _values(fitness, _SKOS + "notation") == ["SCH-PHYS-2022", "SCH-PHYS-2030"]
    years = [_values(nodes[t], ZT + "year")[0] for t in _values(fitness, ZT + "nationalTarget")]
    assert years == ["2022", "2030"]


def test_the_sdgs_are_complete_and_cite_their_source(nodes: dict[str, Node]) -> None:
    entries = {
        iri: node
        for iri, node in _of_type(nodes, _SKOS + "Concept").items()
        if _values(node, _SKOS + "inScheme") == [_SDG]
    }
    codes = [code for node in entries.values() for code in _values(node, _SKOS + "notation")]
    assert sum("." not in code for code in codes) == 17
    assert sum(code.count(".") == 1 for code in codes) == 169
    assert sum(code.count(".") == 2 for code in codes) == 252
    assert "Joshi" in _values(nodes[_SDG], _DCTERMS + "bibliographicCitation")[0]
    assert sum(iri.startswith(_NATIONAL) for iri in entries) == 8


def test_no_text_speaks_of_how_the_facts_were_gathered(nodes: dict[str, Node]) -> None:
    remarks = re.compile(r"memory|check before|README|find_string|garbled|凭记忆", re.IGNORECASE)
    for iri, node in nodes.items():
        if iri.startswith(_NATIONAL):
            for terms in node.values():
                for term in terms:
                    assert not remarks.search(term.value), (iri, term.value)


def _rows() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted(_SHARED.glob("*.csv")):
        if path.stem not in {"sdg", "gbt2260"}:
            with path.open(encoding="utf-8-sig") as file:
                rows += csv.DictReader(file)
    return rows


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.is_dir(), reason="../shared is absent")
def test_no_fact_of_the_source_tables_was_lost_or_changed(nodes: dict[str, Node]) -> None:
    by_code = {
        (_values(node, _SKOS + "inScheme")[0].rsplit("/", 1)[-1], code): node
        for node in _of_type(nodes, _SKOS + "Concept").values()
        for code in _values(node, _SKOS + "notation")
    }
    rows = _rows()
    assert len(rows) > 300
    for row in rows:
        node = by_code[row["scheme"], row["code"]]
        assert row["label_zh"] in _values(node, _SKOS + "prefLabel")
        assert _values(node, ZT + "verified") == [row["verified"]]
        assert _values(node, ZT + "sourceDocument") == [row["source_document"]]
        if re.fullmatch(r"[\d.]+", row["target_value"]) and row["kind"] != "measure":
            year = row["target_year"] or "undated"
            target = next(
                nodes[t] for t in _values(node, ZT + "nationalTarget") if t.endswith("/" + year)
            )
            assert float(_values(target, ZT + "value")[0]) == float(row["target_value"])
            assert _values(target, ZT + "verified") == [row["verified"]]


def test_verification_is_never_better_than_that_of_the_indicator(nodes: dict[str, Node]) -> None:
    for node in _of_type(nodes, ZT + "NationalIndicator").values():
        for target in _values(node, ZT + "nationalTarget"):
            if _values(nodes[target], ZT + "verified") == ["reported"]:
                assert _values(node, ZT + "verified") == ["reported"]


def test_two_classes_of_the_same_never_overlap(nodes: dict[str, Node]) -> None:
    classes = {
        frozenset({iri, *_values(node, _SKOS + "exactMatch")})
        for iri, node in _of_type(nodes, _SKOS + "Concept").items()
        if node[_SKOS + "exactMatch"]
    }
    assert all(not one & other for one, other in combinations(classes, 2))
