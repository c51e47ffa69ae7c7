"""What holds for every question, whatever it asks."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.asking import Asker
from queries.stores import Store, open_store

WORDS = tuple(
    """
    昆山市 古城区 云南 北京市 哪些 谁 多少 部门 任务 指标 计划 地方 牵头 参与 负责 公园
    托育 医院 市教育局 区住建局 最多 没有 目标 2025年 100% 或 和 的 由 每个 国家 达到 引用
    印发 专班 组长 which who how many departments tasks lead parks Kunshan
    target of in 2025 no most
    """.split()  # noqa: SIM905
)

questions = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(question=questions)
def test_any_text_is_answered_or_refused_with_a_reason(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    json.dumps(answer.as_json(), ensure_ascii=False)
    assert answer.understood == bool(answer.sparql)
    assert answer.understood or (answer.message and not answer.rows)
    assert len(answer.rows) == len(answer.evidence) == len(answer.links)
    assert all(len(row) == len(answer.columns) for row in answer.rows)
    if answer.understood:
        assert answer.reading


@pytest.mark.parametrize("odd", ["火箭发射", "zeppelin", "🚀", "量子计算机"])
@pytest.mark.parametrize(
    "question", ["哪些部门牵头{}公园项目？", "昆山市有多少项{}任务？", "各地{}的目标是多少？"]
)
def test_a_word_that_nothing_has_is_never_left_out(asker: Asker, question: str, odd: str) -> None:
    answer = asker.ask(question.format(odd))
    assert not answer.understood
    assert answer.message


@pytest.mark.parametrize(
    "question",
    [
        "哪些部门牵头公园项目？",
        "昆山市有哪些任务？",
        "托位数要达到多少？",
        "专班的组长是谁？",
    ],
)
def test_every_row_quotes_the_text_that_says_so(asker: Asker, store: Store, question: str) -> None:
    answer = asker.ask(question)
    contents = store.select(
        "SELECT ?text ?content { ?text <https://zhengtu.example/ontology#content> ?content }"
    )
    texts = {row["text"]: row["content"] for row in contents.dicts()}
    assert answer.rows
    for proof in answer.evidence:
        assert proof is not None
        assert texts[proof.document][proof.start : proof.end] == proof.quote


def test_the_sparql_of_an_answer_gives_its_rows(asker: Asker, store: Store) -> None:
    answer = asker.ask("昆山市有哪些任务？")
    titles = [row["action_title"] for row in store.select(answer.sparql).dicts()]
    assert titles == [row[0] for row in answer.rows]


def test_a_question_with_a_quote_in_it_stays_a_value(asker: Asker) -> None:
    answer = asker.ask('昆山市哪些任务提到"} UNION { ?s ?p ?o')
    assert not answer.understood


def test_the_language_of_an_answer_is_the_question_s_unless_told(asker: Asker) -> None:
    assert asker.ask("昆山市有哪些任务？").language == "zh"
    assert asker.ask("Which tasks does 市教育局 lead?").language == "en"
    assert asker.ask("昆山市有哪些任务？", "en").reading.startswith("Find actions")


def test_a_loosened_topic_is_told(asker: Asker) -> None:
    answer = asker.ask("哺乳室由哪些部门牵头？")
    assert [row[0] for row in answer.rows] == ["省住建厅"]
    assert "没有任务写明这个词" in answer.message


def test_an_unknown_unit_is_answered_with_near_names(asker: Asker) -> None:
    answer = asker.ask("市林草局牵头哪些任务？")
    assert not answer.understood
    assert "区林草局" in answer.message


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("市住房建设局牵头哪些任务？", "没有名为“市住房建设局”的单位"),
        ("市诸建局牵头哪些任务？", "图中没有“市诸建局”，按“市住建局”查找"),
    ],
)
def test_a_name_that_is_not_in_the_graph_is_put_right_and_said(
    asker: Asker, question: str, note: str
) -> None:
    answer = asker.ask(question)
    assert note in answer.message
    assert {"市住建局"} == {chip.label for chip in answer.chips if chip.kind == "unit"}


def test_columns_are_titles_in_the_language_of_the_answer(asker: Asker) -> None:
    answer = asker.ask("昆山市有哪些任务？").as_json()
    assert answer["columns"] == answer["columns_zh"] == ["任务", "领域", "地方", "计划"]
    assert answer["fields"] == ["action_title", "domain_title", "in_place", "plan_title"]
    assert asker.ask("昆山市有哪些任务？", "en").as_json()["columns"] == answer["columns_en"]


@pytest.mark.parametrize(
    "name", ["women's federation", "Women’s Federation", "women's federations"]
)
def test_an_apostrophe_is_one_however_it_is_typed(asker: Asker, name: str) -> None:
    answer = asker.ask(f"Which tasks does the {name} lead?")
    assert [row[0] for row in answer.rows] == ["发展托育服务"]


def test_a_possessive_is_no_part_of_a_name(asker: Asker) -> None:
    assert asker.ask("Kunshan's tasks").rows == asker.ask("Kunshan tasks").rows != ()


def test_the_title_of_a_task_leads_to_the_task(asker: Asker, store: Store) -> None:
    answer = asker.ask("哪些部门牵头公园项目？")
    titled = store.select("SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }")
    titles = {row["s"]: row["o"] for row in titled.dicts()}
    at = answer.as_json()["fields"].index("action_title")
    shown = zip(answer.rows, answer.links, strict=True)
    assert answer.rows
    assert all(titles[links[at] or ""] == cells[at] for cells, links in shown)


def test_a_question_far_too_long_is_refused_at_once(asker: Asker) -> None:
    answer = asker.ask("公园" * 5000)
    assert not answer.understood
    assert "太长" in answer.message


def test_an_empty_graph_is_asked_without_harm(tmp_path: Path) -> None:
    path = tmp_path / "empty.nq"
    path.touch()
    empty = Asker(open_store(f"memory:{path}"))
    assert empty.ask("有哪些计划？").rows == ()
    assert not empty.ask("哪些部门牵头公园项目？").understood
