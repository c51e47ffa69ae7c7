"""Search as a page, as JSON and as a table."""

import csv
import io
import re
from html import unescape

import pytest

WORDS = {"q": "公园"}


def test_a_hit_leads_to_its_page_and_to_its_sentence_with_the_word_marked(client):
    page = client.get("/search", query_string=WORDS).get_data(as_text=True)
    assert "建设口袋<mark>公园</mark>" in page
    assert 'href="/doc/plan/jixiang/dom_1__act_1"' in unescape(page)
    (address,) = set(re.findall(r'class="said" href="([^"]+)"[^>]*>建成口袋<mark>', page))
    text = client.get(unescape(address)).get_data(as_text=True)
    assert '<mark class="chosen">' in text
    assert "建成口袋公园不少于3个" in re.sub(r"<[^>]+>", "", text)


def test_the_page_the_json_and_the_table_say_the_same(client, span_of):
    answer = client.get("/api/search", query_string={**WORDS, "size": 1000}).get_json()
    table = client.get("/api/search.csv", query_string=WORDS)
    rows = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).removeprefix("\ufeff"))))
    page = client.get("/search", query_string=WORDS).get_data(as_text=True)
    assert answer["total"] == len(answer["hits"]) == len(rows)
    assert page.count('<p class="kind-line">') == min(10, len(rows))
    (target,) = (h for h in answer["hits"] if h["kind"] == "target" and "口袋" in str(h["title"]))
    span = span_of("建成口袋公园不少于3个")
    said = target["sentence"]
    assert (said["document"], said["start"], said["end"]) == ("jixiang", span.start, span.stop)
    assert {"种类", "名称", "原文"} <= rows[0].keys()


def test_filters_are_links_that_choose_and_undo(client):
    page = client.get("/search", query_string=WORDS).get_data(as_text=True)
    (choose,) = re.findall(r'href="(\?[^"]*kind=action)"', page)
    narrowed = client.get(f"/search{unescape(choose)}").get_data(as_text=True)
    (undo,) = re.findall(r'href="([^"]*)" rel="nofollow" aria-current="true"', narrowed)
    assert unescape(undo) == "?q=%E5%85%AC%E5%9B%AD"
    assert narrowed.count('<span class="tag">任务</span>') == narrowed.count(
        '<p class="kind-line">'
    )


def test_a_name_will_do_for_a_value(client):
    whole = client.get("/api/search", query_string=WORDS).get_json()["total"]
    assert client.get("/api/search?q=公园&place=苏州市&year=2025").get_json()["total"] > 0
    assert client.get("/api/search?q=公园&place=火星").get_json()["total"] == 0
    assert client.get("/api/search?q=公园&kind=任务&kind=计划").get_json()["total"] < whole


def test_windows_and_pages_go_on_where_the_last_one_ended(client):
    whole = client.get("/api/search?q=1&size=1000").get_json()
    parts = [client.get(f"/api/search?q=1&size=3&first={n}").get_json() for n in (0, 3)]
    assert [hit for part in parts for hit in part["hits"]] == whole["hits"][:6]
    assert client.get("/search?q=1&page=99").status_code == 404


def test_nothing_found_comes_with_ways_out(client):
    page = client.get("/search?q=公园 没有&lang=zh").get_data(as_text=True)
    assert "没有找到“公园 没有”" in page
    assert 'href="/search?q=%E5%85%AC%E5%9B%AD"' in page
    assert "/ask?q=" in page
    page = client.get("/search?q=公园&place=火星&lang=en").get_data(as_text=True)
    assert "Without filters there are" in page


def test_hostile_words_and_texts_stay_text(client):
    for words in ("<script>alert(1)</script>", '"><img src=x>', "{{7*7}}", "onerror"):
        page = client.get("/search", query_string={"q": words}).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert ">49<" not in page
    assert "<mark>onerror</mark>" in page
    table = client.get("/api/search.csv?q=cmd").get_data(as_text=True)
    assert "'=cmd" in table


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=" + "a" * 501, 413),
        ("q=a&size=1001", 400),
        ("q=a&first=-1", 400),
        ("q=a&size=x", 400),
        ("q=a&size=²", 400),
        ("q=", 200),
        ("", 200),
        ("q=%ff%00", 200),
    ],
)
def test_what_makes_no_sense_is_refused(client, query, status):
    assert client.get(f"/api/search?{query}").status_code == status


def test_every_page_has_the_search_box_that_a_key_leads_to(client):
    page = client.get("/plans").get_data(as_text=True)
    assert 'class="find" action="/search" role="search"' in page
    assert 'aria-keyshortcuts="/"' in page
