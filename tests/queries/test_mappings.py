"""The mapping set by the facts of SSSOM: header, slots, controlled values, identifiers."""

import csv
import re
from datetime import date

import pytest

from ontology import BASE
from queries.mappings import mapping_set
from queries.stores import open_store

#: https://mapping-commons.github.io/sssom/Mapping/ and its own extensions
_SLOTS = {
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id"),
    *("object_label", "mapping_justification", "reviewer_label", "mapping_date", "confidence"),
    *("match_string", "comment", "object_verified", "subject_quote"),
}
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_PREDICATES = {f"skos:{name}Match" for name in ("exact", "close", "narrow", "broad", "related")}


@pytest.fixture(scope="module")
def written(built) -> str:
    return mapping_set(open_store(f"path:{built}"))


@pytest.fixture(scope="module")
def header(written) -> list[str]:
    return [line.removeprefix("#") for line in written.splitlines() if line.startswith("#")]


@pytest.fixture(scope="module")
def rows(written) -> list[dict[str, str]]:
    lines = [line for line in written.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, dialect="excel-tab"))


def test_the_header_comes_first_and_names_what_the_standard_asks_for(written, header):
    lines = written.splitlines()
    assert all(line.startswith("#") for line in lines[: len(header)])
    keys = {line.partition(":")[0] for line in header if not line.startswith(" ")}
    assert {"curie_map", "mapping_set_id", "license"} <= keys


def test_columns_are_slots_and_extensions_are_declared(rows, header):
    assert set(rows[0]) == _SLOTS
    declared = {line.rpartition(" ")[2] for line in header if "slot_name" in line}
    assert declared == {"object_verified", "subject_quote"}


def test_every_mapping_has_what_is_required_in_controlled_values(rows):
    assert len(rows) > 100
    for row in rows:
        assert all(row[name] for name in _REQUIRED)
        assert row["predicate_id"] in _PREDICATES
        assert row["predicate_modifier"] in {"", "Not"}
        assert re.fullmatch(r"semapv:[A-Za-z]+", row["mapping_justification"])
        assert 0 < float(row["confidence"]) <= 1
        assert row["comment"]
        assert not row["mapping_date"] or date.fromisoformat(row["mapping_date"])


def test_every_identifier_has_a_declared_prefix(rows, header):
    prefixes = dict(re.findall(r'^  (\w+): "(\S+)"$', "\n".join(header), re.MULTILINE))
    used = {row[name].partition(":")[0] for row in rows for name in _REQUIRED}
    assert used <= prefixes.keys()
    assert prefixes["zhengtu"] == f"{BASE}id/"
    assert all(
        re.fullmatch(r"\w+:[!-~]+", row[name], re.ASCII) for row in rows for name in _REQUIRED
    )


def test_a_triple_is_mapped_once(rows):
    keys = [(row["subject_id"], row["object_id"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_each_entry_of_a_national_document_says_how_far_it_was_verified(rows):
    own = ("zhengtu:national/", "zhengtu:national/SDG/")
    national = [r for r in rows if r["object_id"].startswith(own[0]) and own[1] not in str(r)]
    assert {row["object_verified"] for row in national} <= {"reported", "unverified"}
    assert national
