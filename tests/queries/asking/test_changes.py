"""Conditions changed, follow-ups, and what is offered instead."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.asking import Answer, Asker
from queries.asking.changing import Change, merged, read_changes, written
from queries.asking.following import frames
from queries.asking.reading import Unreadable

Lacks = Callable[[Answer, dict[str, Any]], list[str]]
CASES = tomllib.loads((Path(__file__).parent / "changes.toml").read_text("utf-8"))["case"]
PARK = "哪些部门牵头公园项目？"


def asked(asker: Asker, case: dict[str, Any]) -> Answer:
    return asker.ask(
        case["question"],
        sets=case.get("set", ()),
        drops=case.get("drop", ()),
        after=case.get("after", ""),
    )


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda c: " ".join([
        c.get("after", ""),
        c["question"],
        *c.get("set", []),
        *c.get("drop", []),
    ]),
)
def test_a_changed_question_is_answered_as_changed(
    asker: Asker, lacks: Lacks, case: dict[str, Any]
) -> None:
    answer = asked(asker, case)
    assert lacks(answer, case) == []
    assert case.get("reading", "") in answer.reading
    told = answer.as_json()
    assert case.get("put", told["set"]) == told["set"]
    assert case.get("gone", told["drop"]) == told["drop"]
    assert told["question"] == case["question"]
    assert told["after"] == ("" if "own" in case else case.get("after", ""))


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: frame.expression.pattern[:30])
def test_frames_read_their_examples(frame: Any) -> None:
    assert {text: frame.rest(text) for text in frame.matches} == frame.matches
    assert [text for text in frame.rejects if frame.rest(text)] == []


@pytest.mark.parametrize("case", [c for c in CASES if "refused" not in c and "own" not in c])
def test_what_an_answer_tells_of_its_changes_gives_it_again(
    asker: Asker, case: dict[str, Any]
) -> None:
    told = asked(asker, case)
    again = asker.ask(
        told.after or told.question,
        sets=told.as_json()["set"],
        drops=told.as_json()["drop"],
    )
    assert (again.rows, again.sparql) == (told.rows, told.sparql)


QUESTIONS = [
    PARK,
    "Which departments lead park projects?",
    "昆山市有哪些任务？",
    "哪些指标的目标值不低于5个？",
    "哪些指标要求在2025年完成？",
    "昆山市有多少项任务？",
    "昆山市牵头任务最多的是哪个部门？",
    "哪些地方的托位数目标达到国家目标？",
    "哪个计划还是征求意见稿？",
    "公园任务由谁负责？",
    "团市委牵头哪些任务？",
    "由市卫健委牵头、市教育局参与的有哪些任务？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_choice_that_is_offered_is_answered(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    offered = answer.choices()
    json.dumps(offered, ensure_ascii=False)
    assert offered
    for slot in offered:
        kept = [value for name, value in slot["kept"] if name == "set"]
        gone = [value for name, value in slot["kept"] if name == "drop"]
        one = sum(option["chosen"] for option in slot["options"]) == 1
        for option in slot["options"][:12]:
            changed = asker.ask(question, sets=[*kept, option["put"]], drops=gone)
            assert changed.understood, (option, changed.message)
            said = "已改动" in changed.reading or "Changed" in changed.reading
            assert said != (option["chosen"] and one), changed.reading
        for pairs in [slot["dropped"], *(pairs for _, pairs in slot["fewer"])]:
            if pairs is not None:
                sets = [value for name, value in pairs if name == "set"]
                drops = [value for name, value in pairs if name == "drop"]
                assert asker.ask(question, sets=sets, drops=drops).understood


def test_choices_come_from_the_graph(asker: Asker) -> None:
    slots = {slot["kind"]: slot for slot in asker.ask(PARK).choices()}
    assert {o["put"] for o in slots["place"]["options"]} >= {"place:320583", "place:530000"}
    assert slots["place"]["chips"] == ()
    assert [o["label"] for o in slots["role"]["options"] if o["chosen"]] == ["牵头"]
    near = [o["label"] for o in slots["topic"]["options"] if o["near"]]
    assert "公园" in near
    assert "托育" not in near
    assert "year" not in slots  # no query gives the units of a year


def test_units_to_choose_are_those_of_the_place(asker: Asker) -> None:
    slots = {slot["kind"]: slot for slot in asker.ask("古城区有哪些任务？").choices()}
    puts = {option["put"] for option in slots["unit"]["options"]}
    assert "unit:530702/区住建局" in puts
    assert not any("320583" in put for put in puts)


def test_what_was_not_understood_is_marked_in_the_question(asker: Asker) -> None:
    question = "市林草局牵头哪些任务？"
    answer = asker.ask(question)
    assert [question[s.start : s.stop] for s in answer.missed] == ["市林草局"]
    assert "区林草局牵头哪些任务？" in [r.question for r in answer.repairs]
    assert all(asker.ask(r.question).understood for r in answer.repairs)


def test_a_mark_is_where_the_word_is_typed(asker: Asker) -> None:
    question = "Which departments lead  ＺＥＰＰＥＬＩＮ tasks?"
    answer = asker.ask(question)
    assert [question[s.start : s.stop].strip() for s in answer.missed] == ["ＺＥＰＰＥＬＩＮ"]


def test_counts_and_ranks_have_bars_and_lists_have_none(asker: Asker) -> None:
    count = asker.ask("各计划有多少项任务？")
    assert next((bar.label, bar.value) for bar in count.bars) == ("昆山市", 4)
    assert count.message == "合计 8。"
    rank = asker.ask("哪个计划的任务最多？")
    assert len(rank.bars) > len(rank.rows)
    assert {bar.value for bar in rank.bars if bar.chosen} == {max(bar.value for bar in rank.bars)}
    assert asker.ask(PARK).bars == ()


changes = st.lists(
    st.builds(
        Change,
        st.sampled_from(["place", "topic", "word", "year", "unit", "value"]),
        st.lists(st.text("abc:公园2", min_size=1), max_size=2, unique=True).map(tuple),
    ),
    unique_by=lambda change: change.kind,
).map(tuple)


@given(changes)
def test_changes_read_what_they_write(found: tuple[Change, ...]) -> None:
    pairs = written(found)
    sets = [value for name, value in pairs if name == "set"]
    drops = [value for name, value in pairs if name == "drop"]
    assert set(read_changes(sets, drops)) == set(found)


@given(changes, changes)
def test_later_changes_win(before: tuple[Change, ...], later: tuple[Change, ...]) -> None:
    both = merged(before, later)
    assert both[len(both) - len(later) :] == later
    assert merged(both, later) == both


@settings(max_examples=100, deadline=None)
@given(
    sets=st.lists(
        st.one_of(
            st.text(max_size=12),
            st.tuples(
                st.sampled_from([
                    "place",
                    "topic",
                    "role",
                    "year",
                    "value",
                    "unit",
                    "asked",
                    "any",
                ]),
                st.text(max_size=8),
            ).map(":".join),
        ),
        max_size=3,
    ),
    drops=st.lists(st.sampled_from(["place", "topic", "role", "", "x"]), max_size=2),
    after=st.sampled_from(["", PARK, "?", "昆山市有哪些任务？"]),
)
def test_any_change_is_answered_or_refused_with_a_reason(
    asker: Asker, sets: list[str], drops: list[str], after: str
) -> None:
    answer = asker.ask(PARK, sets=sets, drops=drops, after=after)
    json.dumps([answer.as_json(), answer.choices()], ensure_ascii=False)
    assert answer.understood or answer.message


def test_a_malformed_change_is_no_change() -> None:
    with pytest.raises(Unreadable):
        read_changes(["place"], [])
