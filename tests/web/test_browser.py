"""The site in a real Chromium, as a visitor uses it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

WHOLE = [
    "/",
    "/plans",
    "/units",
    "/indicators",
    "/national",
    "/about",
    "/query",
    "/ask?q=哪些部门牵头公园项目？",
    "/ask?q=各计划有多少项任务？",
    "/ask?q=区住房建设局牵头哪些任务？",
    "/doc/plan/jixiang",
    "/doc/plan/jixiang/text",
    "/doc/plan/jixiang/dom_1",
    "/doc/plan/jixiang/dom_1__act_1",
    "/doc/unit/320506/各镇（街道）",
    "/doc/indicator/jixiang/口袋公园数",
    "/doc/place/320506",
    "/doc/topic/park",
    "/vocabularies?q=公园",
    "/vocabularies/alphabet?scheme=https://zhengtu.example/id/topic",
    "/doc/topic",
    "/doc/place?at=https://zhengtu.example/id/place/320500",
    "/doc/nothing",
    "/query/browse/terms",
    "/doc/plan/evil",
    "/doc/plan/evil/text",
    "/doc/plan/evil/act_1",
    "/doc/unit/320506/<b onmouseover=alert(3)>局",
]

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a fresh visitor; at the end nothing may have run, failed or gone elsewhere."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text)
            if "Content Security Policy" in message.text or "Uncaught" in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "blob:")) else troubles.append(request.url)
        ),
    )
    yield page
    context.close()
    assert troubles == []


def test_a_question_leads_to_the_sentence_that_answers_it(visit):
    visit.goto("/")
    visit.get_by_label("用一句话提问").fill("哪些部门牵头公园项目？")
    visit.get_by_role("button", name="提问").click()
    row = visit.get_by_role("row").filter(has_text="区住建局")
    expect(row).to_contain_text("建设口袋公园")
    row.locator("a.said").click()
    chosen = visit.locator("mark.chosen")
    expect(chosen).to_have_text("区住建局")
    expect(chosen).to_be_in_viewport()
    expect(visit).to_have_url(re.compile(r"/doc/plan/jixiang/text\?start=\d+&end=\d+#e-\w+"))


def test_a_condition_is_changed_and_another_added(visit):
    visit.goto("/ask?q=哪些部门牵头公园项目？")
    visit.locator("summary", has_text="角色").click()
    visit.locator("details[open] select").select_option(label="参与")
    visit.get_by_role("button", name="改", exact=True).click()
    expect(visit.locator(".reading")).to_contain_text("角色由“牵头”改为“参与”")
    expect(visit.get_by_role("row", name=re.compile("^区教育局"))).to_be_visible()
    visit.locator("summary", has_text="加上条件").click()
    visit.get_by_label("地方", exact=True).select_option(value="place:320506")
    visit.get_by_role("button", name="加上").click()
    expect(visit).to_have_url(re.compile(r"set=role(:|%3A)participating&set=place(:|%3A)320506$"))
    visit.get_by_role("link", name="撤销全部改动").click()
    expect(visit.get_by_role("row").filter(has_text="区住建局")).to_be_visible()


def test_a_condition_is_changed_by_keyboard(visit):
    visit.goto("/ask?q=哪些部门牵头公园项目？")
    visit.locator("summary", has_text="主题").focus()
    visit.keyboard.press("Enter")
    for _ in range(3):
        visit.keyboard.press("Tab")
    expect(visit.get_by_role("link", name="去掉 主题")).to_be_focused()
    visit.keyboard.press("Enter")
    expect(visit.locator(".reading")).to_contain_text("去掉主题“公园”")


def test_a_question_is_followed_up(visit):
    visit.goto("/ask?q=哪些部门牵头公园项目？")
    visit.get_by_label("接着问").fill("参与单位呢？")
    visit.get_by_role("button", name="接着问").click()
    expect(visit.locator(".reading")).to_contain_text("接着“哪些部门牵头公园项目？”问")
    expect(visit.get_by_role("row", name=re.compile("^区教育局"))).to_be_visible()


def test_the_conditions_fit_a_phone(visit):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto("/ask?q=哪些部门牵头公园项目？")
    for kind in ("主题", "加上条件"):
        visit.locator("summary", has_text=kind).click()
        assert visit.evaluate("document.documentElement.scrollWidth") <= 360


def test_marked_words_lead_to_what_they_name(visit):
    visit.goto("/doc/plan/jixiang/text")
    visit.locator("a.m", has_text="区教育局").click()
    expect(visit.locator("h1")).to_have_text("区教育局")


def test_the_legend_hides_and_shows_marks(visit):
    visit.goto("/doc/plan/jixiang/text")
    background = "getComputedStyle(document.querySelector('.source-text .m-unit')).backgroundColor"
    shown = visit.evaluate(background)
    box = visit.locator("input[data-kind=unit]")
    box.uncheck()
    assert visit.evaluate(background) != shown
    box.check()
    assert visit.evaluate(background) == shown


def test_english_is_one_click_away_and_stays(visit):
    visit.goto("/doc/plan/jixiang")
    expect(visit.locator("html")).to_have_attribute("lang", "zh-Hans")
    visit.get_by_role("link", name="English").click()
    expect(visit.locator("html")).to_have_attribute("lang", "en")
    visit.get_by_role("navigation", name="Main navigation").get_by_text("Units").click()
    expect(visit.locator("h1")).to_contain_text("Units")


def test_the_picture_grows_where_a_node_is_clicked(visit):
    visit.goto("/doc/plan/jixiang/dom_1__act_1")
    nodes = visit.locator(".graph-picture .node")
    expect(visit.locator(".graph-picture .node[aria-expanded=true]")).to_have_count(1)
    before = nodes.count()
    assert before >= 6
    visit.locator(".node", has_text="空间友好").click()
    expect(visit.locator(".graph-picture .node[aria-expanded=true]")).to_have_count(2)
    expect(visit.locator(".node", has_text="开放学校操场")).to_have_count(1)
    assert nodes.count() > before
    visit.get_by_role("link", name="打开页面").click()
    expect(visit.locator("h1")).to_have_text("空间友好")


def test_the_picture_is_reached_and_grown_by_keyboard(visit):
    visit.goto("/doc/unit/320506/区住建局")
    visit.locator(".node", has_text="建设口袋公园").focus()
    visit.keyboard.press("Enter")
    expect(visit.locator(".node[aria-expanded=true]")).to_have_count(2)
    before = visit.evaluate("document.activeElement.getAttribute('aria-label')")
    assert before == "建设口袋公园"
    arrows = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
    reached = set()
    for arrow in arrows:
        visit.keyboard.press(arrow)
        reached.add(visit.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(reached) > 1


def test_boxes_of_the_picture_do_not_cover_each_other(visit):
    visit.goto("/doc/plan/jixiang")
    visit.locator(".node", has_text="空间友好").first.click()
    expect(visit.locator(".node[aria-expanded=true]")).to_have_count(2)
    boxes = visit.evaluate(
        "[...document.querySelectorAll('.node rect')].map(r => r.getBoundingClientRect())"
        ".map(b => [b.left, b.top, b.right, b.bottom])"
    )
    covered = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert len(boxes) > 8
    assert covered == []


def test_the_picture_has_a_list_in_words(visit):
    visit.goto("/doc/unit/320506/区住建局")
    visit.get_by_text("文字列表").click()
    expect(visit.locator(".graph-list a", has_text="建设口袋公园")).to_be_visible()


def test_a_query_is_run_and_its_things_can_be_opened(visit):
    visit.goto("/query")
    visit.get_by_label("查询", exact=True).fill(
        "PREFIX zt: <https://zhengtu.example/ontology#>\n"
        "SELECT ?plan { ?plan a zt:Plan } ORDER BY ?plan"
    )
    visit.get_by_role("button", name="运行", exact=True).click()
    link = visit.locator("#query-result a", has_text="id/plan/jixiang")
    expect(link).to_be_visible()
    with visit.expect_download() as download:
        visit.get_by_text("下载 CSV").click()
    assert "id/plan/jixiang" in Path(download.value.path()).read_text(encoding="utf-8")
    link.click()
    expect(visit.locator("h1")).to_contain_text("儿童友好城市建设行动计划")


def test_a_faulty_query_is_answered_with_line_and_column(visit):
    visit.goto("/query")
    area = visit.get_by_label("查询", exact=True)
    area.fill("SELECT * {\n  ?s ?p\n}")
    visit.get_by_role("button", name="运行", exact=True).click()
    expect(visit.locator("#query-error")).to_contain_text(re.compile(r"第 \d 行，第 \d+ 列"))
    expect(area).to_be_focused()


def test_an_example_is_loaded_and_run(visit):
    visit.goto("/query")
    visit.get_by_text("列表", exact=False).locator("visible=true").first.click()
    visit.locator("li", has_text="全部计划").get_by_role("button").click()
    expect(visit.locator("#query-result table")).to_be_visible()


def test_results_from_the_graph_never_become_markup(visit):
    visit.goto("/query")
    visit.get_by_label("查询", exact=True).fill(
        "SELECT ?label ?iri { BIND('<img src=x onerror=alert(9)>' AS ?label) "
        "BIND(<javascript:alert(9)> AS ?iri) }"
    )
    visit.get_by_role("button", name="运行", exact=True).click()
    expect(visit.locator("#query-result td").first).to_have_text("<img src=x onerror=alert(9)>")
    assert visit.locator("#query-result img").count() == 0
    assert visit.locator("#query-result td a").count() == 0


@pytest.mark.parametrize("path", WHOLE)
def test_a_page_fits_a_small_phone_and_runs_nothing_of_a_document(visit, path):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto(path)
    visit.wait_for_load_state("networkidle")
    assert visit.evaluate("document.documentElement.scrollWidth") <= 360
    for node in visit.locator("[onmouseover], [onerror], [onload]").all():
        pytest.fail(node.evaluate("e => e.outerHTML"))


@pytest.mark.parametrize("path", ["/", "/doc/plan/jixiang", "/doc/plan/jixiang/text", "/query"])
def test_the_first_tab_stop_skips_to_the_content_and_focus_is_seen(visit, path):
    visit.goto(path)
    visit.keyboard.press("Tab")
    expect(visit.locator("a.skip")).to_be_focused()
    expect(visit.locator("a.skip")).to_be_in_viewport()
    visit.keyboard.press("Enter")
    expect(visit.locator("main")).to_be_focused()
    visit.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert visit.evaluate(outline) == "solid"


# Relative luminance and contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
CONTRAST = """() => {
  const parsed = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parsed(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    if (!e.checkVisibility() || e.closest("svg")) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parsed(style.color)), light(behind(e))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) faint.push(e.outerHTML.slice(0, 120));
  }
  return faint;
}"""


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/doc/plan/jixiang",
        "/doc/plan/jixiang/text",
        "/doc/national/TEST/1",
        "/query",
        "/units",
    ],
)
def test_text_stands_out_from_what_is_behind_it(visit, path):
    visit.goto(path)
    assert visit.evaluate(CONTRAST) == []


def test_all_of_a_page_but_its_picture_works_without_scripts(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("用一句话提问").fill("哪些部门牵头公园项目？")
    page.get_by_role("button", name="提问").click()
    page.locator("a.said").first.click()
    expect(page.locator("mark.chosen")).to_be_in_viewport()
    context.close()


def test_a_vocabulary_opens_in_place_and_finds_while_one_types(visit: Page) -> None:
    visit.goto("/doc/place")
    visit.get_by_label("打开 江苏省 的").click()
    expect(visit.get_by_role("link", name="苏州市", exact=True)).to_be_visible()
    expect(visit.get_by_role("link", name="江苏省", exact=True)).to_be_focused()
    assert "at=" in visit.url
    visit.get_by_label("按名称、别名或代码查找").fill("吴中")
    found = visit.locator("#found").get_by_role("link", name="吴中区", exact=True)
    expect(found).to_be_visible(timeout=20_000)  # all names are read at the first search


@pytest.mark.parametrize(
    ("path", "box"),
    [("/", "header input"), ("/search?q=公园", "#sought"), ("/about", "header input")],
)
def test_a_slash_leads_to_the_search_box_save_where_one_writes(visit: Page, path, box) -> None:
    visit.goto(path)
    visit.keyboard.press("/")
    expect(visit.locator(box)).to_be_focused()
    visit.keyboard.type("a/b")
    expect(visit.locator(box)).to_have_value("a/b")
    visit.keyboard.press("Enter")
    expect(visit).to_have_url(re.compile(r"/search\?q=a%2Fb$"))


def test_labels_of_a_row_stay_apart_on_a_phone(visit: Page) -> None:
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto("/query/competency/national_comparison?lang=en")
    cells = visit.locator("table.cards tbody tr").first.locator("td:visible")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) > 5
    assert all(a["y"] + a["height"] <= b["y"] + 1 for a, b in pairwise(boxes))
    assert cells.evaluate_all("all => all.every((e) => e.scrollHeight <= e.clientHeight + 1)")


def test_a_tree_is_opened_by_keyboard(visit: Page) -> None:
    visit.goto("/doc/beneficiary")
    summary = visit.locator("summary", has_text="残疾人")
    summary.focus()
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("link", name="残疾儿童", exact=True).first).to_be_visible()
