"""By when a whole action shall be done, in its own sentences."""

import pytest


@pytest.mark.parametrize(
    ("text", "year", "month", "wording"),
    [
        ("2025年底前完成冷链改造。", 2025, None, "2025年底前"),
        ("2024年6月底前出台实施细则。", 2024, 6, "2024年6月底前"),
        ("2024年3月底前制定方案，2025年9月底前全面完成。", 2025, 9, "2025年9月底前"),
        ("2024年启动，2026年建成投入使用。", 2026, None, "2026年"),
        ("完善管网。完成时限：2025年12月底", 2025, 12, "2025年12月底"),
        ("每年6月底前报送进展。", None, None, "每年6月底前"),
        ("三年内完成改造。", None, None, "三年内"),
        ("年内完成选址。", None, None, "年内"),
    ],
)
def test_an_action_says_by_when(text, year, month, wording, actions_of):
    (action,) = actions_of(text)
    assert action.deadline is not None
    found = action.deadline
    assert (found.year, found.month, found.wording) == (year, month, wording)


@pytest.mark.parametrize(
    "text",
    [
        "到2025年，覆盖率达到85%。",
        "2020年，全县完成投资3亿元。",
        "到2023年完成40户改造。",
        "完善机制。",
    ],
)
def test_most_years_are_no_deadline_of_the_action(text, actions_of):
    (action,) = actions_of(text)
    assert action.deadline is None


def test_a_labelled_deadline_holds_for_the_targets_of_the_action(actions_of):
    (action,) = actions_of("新建冷库20座。完成时限：2025年12月底")
    assert [t.deadline for t in action.targets] == [2025]


FOR_A_YEAR = "青河县2025年阅读推广工作要点\n\n一、重点任务\n\n（一）{}\n"
SIGNED = "青河县阅读推广方案\n\n一、重点任务\n\n（一）{}\n\n青河县文化局\n\n2024年10月8日\n"
FOR_SEVERAL = "青河县阅读推广行动计划（2023—2025年）\n\n一、重点任务\n\n（一）{}\n"


@pytest.mark.parametrize(
    ("plan", "words", "year", "month"),
    [
        (FOR_A_YEAR, "年内", 2025, None),
        (FOR_A_YEAR, "今年年底前", 2025, None),
        (FOR_A_YEAR, "本年度内", 2025, None),
        (FOR_A_YEAR, "当年年底前", 2025, None),
        (FOR_A_YEAR, "9月底前", 2025, 9),
        (FOR_A_YEAR, "每年9月底前", None, None),
        (FOR_A_YEAR, "两年内", None, None),
        (SIGNED, "今年年底前", 2024, None),
        (SIGNED, "12月底前", 2024, 12),
        (SIGNED, "6月底前", 2025, 6),
        (FOR_SEVERAL, "年内", None, None),
    ],
)
def test_a_year_that_is_not_written_is_that_of_the_plan(plan, words, year, month, facts_of):
    action = facts_of(plan.format(f"{words}完成选址。")).parts[-1]
    assert action.deadline is not None
    assert (action.deadline.year, action.deadline.month) == (year, month)
    assert action.deadline.wording == words
    assert action.deadline.evidence.confidence < 1


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("年内新建图书角20个", 2025),
        ("今年新建图书角20个", 2025),
        ("到年底，新建图书角20个", 2025),
        ("2026年底前，当年新建图书角20个", 2026),
        ("每年新建图书角20个", None),
        ("三年内新建图书角20个", None),
    ],
)
def test_targets_of_this_year(sentence, year, facts_of):
    (target,) = facts_of(FOR_A_YEAR.format(sentence + "。")).parts[-1].targets
    assert (target.measure[:3], target.deadline) == ("图书角", year)
    assert (target.evidence.confidence < 1) == (year == 2025)


def test_a_deadline_in_a_table_of_a_plan_for_one_year(facts_of):
    table = "\t序号\t任务\t完成时限\n\t1\t建设图书角\t6月底\n\t2\t配备图书\t每年6月\n"
    facts = facts_of("青河县2025年阅读推广任务清单\n\n" + table)
    found = [p.deadline and (p.deadline.year, p.deadline.month) for p in facts.parts]
    assert found == [(2025, 6), (None, None)]


def test_a_year_that_is_not_written_ends_no_plan(facts_of):
    front = facts_of(SIGNED.format("今年年底前完成选址，12月底前新建图书角20个。")).front
    assert front.period_end is None
