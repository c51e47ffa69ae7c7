"""A question on the pages and as data: its conditions changed, followed up, as a table."""

import csv
import io
import re

from web.translations import texts

PARK_LEADS = "哪些部门牵头公园项目？"


def test_an_address_changes_the_conditions_of_a_question(client):
    changed = {"q": PARK_LEADS, "set": "role:participating", "drop": "place"}
    answer = client.get("/api/ask", query_string=changed).get_json()
    assert "角色由“牵头”改为“参与”" in answer["reading"]
    assert {row[0] for row in answer["rows"]} == {"区教育局", "各镇（街道）"}
    assert (answer["set"], answer["drop"]) == (["role:participating"], ["place"])


def test_a_change_that_there_is_not_is_said_and_nothing_answered(client):
    for wrong in ("role:captain", "captain:lead", "lead"):
        answer = client.get("/api/ask", query_string={"q": PARK_LEADS, "set": wrong}).get_json()
        assert not answer["understood"]
        assert wrong.split(":")[-1] in answer["message"] or "captain" in answer["message"]
        assert answer["rows"] == []


def test_a_follow_up_goes_on_from_the_question_before(client):
    asked = {"q": "参与单位呢？", "after": PARK_LEADS}
    answer = client.get("/api/ask", query_string=asked).get_json()
    assert answer["after"] == PARK_LEADS
    assert answer["set"] == ["role:participating"]
    assert len(answer["rows"]) == 2


def test_the_choices_of_a_question_are_told(client):
    slots = client.get("/api/ask/choices", query_string={"q": PARK_LEADS}).get_json()
    by_kind = {slot["kind"]: slot for slot in slots}
    assert {"asked", "role", "topic", "place"} <= by_kind.keys()
    assert "role:participating" in {o["put"] for o in by_kind["role"]["options"]}


def test_an_answer_is_a_table_for_spreadsheets(client):
    response = client.get("/api/ask.csv", query_string={"q": PARK_LEADS})
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.get_data().startswith("\ufeff".encode())
    head, *rows = csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff")))
    answer = client.get("/api/ask", query_string={"q": PARK_LEADS}).get_json()
    assert head == [*answer["columns"], "依据", "文本", "起", "止"]
    assert [row[: len(answer["columns"])] for row in rows] == answer["rows"]
    assert [row[-4] for row in rows] == [proof["quote"] for proof in answer["evidence"]]


def test_a_question_that_is_not_understood_has_no_table(client):
    response = client.get("/api/ask.csv?q=今天天气怎么样")
    assert response.status_code == 422
    assert "怎么样" in response.get_data(as_text=True)
    assert client.get("/api/ask.csv").status_code == 400


def test_each_condition_can_be_changed_and_others_added(client):
    shown = client.get("/ask?q=哪些部门牵头公园项目？").get_data(as_text=True)
    puts = set(re.findall(r'<option value="(.*?)"', shown))
    assert {"role:lead", "role:participating", "topic:park", "place:320506", ""} <= puts
    assert re.search(r'href="/ask\?[^"]*drop=topic"', shown)
    assert 'href="/api/ask.csv?' in shown


def test_an_answer_with_changes_says_them_and_leads_back(client):
    asked = "/ask?q=哪些部门牵头公园项目？&set=role:participating"
    shown = client.get(asked).get_data(as_text=True)
    assert "角色由“牵头”改为“参与”" in shown
    assert texts("zh")["ask.original"] in shown
    assert re.search(r'href="/api/ask\?[^"]*set=role:participating', shown)


def test_what_a_form_left_empty_is_not_in_the_address(client):
    response = client.get("/ask?q=哪些部门牵头公园项目？&set=&set=place:320506&set=")
    assert response.status_code == 303
    assert response.location.count("set=") == 1


def test_a_follow_up_is_said_to_be_one(client):
    shown = client.get("/ask?q=参与单位呢？&after=哪些部门牵头公园项目？").get_data(as_text=True)
    assert "接着“哪些部门牵头公园项目？”问" in shown
    assert "区教育局" in shown


def test_what_was_not_understood_is_marked_and_near_names_ask_again(client):
    shown = client.get("/ask?q=区住房建设局牵头哪些任务？").get_data(as_text=True)
    assert "<mark>区住房建设局</mark>牵头" in shown
    assert ">区住建局牵头哪些任务？</a>" in shown
