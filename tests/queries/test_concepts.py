"""Entries of vocabularies over the sample corpus: who uses them, and where."""

import pytest

from ontology import BASE
from queries.answers import about
from queries.stores import open_store


@pytest.fixture(scope="module")
def store(built):
    return open_store(f"path:{built}")


def test_a_unit_is_counted_in_its_own_place_only(store):
    entry = about(store, f"{BASE}id/function/education")
    (usage,) = entry.usage
    assert usage.things == sum(count for _, count in usage.places) >= 5
    for use in entry.uses:
        unit = about(store, use.thing.iri)
        assert use.place == unit.place


@pytest.mark.parametrize("entry", ["topic/park", "role/lead", "measure/percent", "status/issued"])
def test_what_uses_an_entry_is_counted_once(store, entry):
    found = about(store, f"{BASE}id/{entry}")
    for usage in found.usage:
        listed = [use for use in found.uses if use.property == usage.property]
        assert len({use.thing.iri for use in listed}) == len(listed) == min(usage.things, 60)
        assert usage.things == sum(count for _, count in usage.places)


def test_what_only_looked_alike_does_not_use_a_national_entry(store):
    goal = about(store, "http://metadata.un.org/sdg/3")
    (usage,) = [it for it in goal.usage if it.property.label.en == "indicator link"]
    assert 0 < usage.things < 30


def test_a_function_tells_the_reforms_it_went_through_by_year(store):
    history = about(store, f"{BASE}id/function/health").concept.history
    years = [event.year for event in history]
    assert {"2013", "2018"} <= set(years)
    assert years == sorted(years)
    assert all(event.verified in {"reported", "unverified"} for event in history)
