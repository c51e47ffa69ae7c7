"""Names as people write them, matched with the graph of the sample corpus."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.matching import Matcher, Wanted
from queries.matching.spellings import Spellings, code_key, key, likeness
from queries.stores import open_store


@pytest.fixture(scope="module")
def matcher(built):
    return Matcher(open_store(f"path:{built}"))


@pytest.mark.cases("matching", "name", at_least=30)
def test_a_name_stands_for(matcher, case):
    candidates = matcher.match(
        Wanted(
            case.get("text", ""),
            types=tuple(case.get("types", ())),
            strict=case.get("strict", "any"),
            properties=tuple((p, (v,)) for p, v in case.get("properties", {}).items()),
        )
    )
    if case.get("none"):
        assert candidates == ()
        return
    if "first" in case:
        assert candidates[0].entity.iri.endswith(case["first"])
    if "unit" in case:
        best = candidates[0].entity
        assert [best.first("place_code"), best.label_zh] == case["unit"]
    if "match" in case:
        assert [c.match for c in candidates if c.match] == [True] * case["match"]
        assert not case["match"] or candidates[0].match
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


def test_every_first_name_of_a_thing_finds_it(matcher):
    entities = [e for e in matcher.names.entities.values() if e.label_zh]
    for entity in random.Random(4).sample(entities, 300):
        found = matcher.match(Wanted(entity.label_zh, types=entity.kinds, limit=200))
        (own,) = (c for c in found if c.entity.iri == entity.iri)
        assert own.score == 100
        namesakes = [c for c in found if c.entity.label_zh == entity.label_zh]
        assert not own.match or len(namesakes) == 1


def test_a_letter_wrong_finds_the_name_and_is_no_match(matcher):
    """Almost all of them: some names with a letter wrong are another's."""
    draw = random.Random(4)
    long = [e for e in matcher.names.entities.values() if len(e.label_zh) > 3]
    entities = draw.sample(long, 200)
    first = wrong = 0
    for entity in entities:
        at = draw.randrange(len(entity.label_zh))
        spelt = entity.label_zh[:at] + draw.choice(["", "的", "和"]) + entity.label_zh[at + 1 :]
        found = matcher.match(Wanted(spelt, types=entity.kinds))
        first += bool(found) and found[0].entity.label_zh == entity.label_zh
        wrong += any(c.match and c.entity.label_zh != entity.label_zh for c in found)
    assert first >= 0.95 * len(entities)
    assert wrong <= 0.01 * len(entities)


def test_names_are_found_by_what_they_begin_with_before_what_they_have(matcher):
    found = matcher.names.having("儿童")
    whole, *others = [it.name for it in found]
    assert whole == "儿童"
    begins = [name.startswith("儿童") for name in others if "儿童" in name]
    assert begins == sorted(begins, reverse=True)
    assert all("儿童" in name for name in others)


def test_a_property_is_known_by_iri_name_code_and_text(matcher):
    names, place = matcher.names, "https://zhengtu.example/id/place/320506"
    units = names.valued("place", place)
    assert len(units) > 10
    for written in ("吴中区", "320506", "江苏省苏州市吴中区", "Wuzhong District"):
        assert names.valued("place", written) == units
    assert names.valued("level", "county") >= {place}
    assert names.valued("place", "没有的地方") == frozenset()


@given(st.text(max_size=30))
def test_any_text_can_be_compared(text):
    assert key(key(text)) == key(text)
    assert code_key(text) == code_key(f" {text}\n")
    assert Spellings(["公园", "口袋公园"]).near(key(text)) is not None


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_whole_only_for_the_same(one, other):
    assert (likeness(one, other) == 1) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教育和体育局（区）", "教育和体育局(区)"),
        ("体育 / 活动时间", "体育／活动时间"),
        ("０～３岁", "0~3岁"),
        ("“双减”", "双减"),
        ("Health Commission", "health commission"),
    ],
)
def test_width_space_brackets_and_case_do_not_matter(one, other):
    assert key(one) == key(other)
