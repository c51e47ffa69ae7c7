"""Pages: what they show, how they lead to sentences, and what they refuse."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest

from ontology import BASE
from queries.catalog import names
from web.translations import texts

PAGES = [
    "/",
    "/plans",
    "/documents",
    "/units",
    "/indicators",
    "/topics",
    "/places",
    "/functions",
    "/domains",
    "/national",
    "/about",
    "/query",
    "/ask",
    "/ask?q=哪些部门牵头公园项目？",
    "/ask?q=今天天气怎么样",
    "/search?q=公园",
    "/doc/plan/jixiang",
    "/doc/plan/jixiang/text",
    "/doc/plan/jixiang/dom_1",
    "/doc/plan/jixiang/dom_1__act_1",
    "/doc/plan/jixiang/dom_1__act_2",
    "/doc/plan/jixiang/safe_1",
    "/doc/plan/jixiang/group/协调专班",
    "/doc/unit/320506/区住建局",
    "/doc/unit/320506/各镇（街道）",
    "/doc/indicator/jixiang/口袋公园数",
    "/doc/indicator/jixiang/体育%252F活动时间（天）",
    "/doc/place/320506",
    "/doc/place/320000",
    "/doc/topic/park",
    "/doc/role/lead",
    "/doc/comparator/at-least",
    "/doc/national/TEST/1",
    "/doc/plan/evil",
    "/doc/plan/evil/text",
    "/doc/plan/evil/act_1",
    "/doc/plan/banfa",
    "/doc/plan/banfa/text",
    "/doc/plan/两个%2520方案",
    "/doc/plan/两个%2520方案/plan_2",
    "/doc/plan/两个%2520方案/plan_2/act_1",
    "/doc/plan/两个%2520方案/text",
    "/doc/kind/regulation",
    "/ontology/Action",
    "/queries",
    "/competency",
    "/openapi",
    "/query/competency/units?role=牵头",
    "/query/pages/targets",
    f"/query/pages/targets?of={BASE}id/plan/jixiang",
    "/thing?iri=http://metadata.un.org/sdg/11",
]


class Reader(HTMLParser):
    """What a test asks of a page: its elements with their attributes, and its words."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def links(self):
        return [a["href"] for tag, a in self.elements if tag == "a" and "href" in a]

    @property
    def text(self):
        return "".join(self.words)


