"""Task tables, one cell a line, whatever their columns are called and in whatever order."""

import pytest


def flattened(rows: list[list[str]]) -> str:
    lines = ["\t" + cell for row in rows for cell in row]
    return "某县全民阅读任务清单\n\n" + "\n".join(lines) + "\n"


@pytest.mark.cases("structure", "table", at_least=11)
def test_a_task_table_gives_domains_actions_and_units(case, facts_of, parts_of):
    facts = facts_of(flattened([case["headings"], *case["rows"]]))
    actions = parts_of(facts)
    assert [f"{a.number} {a.title}" for a in actions] == case["actions"]
    assert [[f"{r.name} {r.role}" for r in a.responsibilities] for a in actions] == case["units"]
    if "domains" in case:
        domains = [p.title for p in facts.parts if str(p.kind) == "domain"]
        assert domains == case["domains"]
    if "targets" in case:
        found = [[f"{t.measure} {t.value} {t.deadline}" for t in a.targets] for a in actions]
        assert found == case["targets"]


def test_cells_without_headings_that_mean_something_are_no_table(outline_of):
    outline = outline_of(flattened([["甲", "乙"], ["子", "丑"]]))
    assert [s.tables for s in outline.segments] == [()] * len(outline.segments)


def test_an_action_belongs_to_the_domain_of_the_merged_cell_above(facts_of, parts_of):
    rows = [["领域", "任务"], ["甲类", "子事。"], ["", "丑事。"], ["乙类", "寅事。"]]
    actions = parts_of(facts_of(flattened(rows)))
    assert [a.domain for a in actions] == ["dom_1", "dom_1", "dom_2"]
