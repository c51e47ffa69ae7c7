"""Plans of one part, put together by hand."""

from collections.abc import Callable

import pytest

from kg_build.model import (
    Document,
    Evidence,
    Facts,
    FrontMatter,
    Part,
    PartKind,
    Responsibility,
    Role,
    Source,
    Span,
    Target,
)

OnePart = Callable[..., tuple[Document, Facts]]


@pytest.fixture(scope="session")
def one_part() -> OnePart:
    """A plan that is one part: its title and then its text, with its units and targets."""

    def made(
        title: str,
        body: str = "",
        *,
        kind: PartKind = PartKind.ACTION,
        units: tuple[str, ...] = (),
        targets: tuple[Target, ...] = (),
    ) -> tuple[Document, Facts]:
        text = title + body
        owed = tuple(Responsibility(u, Role.LEAD, _found(text, u)) for u in units)
        part = Part(
            eid="act_1",
            kind=kind,
            number="1",
            title="".join(title.split()),
            text=body,
            evidence=Evidence(Span(0, len(title)), "test"),
            span=Span(0, len(text)),
            responsibilities=owed,
            targets=targets,
        )
        document = Document("plan", text, (), Source("plan.txt", "text/plain", "utf-8", "0"))
        return document, Facts(FrontMatter(), parts=(part,))

    return made


def _found(text: str, words: str) -> Evidence:
    start = text.index(words)
    return Evidence(Span(start, start + len(words)), "test")