def page(client, path, **kwargs):
    response = client.get(path, **kwargs)
    assert response.status_code == 200, (path, response.status_code)
    return Reader(response.get_data(as_text=True))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_rendered_in_both_languages(client, path, language):
    client.set_cookie("lang", language)
    shown = page(client, path)
    html = next(attributes for tag, attributes in shown.elements if tag == "html")
    assert html["lang"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert texts(language)["site.skip"] in shown.text
    assert shown.elements[-1][0] != "html"


@pytest.mark.parametrize("path", PAGES)
def test_headings_begin_at_one_and_ids_are_unique(client, path):
    shown = page(client, path)
    headings = [tag for tag, _ in shown.elements if re.fullmatch(r"h[1-6]", tag)]
    assert headings.count("h1") == 1
    assert headings[0] == "h1"
    ids = [a["id"] for _, a in shown.elements if "id" in a]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_or_loads_but_files_of_the_site(client, path):
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    for tag, attributes in Reader(response.get_data(as_text=True)).elements:
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert tag not in {"iframe", "object", "embed", "base", "style"}
        if tag in {"script", "img", "link"}:
            assert (attributes.get("src") or attributes.get("href", "")).startswith("/static/")


def test_all_links_of_all_pages_lead_somewhere(client):
    local = {
        link.partition("#")[0]
        for path in PAGES
        for link in page(client, path).links
        if link.startswith(("/", "?")) and not link.startswith("?lang=")
    }
    asked = sorted(link for link in local if link.startswith("/"))
    assert len(asked) > 100
    broken = [link for link in asked if client.get(link).status_code not in {200, 302, 303}]
    assert broken == []


def test_links_lead_nowhere_but_to_this_site_and_to_the_web(client):
    links = [link for path in PAGES for link in page(client, path).links]
    assert {urlsplit(link).scheme for link in links} <= {"", "http", "https"}
    assert not [link for link in links if link.startswith(("//", "/\\"))]


def test_the_first_page_says_what_is_in_the_graph(client):
    shown = page(client, "/")
    assert "𠮷祥区儿童友好城市建设行动计划（2024—2026年）" in shown.text
    assert "吉政办〔2024〕7号" in shown.text
    assert "2024—2026" in shown.text
    assert "已印发" in shown.text
    assert "/doc/plan/jixiang" in shown.links
    assert "/doc/topic/park" in shown.links


def test_a_plan_page_shows_what_the_plan_says(client):
    shown = page(client, "/doc/plan/jixiang")
    for words in [
        "吉政办〔2024〕7号",
        "2024-03-01",
        "空间友好",
        "建设口袋公园",
        "加强组织领导",
        "协调专班",
        "儿童发展规划",
    ]:
        assert words in shown.text
    assert "任务未标明牵头单位" in shown.text
    assert quote("区住建局") in " ".join(shown.links)
    assert "不低于" in shown.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/doc/plan/jixiang/dom_1__act_1", "牵头单位：区住建局"),
        ("/doc/plan/jixiang/dom_1__act_1", "建成口袋公园不少于3个"),
        ("/doc/unit/320506/区教育局", "参与单位：区教育局"),
        ("/doc/indicator/jixiang/口袋公园数", "建成口袋公园不少于3个"),
        ("/doc/topic/park", "建设口袋公园"),
    ],
)
def test_a_page_shows_its_sentences_and_links_them_to_the_text(client, path, words):
    shown = page(client, path)
    assert words in shown.text
    assert any("/doc/plan/jixiang/text?start=" in link and "#e-" in link for link in shown.links)


def test_an_answer_shows_its_reading_its_query_and_a_sentence_per_row(client):
    shown = page(client, "/ask?q=哪些部门牵头公园项目？")
    assert "区住建局" in shown.text
    assert "牵头单位：区住建局" in shown.text
    assert "SELECT" in shown.text
    assert any("/doc/plan/jixiang/text?start=" in link for link in shown.links)


def test_a_question_that_is_not_understood_is_said_to_be_so_with_suggestions(client):
    shown = page(client, "/ask?q=今天天气怎么样")
    assert texts("zh")["ask.not_understood"] in shown.text
    assert any(link.startswith("/ask?q=") for link in shown.links)


def test_the_standing_rule_is_explained_where_a_duty_comes_from_it(client):
    shown = page(client, "/doc/plan/jixiang/dom_1__act_2")
    assert "依通用规则" in shown.text
    assert "/doc/plan/jixiang/dom_1__act_1" in shown.links
    assert "以上各项均需各镇（街道）落实，不再列出" in shown.text
    assert "原文在前言或注中统一说明" in shown.text
    assert "原文在前言或注中统一说明" in str(page(client, "/doc/unit/320506/区妇联").elements)


def test_a_duty_says_which_words_it_is_for(client):
    shown = page(client, "/doc/plan/jixiang/dom_1__act_2")
    assert "所针对的文字：开放学校操场" in shown.text.replace("\n", "")


def test_what_was_read_with_less_certainty_is_marked(client):
    title = texts("zh")["quote.unsure_title"].replace("{confidence}", "0.6")
    mark = ("span", {"class": "unsure", "title": title})
    assert mark in page(client, "/doc/plan/jixiang/dom_1__act_2").elements
    sure = page(client, "/doc/plan/jixiang/dom_1__act_1").elements
    assert not [found for _, found in sure if found.get("class") == "unsure"]


