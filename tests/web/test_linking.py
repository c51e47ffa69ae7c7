"""Links to national indicators and national targets beside local ones, as pages and as a file."""

import re

INDICATOR = "/doc/indicator/jixiang/体育%252F活动时间（天）"


def test_an_indicator_shows_national_targets_links_and_what_only_looked_alike(client):
    html = client.get(INDICATOR).get_data(as_text=True)
    for words in ("张三 人工核定", "看似而非", "名称相近，分母不同", "与国家目标比较"):
        assert words in html
    assert re.findall(r"verdict-(\w+)", html) == ["meets"]


def test_the_same_as_json_has_verdict_reason_and_verification(client):
    answer = client.get(INDICATOR + ".json").get_json()
    (found,) = answer["comparisons"]
    assert (found["verdict"], found["reason"], found["verified"]) == ("meets", None, "unverified")
    assert [link["is_match"] for link in answer["links"]] == [True, False]


def test_links_between_indicators_are_a_mapping_set(client):
    response = client.get("/links.sssom.tsv")
    assert response.status_code == 200
    assert response.mimetype == "text/tab-separated-values"
    text = response.get_data(as_text=True)
    assert text.startswith("#curie_map:")
    assert "\tskos:exactMatch\tNot\tzhengtu:national/HCA2019/SCH-SPORT\t" in text
    assert "\t张三\t" in text
