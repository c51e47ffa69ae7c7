"""The vocabularies: their list, trees, entries, search and downloads."""

import csv
import io
import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from ontology import BASE
from web.translations import texts

PLACES, TOPICS = f"{BASE}id/place", f"{BASE}id/topic"


@pytest.fixture
def page(client):
    def read(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.get_data(as_text=True)

    return read


def refs(branches):
    """All entries that a tree shows."""
    for branch in branches:
        yield branch["ref"]["iri"]
        yield from refs(branch["below"])


def test_every_vocabulary_is_listed_and_has_a_page_with_its_tree(client, page):
    listed = client.get("/vocabularies.json").get_json()["answer"]["rows"]
    shown = page("/vocabularies")
    assert len(listed) > 35
    for scheme, entries, *_ in listed:
        assert scheme["label"]["zh"] in shown
        tree = client.get("/thing.json", query_string={"iri": scheme["iri"]}).get_json()
        assert str(tree["entries"]) == entries
        assert tree["tree"]
        if tree["is_whole"]:
            assert len(set(refs(tree["tree"]))) == int(entries)


def test_a_large_vocabulary_is_opened_level_by_level(client, page):
    closed = client.get("/doc/place.json").get_json()
    assert not closed["is_whole"]
    assert len(list(refs(closed["tree"]))) == 31
    suzhou = f"{PLACES}/320500"
    opened = client.get("/doc/place.json", query_string={"at": suzhou}).get_json()
    assert {f"{PLACES}/320506", suzhou, f"{PLACES}/110000"} < set(refs(opened["tree"]))
    assert len(list(refs(opened["tree"]))) < 100
    assert opened["at"]["iri"] == suzhou
    shown = page(f"/doc/place?at={suzhou}")
    links = re.findall(r'<a class="open" data-part="tree" href="([^"]+)"', shown)
    assert len(links) > 40
    assert "虎丘区" in shown
    assert "玄武区" not in shown
    nanjing = next(link for link in links if "320100" in link).replace("&amp;", "&")
    assert "玄武区" in page(nanjing)


def test_what_is_not_there_opens_nothing(client):
    for at in ("nothing", "https://zhengtu.example/id/topic/park"):
        answer = client.get("/doc/place.json", query_string={"at": at})
        assert answer.status_code in {200, 400}
        assert answer.status_code == 400 or len(list(refs(answer.get_json()["tree"]))) < 60


def test_branches_count_their_uses_and_those_below(client):
    tree = client.get("/doc/place.json").get_json()["tree"]
    uses = {branch["ref"]["iri"]: branch["uses"] for branch in tree}
    assert uses[f"{PLACES}/320000"] > 0
    assert uses[f"{PLACES}/110000"] == 0


def test_an_entry_says_what_it_is_where_it_stands_and_who_uses_it(client, page):
    answer = client.get("/doc/topic/park.json").get_json()
    names = {it["language"]: it for it in answer["concept"]["labels"]}
    assert (names["zh"]["preferred"], names["en"]["preferred"]) == (["公园"], ["parks"])
    assert "口袋公园" in names["zh"]["other"]
    assert [[ref["label"]["zh"] for ref in way] for way in answer["concept"]["ways"]] == [
        ["公共空间"]
    ]
    (usage,) = answer["usage"]
    assert (usage["things"], usage["plans"]) == (1, 1)
    assert [(place["label"]["zh"], count) for place, count in usage["places"]] == [("吴中区", 1)]
    shown = page("/doc/topic/park")
    for said in (
        "公园",
        "parks",
        "口袋公园",
        "pocket park",
        "公共空间",
        "任务主题",
        "建设口袋公园",
    ):
        assert said in shown
    assert "没有计划用到" not in shown


def test_who_uses_a_narrower_entry_uses_the_broader_one(client):
    answer = client.get("/doc/topic/public-space.json").get_json()
    assert "建设口袋公园" in [use["thing"]["label"]["zh"] for use in answer["uses"]]


@pytest.mark.parametrize(
    ("path", "used_by"),
    [
        ("/doc/role/lead", "建设口袋公园"),
        ("/doc/comparator/at-least", "建设口袋公园"),
        ("/doc/status/issued", "行动计划（2024—2026年）"),
        ("/doc/kind/regulation", "公园管理办法"),
    ],
)
def test_every_kind_of_entry_names_its_users(client, page, path, used_by):
    assert any(
        used_by in use["thing"]["label"]["zh"]
        for use in client.get(f"{path}.json").get_json()["uses"]
    )
    assert used_by in page(path)


def test_an_entry_that_nobody_uses_says_so(page):
    assert texts("zh")["vocabulary.nobody"] in page("/doc/function/archives")
    assert texts("en")["vocabulary.nobody"] in page("/doc/function/archives?lang=en")


def test_mappings_are_told_from_both_sides(client):
    one = client.get("/doc/national/ETGYJC/JC-H04.json").get_json()["concept"]["matches"]
    (found,) = [m for m in one if m["other"]["iri"].endswith("/ETGY2021/H03.2")]
    assert found["strength"]["iri"].endswith("exactMatch")
    assert found["verified"] in {"reported", "unverified"}
    other = client.get("/doc/national/ETGY2021/H03.2.json").get_json()["concept"]["matches"]
    assert [m for m in other if m["other"]["iri"].endswith("/ETGYJC/JC-H04")]


@pytest.mark.parametrize(
    ("sought", "scheme", "first", "by"),
    [
        ("公园", "", "公园", ""),
        ("口袋公园", "", "公园", "口袋公园"),
        ("交警", "", "公安", "交警"),
        ("POCKET PARK", TOPICS, "公园", "pocket park"),
        ("320506", "", "吴中区", ""),
        ("吴 中", PLACES, "吴中区", "吴中"),
        ("3.2.1", "", "5岁以下儿童死亡率", ""),
    ],
)
def test_an_entry_is_found_by_any_of_its_names(client, page, sought, scheme, first, by):
    at = f"?q={quote(sought)}&scheme={quote(scheme)}"
    answer = client.get(f"/vocabularies.json{at}").get_json()
    assert answer["found"][0]["ref"]["label"]["zh"] == first
    assert answer["found"][0]["name"] == by
    assert not scheme or {it["scheme"]["iri"] for it in answer["found"]} == {scheme}
    assert first in page(f"/vocabularies{at}")


def test_what_is_not_found_or_too_long_is_said(client, page):
    assert texts("zh")["list.empty"] in page("/vocabularies?q=" + quote("量子纠缠"))
    assert client.get("/vocabularies?q=" + "a" * 201).status_code == 413
    assert "<img" not in page("/vocabularies?q=" + quote("<img src=x>"))


def test_the_list_from_a_to_z_is_in_order_of_sound_and_paged(client, page):
    at = f"/vocabularies/alphabet?scheme={quote(TOPICS)}"
    listed = re.findall(r'<li><a href="[^"]+">(.*?)</a></li>', page(at))
    assert len(listed) > 100
    first = [next(n for n, it in enumerate(listed) if it.startswith(c)) for c in "法公教医"]
    assert first == sorted(first)
    english = re.findall(r'<li><a href="[^"]+">(.*?)</a></li>', page(at + "&lang=en"))
    assert english == sorted(english, key=str.casefold)
    long = f"/vocabularies/alphabet?scheme={quote(PLACES)}"
    assert "page=2" in page(long)
    assert client.get(long + "&page=99").status_code == 404
    assert client.get("/vocabularies/alphabet?scheme=nothing").status_code == 404


def test_a_vocabulary_is_downloaded_whole(client):
    turtle = client.get("/doc/topic.ttl")
    held = {q.subject.value for q in ox.parse(turtle.data, format=ox.RdfFormat.TURTLE)}
    entries = [iri for iri in held if iri.startswith(f"{TOPICS}/")]
    sheet = client.get("/query/browse/entries.csv", query_string={"scheme": TOPICS})
    rows = list(csv.reader(io.StringIO(sheet.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) - 1 == len(entries) > 100
    assert {row[-1] for row in rows[1:]} == set(entries)


def test_a_place_stands_in_its_vocabulary(page):
    shown = page("/doc/place/320506")
    for said in ("行政区划", "江苏省", "苏州市", "Wuzhong District", "江苏省苏州市吴中区"):
        assert said in shown
