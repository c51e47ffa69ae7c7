"""Small texts as the builder's values."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg_build.cli import main
from kg_build.extract.facts import extract
from kg_build.lex.view import View, view_of
from kg_build.model import Document, Facts, Part, PartKind, Source, Span
from kg_build.readers.txt import parse
from kg_build.structure.outline import Outline, outline
from kg_build.structure.paragraphs import paragraphs


def _document(text: str) -> Document:
    parsed = parse(text.encode(), Path("plan.txt"))
    source = Source("plan.txt", parsed.media_type, parsed.encoding, "0" * 64)
    return Document("plan", parsed.text, parsed.blocks, source)


def _outline(text: str) -> Outline:
    return outline(paragraphs(_document(text)))


def _facts(text: str) -> Facts:
    document = _document(text)
    return extract(document, outline(paragraphs(document)))


def _view(text: str) -> View:
    return view_of(text, [Span(0, len(text))])


def _parts(facts: Facts, kind: PartKind = PartKind.ACTION) -> tuple[Part, ...]:
    return tuple(p for p in facts.parts if p.kind is kind)


@pytest.fixture(scope="session")
def document_of() -> Callable[[str], Document]:
    """A document from its text."""
    return _document


@pytest.fixture(scope="session")
def outline_of() -> Callable[[str], Outline]:
    """The outline of a text."""
    return _outline


@pytest.fixture(scope="session")
def facts_of() -> Callable[[str], Facts]:
    """The unlinked facts of a text."""
    return _facts


@pytest.fixture(scope="session")
def whole_view() -> Callable[[str], View]:
    """The view of a whole text."""
    return _view


@pytest.fixture(scope="session")
def parts_of() -> Callable[..., tuple[Part, ...]]:
    """The parts of some facts that are of one kind, actions if no other is named."""
    return _parts


@pytest.fixture(scope="session")
def actions_of() -> Callable[..., tuple[Part, ...]]:
    """The actions that numbered items become under one task chapter."""

    def read(*items: str) -> tuple[Part, ...]:
        numbered = "\n\n".join(f"（{n}）{item}" for n, item in enumerate(items, 1))
        text = f"青河县阅读推广行动计划\n\n一、重点任务\n\n（一）阅读推广\n\n{numbered}\n"
        return _parts(_facts(text))

    return read


def pytest_make_parametrize_id(config: Any, val: Any, argname: str) -> str | None:
    """Chinese cases keep their own letters in test names."""
    return val if isinstance(val, str) and len(val) < 40 else None


@pytest.fixture
def zhengtu(tmp_path, monkeypatch) -> Callable[..., Result]:
    """Runs a command in a folder of its own, where no setting of ours is in force."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "DOCUMENTS", "JOBS"):
        monkeypatch.delenv(f"ZHENGTU_{name}", raising=False)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
