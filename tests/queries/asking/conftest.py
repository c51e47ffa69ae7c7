"""The fixture graph: three invented plans and the project's own vocabularies."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg_build.links import Indicator, Link
from kg_build.model import (
    Citation,
    Deadline,
    Document,
    Evidence,
    Facts,
    FrontMatter,
    Member,
    Mention,
    Part,
    PartKind,
    Responsibility,
    Role,
    Seat,
    Source,
    Span,
    Status,
    Target,
    UnitLink,
    WorkGroup,
)
from kg_build.rdf import graphs, iris
from kg_build.rdf.describe import describe
from kg_build.rdf.nquads import nquads
from ontology import vocabulary_files
from queries.asking import Answer, Asker
from queries.stores import Store, open_store

HERE = Path(__file__).parent
FUNCTIONS = {
    "教育": "education",
    "体育": "sports",
    "住建": "housing-construction",
    "卫": "health",
    "妇": "womens-federation",
    "城管": "urban-management",
}


class Maker:
    """Facts of one invented plan, each with a span of the text that is made along."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.text = ""

    def evidence(self, quote: str) -> Evidence:
        if quote not in self.text:
            self.text += quote + "\n"
        start = self.text.index(quote)
        return Evidence(Span(start, start + len(quote)), "test")

    def link(self, name: str) -> UnitLink:
        functions = tuple(code for stem, code in FUNCTIONS.items() if stem in name)
        return UnitLink(name, name, self.plan["place"], name.startswith("各"), functions)

    def owed(self, units: Iterable[list[str]]) -> tuple[Responsibility, ...]:
        return tuple(
            Responsibility(name, Role(role), self.evidence(name), link=self.link(name))
            for name, role in units
        )

    def target(self, row: list[Any]) -> Target:
        measure, comparator, value, unit, year, quote, *national = row
        links = tuple(
            Link(iris.local("national", *code.split("/")), "exactMatch", "test")
            for code in national
        )
        return Target(
            measure,
            comparator,
            Decimal(value),
            unit,
            year,
            value + unit,
            self.evidence(quote),
            indicator=Indicator(measure, links),
        )

    def topics(self, row: dict[str, Any], seen: Evidence) -> Iterator[Mention]:
        for key, main in (("topics", True), ("mentions", False)):
            for code in row.get(key, ()):
                yield Mention(iris.concept("topic", code), main, seen)

    def deadline(self, row: list[Any]) -> Deadline:
        year, month, wording = row
        return Deadline(year, month, wording, self.evidence(wording))

    def action(self, row: dict[str, Any], eid: str, domain: str) -> Part:
        self.evidence(row["text"])
        seen = self.evidence(row["title"])
        return Part(
            f"{domain}__{eid}",
            PartKind.ACTION,
            eid,
            row["title"],
            row["text"],
            seen,
            seen.span,
            domain=domain,
            deadline=self.deadline(row["due"]) if "due" in row else None,
            responsibilities=self.owed(row["units"]),
            targets=tuple(
                replace(
                    self.target(target), responsibilities=self.owed(row.get("units_of_targets", ()))
                )
                for target in row.get("targets", ())
            ),
            topics=tuple(self.topics(row, seen)),
        )

    def parts(self) -> Iterator[Part]:
        count = 0
        for n, domain in enumerate(self.plan["domain"], start=1):
            seen, eid = self.evidence(domain["title"]), f"dom_{n}"
            yield Part(eid, PartKind.DOMAIN, str(n), domain["title"], "", seen, seen.span)
            for row in domain["action"]:
                count += 1
                yield self.action(row, f"act_{count}", eid)

    def groups(self) -> Iterator[WorkGroup]:
        for group in self.plan.get("group", ()):
            members = [(group["lead"], Seat.LEAD), *((n, Seat.MEMBER) for n in group["members"])]
            yield WorkGroup(
                group["name"],
                None,
                tuple(Member(n, seat, self.evidence(n), self.link(n)) for n, seat in members),
                self.evidence(group["name"]),
            )

    def front(self) -> FrontMatter:
        plan = self.plan
        return FrontMatter(
            title=plan["title"],
            issuers=tuple(plan.get("issuers", ())),
            document_number=plan.get("number"),
            date_signed=date.fromisoformat(plan["signed"]) if "signed" in plan else None,
            date_issued=date.fromisoformat(plan["issued"]) if "issued" in plan else None,
            period_start=plan["period"][0],
            period_end=plan["period"][1],
            place_code=plan["place"],
            status=Status(plan["status"]),
            citations=tuple(
                Citation(title, number or None, self.evidence(title))
                for title, number in plan.get("cites", ())
            ),
            evidence=(("title", self.evidence(plan["title"])),),
        )

    def quads(self) -> bytes:
        slug = self.plan["slug"]
        issuers = tuple(self.link(name) for name in self.plan.get("issuers", ()))
        facts = Facts(
            self.front(),
            tuple(self.parts()),
            work_groups=tuple(self.groups()),
            issuer_links=issuers,
        )
        source = Source(slug + ".txt", "text/plain", "utf-8", "0" * 64)
        return nquads(describe(Document(slug, self.text, (), source), facts), slug=slug)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The invented plans and every vocabulary, in memory."""
    plans = tomllib.loads((HERE / "plans.toml").read_text(encoding="utf-8"))["plan"]
    path = tmp_path_factory.mktemp("asking") / "graph.nq"
    with path.open("wb") as file:
        for plan in plans:
            file.write(Maker(plan).quads())
        for vocabulary in vocabulary_files():
            graph = ox.NamedNode(graphs.vocabulary(vocabulary.name))
            triples = ox.parse(vocabulary.read_bytes(), format=ox.RdfFormat.TURTLE)
            quads = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            ox.serialize(quads, file, format=ox.RdfFormat.N_QUADS)
    return open_store(f"memory:{path}")


@pytest.fixture(scope="session")
def asker(store: Store) -> Asker:
    """One asker over the invented plans."""
    return Asker(store)


def unmet(answer: Answer, case: dict[str, Any]) -> list[str]:
    """What an answer lacks of what its case says; nothing where it is as it should be."""
    if "refused" in case:
        right = not answer.understood and case["refused"] in answer.message and not answer.rows
        return [] if right else [answer.message or answer.reading]
    said: dict[str, list[str]] = {}
    for chip in answer.chips:
        said.setdefault(chip.kind, []).append(chip.label)
    lacks = [] if answer.understood else [answer.message]
    for kind, labels in case.get("where", {}).items():
        if sorted(said.get(kind, [])) != sorted(labels):
            lacks.append(f"{kind}: {said.get(kind)}, {answer.reading}")
    for wanted in case.get("rows", ()):
        if not any(all(any(t in c for c in row) for t in wanted) for row in answer.rows):
            lacks.append(f"{wanted} in {answer.rows}, {answer.reading}")
    for name, found in (("query", answer.query), ("count", len(answer.rows))):
        if case.get(name, found) != found:
            lacks.append(f"{name}: {found}, {answer.reading}")
    if case.get("message", "") not in answer.message:
        lacks.append(answer.message)
    return lacks


@pytest.fixture(scope="session")
def lacks() -> Callable[[Answer, dict[str, Any]], list[str]]:
    """Tells what an answer lacks of what its case says."""
    return unmet
