"""What is promised: numbers with measure, comparator, unit and year, and qualities as worded."""

import pytest

from kg_build.model import Part, Target


def written(target: Target) -> str:
    value = f"{target.comparator} {number(target)} {target.unit or ''}".rstrip()
    deadline = f" | {target.deadline}" if target.deadline else ""
    return f"{target.measure} | {value}{deadline}"


def number(target: Target) -> str:
    low = format(target.value.normalize(), "f") if target.value is not None else ""
    high = "" if target.value_max is None else "-" + format(target.value_max.normalize(), "f")
    return low + high


def open_fields(expected: str, found: str) -> str:
    """What was found, with a star wherever the case leaves a field open."""
    left, right = expected.split(" | "), found.split(" | ")
    if left[0] == "*":
        right[0] = "*"
    if left[1].startswith("* "):
        right[1] = "* " + right[1].partition(" ")[2]
    return " | ".join(right)


def said(value: object) -> str:
    return "" if value is None else str(value)


def numeric(action: Part) -> list[Target]:
    return [t for t in action.targets if t.value is not None]


@pytest.mark.cases("targets", "target", at_least=350)
def test_a_sentence_promises_just_this(case, actions_of):
    (action,) = actions_of(case["text"])
    found = [written(t) for t in numeric(action)]
    shown = [open_fields(e, f) for e, f in zip(case["targets"], found, strict=False)]
    assert shown + found[len(shown) :] == case["targets"]
    if "per" in case:
        assert [t.per for t in numeric(action)] == case["per"]
    if "hedge" in case:
        assert [t.hedge for t in numeric(action)] == case["hedge"]
    if "baselines" in case:
        assert [[said(t.baseline_year), said(t.change)] for t in numeric(action)] == case[
            "baselines"
        ]
    if "starts" in case:
        assert [[said(t.baseline_year), said(t.baseline)] for t in numeric(action)] == case[
            "starts"
        ]
    if "unparsed" in case:
        assert [t.wording for t in action.targets if not t.is_parsed] == case["unparsed"]
    qualities = [t.wording for t in action.targets if t.value is None and t.is_parsed]
    assert qualities == case.get("qualities", [])


def test_a_number_whose_measure_is_not_named_is_an_unparsed_target_and_an_issue(facts_of):
    facts = facts_of("青河县行动方案\n一、重点任务\n1．提升水平。力争达到100个。\n2．建设公园。\n")
    assert [i.code for i in facts.issues] == ["number-not-understood"]
    (unparsed,) = [t for p in facts.parts for t in p.targets]
    assert (unparsed.is_parsed, unparsed.value, unparsed.wording) == (False, None, "力争达到100个")
