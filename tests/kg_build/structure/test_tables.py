"""Tables of tasks and of indicators: drawn grids, and tables flattened to one cell a line."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.extract.facts import extract
from kg_build.model import Block, BlockKind, Document, Facts, Part, PartKind, Source, Span, Target
from kg_build.readers.txt import blocks
from kg_build.structure.columns import meaning
from kg_build.structure.outline import outline
from kg_build.structure.paragraphs import paragraphs

TITLE = "某县全民阅读任务清单"


def flattened(rows: list[list[str]]) -> str:
    lines = ["\t" + cell for row in rows for cell in row]
    return f"{TITLE}\n\n" + "\n".join(lines) + "\n"


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


# -- drawn grids --------------------------------------------------------------------------------


class Drawing:
    """A text to which lines and drawn grids are added, as a reader would give it."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []
        self.tables = 0

    def lines(self, text: str) -> None:
        start = len(self.text)
        self.text += text.strip("\n") + "\n"
        shifted = [
            replace(b, spans=tuple(Span(s.start + start, s.end + start) for s in b.spans))
            for b in blocks(text.strip("\n") + "\n")
        ]
        self.blocks += shifted

    def grid(self, drawn: str) -> None:
        rows = [[c.strip() for c in r.strip("|").split("|")] for r in drawn.strip().splitlines()]
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell not in {"^", "<"}:
                    self.blocks.append(self._cell(rows, r, c))
        self.tables += 1

    def _cell(self, rows: list[list[str]], row: int, column: int) -> Block:
        start = len(self.text)
        self.text += rows[row][column].replace("/", "\n") + "\n"
        below = (r[column] for r in rows[row + 1 :])
        beside = rows[row][column + 1 :]
        return Block(
            BlockKind.CELL,
            (Span(start, len(self.text) - 1),),
            self.tables,
            row,
            column,
            1 + _run(below, "^"),
            1 + _run(beside, "<"),
        )


def _run(cells, sign: str) -> int:
    count = 0
    for cell in cells:
        if cell != sign:
            break
        count += 1
    return count


def drawn_facts(case) -> Facts:
    drawing = Drawing()
    drawing.lines(case.get("title", TITLE))
    if "before" in case:
        drawing.lines(case["before"])
    drawing.grid(case["grid"])
    if "more" in case:
        drawing.grid(case["more"])
    if "after" in case:
        drawing.lines(case["after"])
    source = Source("plan.html", "text/html", "", "0" * 64)
    document = Document("plan", drawing.text, tuple(drawing.blocks), source)
    return extract(document, outline(paragraphs(document)))


def written(target: Target) -> str:
    value = "" if target.value is None else f"{target.value}"
    value += "" if target.value_max is None else f"-{target.value_max}"
    said = [
        target.measure,
        target.comparator or target.wording,
        value,
        target.unit,
        target.deadline and str(target.deadline),
        None if target.baseline is None else f"from {target.baseline} {target.baseline_year}",
        target.attribute and str(target.attribute),
        "cumulative" if target.is_cumulative else None,
    ]
    return " ".join(s for s in said if s)


def asked_of(facts: Facts) -> dict[str, list]:
    """All that a case may ask for."""
    titles = {p.eid: p.title for p in facts.parts}
    kinds = {k: [p for p in facts.parts if p.kind is k] for k in PartKind}
    actions = kinds[PartKind.ACTION]
    return {
        "domains": [p.title for p in kinds[PartKind.DOMAIN]],
        "programmes": [p.title for p in kinds[PartKind.PROGRAMME]],
        "safeguards": [p.title for p in kinds[PartKind.SAFEGUARD]],
        "actions": [f"{a.number} {a.title}" for a in actions],
        "of_domains": [titles.get(a.domain or "", "") for a in actions],
        "units": [owing(a) for a in actions],
        "targets": [[written(t) for t in a.targets] for a in actions],
        "units_of_targets": [[owing(t) for t in a.targets] for a in actions],
        "goals_of_actions": [a.goal or "" for a in actions],
        "deadlines": [_deadline(a) for a in actions],
        "goals": [written(t) for t in facts.goals],
        "units_of_goals": [owing(t) for t in facts.goals],
        "issues": [i.code for i in facts.issues],
    }


def owing(one: Part | Target) -> list[str]:
    return [f"{r.name} {r.role}" for r in one.responsibilities]


def _deadline(action) -> str:
    due = action.deadline
    month = f"-{due.month:02}" if due and due.month else ""
    year = f"{due.year}{month} " if due and due.year else ""
    return f"{year}{due.wording}" if due else ""