def test_an_action_shows_its_deadline_in_words_and_where_it_stands(client):
    shown = page(client, "/doc/plan/jixiang/dom_1__act_1")
    assert "任务期限" in shown.text
    assert "2025年12月（原文：2025年12月底前）" in " ".join(shown.text.split()).replace(" （", "（")
    assert "12/2025" in page(client, "/doc/plan/jixiang/dom_1__act_1?lang=en").text
    assert "2025年12月" in page(client, "/doc/plan/jixiang?lang=zh").text
    kinds = client.get("/doc/plan/jixiang/text.json").get_json()["kinds"]
    assert ["deadline", 1] in kinds


def test_a_target_shows_what_it_starts_from_and_how_it_is_meant(client):
    shown = page(client, "/doc/plan/jixiang/dom_1__act_1").text
    for words in ["基期（2020年） 36.5%", "力争", "约束性", "累计"]:
        assert words in shown
    assert "较2020年下降" in page(client, "/doc/plan/jixiang/dom_1__act_2").text
    shown = page(client, "/doc/indicator/jixiang/绿地率?lang=en").text
    for words in ["baseline (2020) 36.5%", "binding", "cumulative"]:
        assert words in shown


@pytest.mark.parametrize("path", ["/doc/plan/jixiang", "/doc/plan/jixiang/dom_1__act_1"])
def test_what_was_not_understood_is_listed_apart_from_the_targets(client, path):
    shown = page(client, path)
    assert "未读懂的目标" in shown.text
    assert "约四五成" in shown.text
    answer = client.get(path + ".json").get_json()
    assert [it["written"] for it in answer["unparsed"]] == ["约四五成"]
    assert "约四五成" not in [it["written"] for it in answer["targets"]]
    turtle = client.get("/doc/plan/jixiang/dom_1__act_1.ttl").get_data(as_text=True)
    assert "约四五成" in turtle


def test_evidence_says_where_in_its_file_it_stands(client):
    assert "第3页 表1 第2行 第4列" in page(client, "/doc/plan/jixiang/dom_1__act_1").text
    english = page(client, "/doc/plan/jixiang/dom_1__act_1?lang=en").text
    assert "page 3, table 1, row 2, column 4" in english


def test_a_regulation_is_no_plan_but_has_its_page(client):
    listed = page(client, "/plans")
    assert "1 / 4" in page(client, "/plans?q=行动计划").text
    assert "其他文件" in listed.text
    assert "/doc/plan/banfa" in listed.links
    assert "banfa" not in client.get("/plans.json").get_data(as_text=True)
    assert "banfa" in client.get("/documents.json").get_data(as_text=True)
    shown = page(client, "/doc/plan/banfa").text
    for words in ["法规规章", "这份文件不是计划", "城市绿化条例", "不是计划"]:
        assert words in shown
    place = client.get("/doc/place/320506.json").get_json()
    assert [plan["iri"] for plan in place["plans"]] == [BASE + "id/plan/jixiang"]


def test_parts_lead_to_the_ones_before_and_after(client):
    before = page(client, "/doc/plan/jixiang/dom_1__act_2").elements
    assert ("a", {"rel": "prev", "href": "/doc/plan/jixiang/dom_1__act_1"}) in before
    after = page(client, "/doc/plan/jixiang/dom_1__act_1").elements
    assert ("a", {"rel": "next", "href": "/doc/plan/jixiang/dom_1__act_2"}) in after


def test_what_was_not_verified_never_looks_checked(client):
    for path in ["/doc/national/TEST/1", "/doc/indicator/jixiang/体育%252F活动时间（天）"]:
        shown = page(client, path)
        assert "未核实" in shown.text
        classes = " ".join(a.get("class", "") for _, a in shown.elements)
        assert "status-unverified" in classes
        assert "status-reported" not in classes


def test_the_cited_words_are_marked_in_the_text_by_code_points(client, span_of):
    span = span_of("建成口袋公园不少于3个")
    html = client.get(f"/doc/plan/jixiang/text?start={span.start}&end={span.stop}").get_data(True)
    chosen = re.findall(r'<mark class="chosen">(.*?)</mark>', html, re.DOTALL)
    assert (
        "".join(unescape(re.sub(r"<[^>]*>", "", run)) for run in chosen) == "建成口袋公园不少于3个"
    )


