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