def check(case, facts: Facts) -> None:
    found = asked_of(facts)
    wanted = {k: v for k, v in case.items() if k in found}
    assert {k: found[k] for k in wanted} == wanted
    assert len({p.eid for p in facts.parts}) == len(facts.parts)


@pytest.mark.cases("tables", "table", at_least=20)
def test_a_drawn_table_is_read(case):
    check(case, drawn_facts(case))


@pytest.mark.cases("tables", "flattened", at_least=3)
def test_a_flattened_table_is_read(case, facts_of):
    check(case, facts_of(f"{TITLE}\n{case['text']}"))


@pytest.mark.cases("tables", "plain", at_least=6)
def test_a_table_in_plain_lines_is_read(case, facts_of):
    check(case, facts_of(f"{case.get('title', TITLE)}\n\n{case['text']}"))


def test_units_whose_column_is_not_clear_are_less_certain(facts_of, parts_of):
    rows = [
        "序号",
        "任务",
        "牵头单位",
        "配合单位",
        "1",
        "疏浚航道。",
        "县港航局",
        "县水利局",
        "县财政局",
    ]
    rows += ["2", "建设码头。", "县交通局", "县财政局"]
    actions = parts_of(facts_of(f"{TITLE}\n\n" + "\n".join(rows)))
    sure = [{r.evidence.confidence for r in a.responsibilities} for a in actions]
    assert sure == [{Decimal("0.7")}, {Decimal(1)}]


# -- single rules ---------------------------------------------------------------------------------


def test_cells_without_headings_that_mean_something_are_an_issue(facts_of):
    facts = facts_of(flattened([["甲", "乙"], ["子", "丑"]]))
    assert [i.code for i in facts.issues] == ["no-structure", "table-not-understood"]


def test_paragraphs_that_begin_with_a_tab_are_no_cells(facts_of, parts_of):
    lines = ["一、主要任务", "（一）修好水渠，方便群众。", "1．清淤渠道5公里。（县水利局负责）"]
    lines += ["2．加固堤坝，确保安全度汛，排查各类隐患并逐一登记。（县水务站负责）"]
    text = f"{TITLE}\n\n" + "\n".join("\t" + line for line in lines)
    actions = parts_of(facts_of(text))
    assert [a.number for a in actions] == ["1", "2"]


def test_an_action_belongs_to_the_domain_of_the_merged_cell_above(facts_of, parts_of):
    rows = [["领域", "任务"], ["甲类", "子事。"], ["", "丑事。"], ["乙类", "寅事。"]]
    actions = parts_of(facts_of(flattened(rows)))
    assert [a.domain for a in actions] == ["dom_1", "dom_1", "dom_2"]


@pytest.mark.parametrize("heading", ["目标值（%）", "责任单位（人）", "序 号"])
def test_a_bracket_behind_a_heading_may_be_left_out(heading):
    from kg_build.lex.view import fold  # noqa: PLC0415

    assert meaning(fold(heading).replace(" ", "")) is not None


# -- any table ------------------------------------------------------------------------------------

_HEADINGS = "序号、任务、具体举措、责任单位、指标、单位、2025年、2020年、目标值、属性"
_OTHERS = "一、|（二）|1|2.5|≥90|〔20〕|合计|注：略|约束性|无"
_WORDS = "修桥5座。|县水利局|县水利局/县交通局|2024年6月|长期坚持"
_CELLS = st.sampled_from(["", "^", "<", *_HEADINGS.split("、"), *f"{_OTHERS}|{_WORDS}".split("|")])
_GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=7)
)


@settings(max_examples=150, deadline=None)
@given(rows=_GRIDS)
def test_any_table_is_read_and_its_evidence_stands_in_the_text(rows):
    drawn = "\n".join("|" + "|".join(f" {c} " for c in row) + "|" for row in rows)
    facts = drawn_facts({"grid": drawn})
    end = len(drawn) + len(TITLE) + 100
    targets = [t for p in facts.parts for t in p.targets] + list(facts.goals)
    spans = [p.evidence.span for p in facts.parts] + [t.evidence.span for t in targets]
    assert all(s.start < s.end <= end for s in spans)
    assert len({p.eid for p in facts.parts}) == len(facts.parts)


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(st.lists(_CELLS, min_size=1, max_size=6), max_size=12), gap=st.booleans())
def test_any_lines_are_read(facts_of, lines, gap):
    between = "  " if gap else " "
    facts_of(TITLE + "\n\n" + "\n".join(between.join(line) for line in lines))
    facts_of(TITLE + "\n\n" + "\n\n".join("\t" + "\n\t".join(line) for line in lines))