def test_the_text_page_holds_the_whole_text_and_an_anchor_for_all_evidence(client, app):
    shown = page(client, "/doc/plan/jixiang/text")
    answer = client.get("/doc/plan/jixiang/text.json").get_json()
    lines = ["".join(run["text"] for run in line) for line in answer["passage"]["lines"]]
    assert len(lines) > 10
    assert [line for line in lines if line not in shown.text] == []
    anchors = {
        mark["anchor"]
        for line in answer["passage"]["lines"]
        for run in line
        for mark in run["marks"]
        if mark["anchor"]
    }
    ids = {a["id"] for _, a in shown.elements if "id" in a}
    assert len(anchors) > 10
    assert anchors <= ids


def test_evidence_leads_to_its_sentence(client):
    quoted = client.get("/doc/plan/jixiang/dom_1__act_1.json").get_json()["quotes"][0]
    response = client.get(quoted["iri"].replace(BASE + "id", "/doc"))
    assert response.status_code == 303
    assert f"start={quoted['start']}&end={quoted['end']}#e-" in response.location


def test_each_page_names_the_queries_behind_it_and_they_can_be_opened(client):
    shown = page(client, "/doc/plan/jixiang/dom_1__act_1")
    queries = [link for link in shown.links if link.startswith("/query/")]
    assert len(queries) > 3
    assert "开放学校操场" in page(client, next(q for q in queries if "parts" in q)).text


def test_every_named_query_has_a_page(client):
    for name in names():
        page(client, f"/query/{name}")


@pytest.mark.parametrize(("name", "left"), [("place", 1), ("status", 3)])
def test_lists_are_narrowed_by_facets(client, name, left):
    everything = page(client, "/plans")
    value = next(
        a["value"]
        for tag, a in everything.elements
        if tag == "option" and f"/id/{name}/" in a.get("value", "")
    )
    narrowed = page(client, f"/plans?{name}={quote(value)}")
    assert f"{left} / 4" in narrowed.text


def test_lists_are_narrowed_by_words(client):
    assert "区住建局" in page(client, "/units?q=住建").text
    assert texts("zh")["list.empty"] in page(client, "/units?q=没有这样的单位").text


def test_the_language_is_remembered(client):
    assert "Units responsible" not in page(client, "/doc/plan/jixiang").text
    assert "Units responsible" in page(client, "/doc/plan/jixiang?lang=en").text
    assert "Units responsible" in page(client, "/doc/plan/jixiang").text
    assert "责任单位" in page(client, "/doc/plan/jixiang?lang=zh").text


def test_all_texts_exist_in_both_languages():
    assert texts("zh").keys() == texts("en").keys()
    assert len(texts("zh")) > 200
    for key, value in texts("zh").items():
        fields = re.findall(r"\{\w+\}", value)
        assert sorted(fields) == sorted(re.findall(r"\{\w+\}", texts("en")[key])), key
        assert value
        assert texts("en")[key]


def test_no_text_of_a_document_becomes_markup(client):
    of_it = ["/doc/plan/evil", "/doc/plan/evil/text", "/doc/plan/evil/act_1"]
    for path in ["/", "/plans", "/units", "/indicators", *of_it]:
        html = client.get(path).get_data(as_text=True)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<svg onload" not in html
        assert "onmouseover=alert(3)>局</" not in html.replace("&lt;b onmouseover=alert(3)&gt;", "")
        assert "49" not in Reader(html).text or "{{7*7}}" in Reader(html).text


def test_an_iri_that_would_run_is_text(client):
    shown = page(client, "/doc/plan/evil/act_1")
    assert not [link for link in shown.links if "javascript" in link]
    assert ("span", {"class": "plain"}) in shown.elements
