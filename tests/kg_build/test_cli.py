"""The command line: what it prints, where, and the exit code it ends with."""

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg_build.cli import main
from queries.stores import generations

GOOD, FINDINGS, MISUSE = 0, 1, 2
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The data folder of a build of one small plan, of which an action has no unit."""
    folder = tmp_path_factory.mktemp("small")
    text = "青河县阅读推广行动计划\n\n一、任务\n\n（一）阅读\n\n1．办读书节。\n"
    (folder / "甲.txt").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["build", str(folder), "--data", str(folder / "图")])
    assert result.exit_code == GOOD
    return folder / "图"


# -- build ---------------------------------------------------------------------------------


def test_build_ends_well_and_says_what_is_served(zhengtu, write_plan):
    folder = write_plan("甲.txt").parent
    result = zhengtu("build", folder, "--data", "图", "--jobs", 1)
    assert result.exit_code == GOOD
    assert result.stdout == ""
    assert "已启用" in result.stderr
    assert generations.current(Path("图")).name in result.stderr


def test_build_names_the_document_it_could_not_read(zhengtu, write_plan):
    write_plan("甲.txt")
    folder = write_plan("坏.txt", "\0\1\2").parent
    result = zhengtu("build", folder, "--data", "图")
    assert result.exit_code == FINDINGS
    assert "坏.txt" in result.stderr
    assert "UTF-8" in result.stderr
    assert generations.current(Path("图")).is_dir()


def test_build_names_the_document_with_violations_and_serves_the_others(zhengtu, write_plan):
    write_plan("甲.txt")
    folder = write_plan("乙.txt", metadata='[override]\nplace_code = "999999"\n').parent
    result = zhengtu("build", folder, "--data", "图")
    assert result.exit_code == FINDINGS
    assert "未收入 left out: 乙.txt" in result.stderr
    assert "999999" in result.stderr
    assert generations.current(Path("图")).is_dir()


@pytest.mark.parametrize(
    ("folder", "message"), [("没有", "没有这个文件夹"), ("空", "没有可读的计划文件")]
)
def test_build_without_documents_is_a_misuse(zhengtu, tmp_path, folder, message):
    (tmp_path / "空").mkdir()
    result = zhengtu("build", folder, "--data", "图")
    assert result.exit_code == MISUSE
    assert message in result.stderr
    assert folder in result.stderr


def test_a_setting_that_cannot_be_used_is_a_misuse(zhengtu, write_plan):
    result = zhengtu("build", write_plan("甲.txt").parent, "--jobs", -1)
    assert result.exit_code == MISUSE
    assert "--jobs" in result.stderr


# -- extract -------------------------------------------------------------------------------


def test_extract_prints_the_plan_as_json(zhengtu, write_plan):
    result = zhengtu("extract", write_plan("甲.txt"))
    assert result.exit_code == GOOD
    assert json.loads(result.stdout)["plan"]["title"] == "青河县甲行动计划（2023—2025年）"


def test_extract_prints_quads_that_parse(zhengtu, write_plan):
    result = zhengtu("extract", write_plan("甲.txt"), "--format", "nquads")
    assert result.exit_code == GOOD
    assert len(list(ox.parse(result.stdout_bytes, format=ox.RdfFormat.N_QUADS))) > 100


def test_extract_writes_one_file_for_each_input(zhengtu, write_plan):
    files = [write_plan(f"{n}.txt") for n in ("甲", "乙")]
    result = zhengtu("extract", *files, "--out", "出/深")
    assert result.exit_code == GOOD
    assert sorted(p.name for p in Path("出/深").iterdir()) == ["乙.json", "甲.json"]
    assert json.loads(Path("出/深/乙.json").read_text("utf-8"))["source"]["file"] == "乙.txt"


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "不存在"), (b"", "空"), (b"\0\1\2\3", "不是文本"), (b"\xff\xfe\x00\xd8", "")],
    ids=["missing", "empty", "binary", "damaged"],
)
def test_extract_names_what_it_could_not_read_and_goes_on(zhengtu, write_plan, content, message):
    good = write_plan("甲.txt")
    bad = good.with_name("坏.txt")
    if content is not None:
        bad.write_bytes(content)
    result = zhengtu("extract", bad, good, "--out", "出")
    assert result.exit_code == FINDINGS
    assert "坏.txt" in result.stderr
    assert message in result.stderr
    assert Path("出/甲.json").exists()


def test_extract_says_that_a_text_has_no_structure(zhengtu, write_plan):
    result = zhengtu("extract", write_plan("甲.txt", "今天天气好。\n"))
    assert result.exit_code == FINDINGS
    assert "没有识别出任务" in result.stderr
    assert json.loads(result.stdout)["actions"] == []


def test_a_report_says_what_was_read(zhengtu, write_plan):
    result = zhengtu("extract", write_plan("甲.txt"), "--report")
    assert result.exit_code == GOOD
    assert "责任标注 duty tags        已理解 understood 2" in result.stdout


def test_a_report_as_json_goes_to_a_file_of_its_own(zhengtu, write_plan):
    path = write_plan("甲.txt")
    assert zhengtu("extract", path, "--report", "--format", "json", "--out", "出").exit_code == GOOD
    assert json.loads(Path("出/甲.report.json").read_text("utf-8"))["sentences"]["count"] > 5


@pytest.mark.parametrize("options", [("--report", "--format", "nquads"), ("--format", "text")])
def test_a_form_that_does_not_fit_is_a_misuse(zhengtu, write_plan, options):
    result = zhengtu("extract", write_plan("甲.txt"), *options)
    assert result.exit_code == MISUSE
    assert "--format" in result.stderr


def test_a_report_on_a_text_without_structure_ends_as_extract_does(zhengtu, write_plan):
    result = zhengtu("extract", write_plan("甲.txt", "今天天气好。\n"), "--report")
    assert result.exit_code == FINDINGS
    assert "未归入句子 unowned" in result.stdout


def test_extract_to_a_place_that_is_a_file_is_a_misuse(zhengtu, write_plan):
    path = write_plan("甲.txt")
    assert zhengtu("extract", path, "--out", path).exit_code == MISUSE


def test_extract_of_a_known_name_twice_does_not_lose_one(zhengtu, write_plan, tmp_path):
    first = write_plan("甲.txt")
    second = tmp_path / "甲.txt"
    second.write_bytes(first.read_bytes())
    result = zhengtu("extract", first, second, "--out", "出")
    assert result.exit_code != GOOD or len(list(Path("出").iterdir())) == 2


# -- check, query, explain -------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("zh", "警告"), ("en", "arning")])
def test_check_reports_in_the_language_asked_for(zhengtu, small, language, word):
    result = zhengtu("check", "--data", small, "--language", language)
    assert result.exit_code == GOOD
    assert word in result.stdout


@pytest.mark.parametrize(
    "command", [("check",), ("query", "competency/plans"), ("explain", "http://example.org/x")]
)
def test_without_a_graph_the_remedy_is_named(zhengtu, command):
    result = zhengtu(*command, "--data", "没有")
    assert result.exit_code == MISUSE
    assert "zhengtu build" in result.stderr


def test_query_prints_a_table_for_a_name_of_the_catalogue(zhengtu, built):
    result = zhengtu("query", "competency/plans", "--data", built)
    assert result.exit_code == GOOD
    lines = result.stdout.rstrip("\n").split("\n")
    assert len(lines) > 5
    assert len({line.count("\t") for line in lines}) == 1


@pytest.mark.parametrize("form", ["json", "csv"])
def test_query_prints_standard_formats(zhengtu, built, form):
    result = zhengtu("query", "competency/plans", "--data", built, "--format", form)
    assert result.exit_code == GOOD
    if form == "json":
        assert len(json.loads(result.stdout)["results"]["bindings"]) >= 5
    else:
        assert len(list(csv.reader(io.StringIO(result.stdout)))) > 5


ASKING = (
    "#+ title_zh: 甲\n#+ title_en: a\n#+ description_zh: 甲\n#+ description_en: a\n"
    '#+ param: plan iri "计划" "Plan" many optional\n#+ column: label "名" "Label"\n'
    f"SELECT ?plan ?label WHERE {{ VALUES ?plan {{ UNDEF }} ?plan <{LABEL}> ?label ."
    " ?plan a <https://zhengtu.example/ontology#Plan> }} ORDER BY ?plan"
).replace("}} ORDER", "} ORDER")


def test_query_runs_a_file_with_parameters(zhengtu, built):
    Path("问.rq").write_text(ASKING, encoding="utf-8")
    base = "https://zhengtu.example/id/plan/"
    plans = ("jilin", "wuzhong")
    params = [x for p in plans for x in ("--param", f"plan={base}{p}")]
    result = zhengtu("query", "问.rq", *params, "--data", built)
    assert result.exit_code == GOOD, result.stderr
    rows = [line.split("\t")[0] for line in result.stdout.splitlines()[1:]]
    assert rows == [base + p for p in plans]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("没有/这个",), "competency/plans"),
        (("competency/plans", "--param", "无等号"), "名称=值"),
        (("competency/plans", "--param", "nothing=1"), "nothing"),
        (("问.rq", "--param", "plan=no iri at all"), "plan"),
    ],
    ids=["unknown name", "no equals sign", "unknown parameter", "bad value"],
)
def test_query_names_what_was_wrong(zhengtu, built, arguments, message):
    Path("问.rq").write_text(ASKING, encoding="utf-8")
    result = zhengtu("query", *arguments, "--data", built)
    assert result.exit_code == MISUSE
    assert message in result.stderr


def test_a_query_file_that_does_not_parse_is_a_misuse(zhengtu, built):
    Path("问.rq").write_text(ASKING.replace("SELECT", "SELEKT"), encoding="utf-8")
    result = zhengtu("query", "问.rq", "--data", built)
    assert result.exit_code == MISUSE
    assert "错误 error" in result.stderr


def test_explain_prints_the_sentence_behind_a_fact(zhengtu, built):
    files = generations.graphs(generations.current(built))
    quads = ox.parse(path=str(next(f for name, f in files.items() if name.endswith("/wuzhong"))))
    target = min(
        q.subject.value
        for q in quads
        if q.predicate.value.endswith("#evidence") and "/wuzhong/" in q.subject.value
    )
    result = zhengtu("explain", target, "--data", built)
    assert result.exit_code == GOOD
    assert len(result.stdout.splitlines()) >= 2


def test_explain_says_that_there_is_no_evidence(zhengtu, built):
    result = zhengtu("explain", "https://zhengtu.example/id/plan/nothing", "--data", built)
    assert result.exit_code == FINDINGS
    assert "没有这个事物" in result.stderr
    assert "可试 try: zhengtu query" in result.stderr


# -- ask -----------------------------------------------------------------------------------


def test_ask_prints_reading_rows_and_sentences(zhengtu, built):
    result = zhengtu("ask", "吴中区有哪些任务？", "--data", built, "--format", "json")
    assert result.exit_code == GOOD
    answer = json.loads(result.stdout)
    assert answer["rows"]
    assert len(answer["rows"]) == len(answer["evidence"])
    text = zhengtu("ask", "吴中区有哪些任务？", "--data", built)
    assert text.exit_code == GOOD
    assert "「" in text.stdout


def test_ask_changes_conditions_and_follows_up(zhengtu, built):
    question = "哪些部门牵头公园项目？"
    changed = zhengtu("ask", question, "--set", "place:周村区", "--drop", "role", "--data", built)
    assert changed.exit_code == GOOD
    assert "去掉角色“牵头”；加上地方“周村区”" in changed.stdout
    followed = zhengtu("ask", "周村区呢？", "--after", question, "--data", built)
    assert f"接着“{question}”问" in followed.stdout
    wrong = zhengtu("ask", question, "--set", "place:火星", "--data", built)
    assert wrong.exit_code == FINDINGS
    assert "不能改成“火星”" in wrong.stdout


def test_ask_admits_that_it_does_not_understand(zhengtu, built):
    result = zhengtu("ask", "明天会下雨吗", "--data", built)
    assert result.exit_code == FINDINGS
    assert result.stdout.strip()


# -- export --------------------------------------------------------------------------------


def test_quads_come_out_as_they_are_served(zhengtu, built):
    result = zhengtu("export", "--format", "nquads", "--data", built)
    assert result.exit_code == GOOD
    files = generations.graphs(generations.current(built)).values()
    assert result.stdout_bytes == b"".join(path.read_bytes() for path in files)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of rdflib's own parser
@pytest.mark.parametrize(
    ("form", "parser", "own"),
    [("turtle", "turtle", ox.RdfFormat.TURTLE), ("jsonld", "json-ld", ox.RdfFormat.JSON_LD)],
)
def test_a_graph_comes_out_in_a_form_that_others_read(zhengtu, built, form, parser, own):
    result = zhengtu("export", "--format", form, "--out", f"图.{form}", "--data", built)
    assert result.exit_code == GOOD
    content = Path(f"图.{form}").read_bytes()
    first = sum(1 for _ in ox.parse(content, format=own))
    assert first > 10_000
    assert len(rdflib.Graph().parse(data=content, format=parser)) == first


def test_tables_open_in_a_spreadsheet(zhengtu, built):
    result = zhengtu("export", "--format", "csv", "--out", "表", "--data", built)
    assert result.exit_code == GOOD
    files = sorted(Path("表").iterdir())
    assert {"plans.csv", "actions.csv"} <= {p.name for p in files}
    for path in files:
        assert str(path) in result.stderr
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        assert len(rows) > 1 or path.name == "unparsed.csv"
        assert len({len(r) for r in rows}) == 1
        cells = [cell for row in rows for cell in row]
        texts = [c for c in cells if not re.fullmatch(r"-?[0-9.]+", c)]
        assert not [c for c in texts if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(zhengtu, write_plan):
    text = (
        "=1+1县全民阅读行动计划\n\n一、任务\n\n（一）阅读\n\n1．=cmd|'/c calc'!A1。\n\n2．@甲。\n"
    )
    folder = write_plan("甲.txt", text).parent
    assert zhengtu("build", folder, "--data", "图").exit_code == GOOD
    assert zhengtu("export", "--format", "csv", "--out", "表", "--data", "图").exit_code == GOOD
    content = Path("表/actions.csv").read_text("utf-8-sig")
    assert "'=cmd" in content
    cells = [c for row in csv.reader(io.StringIO(content)) for c in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


def test_csv_needs_a_folder(zhengtu, built):
    result = zhengtu("export", "--format", "csv", "--data", built)
    assert result.exit_code == MISUSE
    assert "--out" in result.stderr


@pytest.mark.parametrize("form", ["turtle", "csv"])
def test_export_to_a_place_that_cannot_be_written_is_a_misuse(zhengtu, built, form):
    Path("档").write_text("x", encoding="utf-8")
    result = zhengtu("export", "--format", form, "--out", "档/内/图", "--data", built)
    assert result.exit_code == MISUSE
    assert "档" in result.stderr


# -- help ------------------------------------------------------------------------------------


def test_every_command_explains_itself(zhengtu):
    for name in main.commands:
        result = zhengtu(name, "--help")
        assert result.exit_code == GOOD
        assert len(result.stdout.splitlines()) > 4


def test_an_unknown_command_is_a_misuse(zhengtu):
    assert zhengtu("fly").exit_code == MISUSE
