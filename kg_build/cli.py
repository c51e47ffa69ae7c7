"""The command line: joins the rooms, holds no logic of theirs, is imported by none.

Exit codes: 0 good, 1 findings (violations, documents that could not be read), 2 misuse.
Results go to standard output, progress and messages to standard error.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import wraps
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TextIO, TypeVar

import click

from kg_build import printing
from kg_build import settings as settings_
from kg_build.engines import ENGINES
from kg_build.errors import BuildError

if TYPE_CHECKING:
    from queries.stores.port import Store
    from shapes import Report

__all__ = ["main"]

P = ParamSpec("P")
R = TypeVar("R")

_FINDINGS, _MISUSE = 1, 2
_EXPORTS = ("nquads", "turtle", "jsonld", "csv", "sssom")


def _say(message: str) -> None:
    click.echo(message, err=True)


def _errors_named(command: Callable[P, R]) -> Callable[P, R]:
    """Turns the rooms' errors into one line and exit code 2."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        from queries.errors import QueryError

        try:
            return command(*args, **kwargs)
        except (BuildError, QueryError) as error:
            _say(f"错误 error: {error}")
            sys.exit(_MISUSE)

    return guarded


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhengtu")
def main() -> None:
    """政图 Zhengtu: government plans as a knowledge graph, every fact with its sentence."""


# -- build --------------------------------------------------------------------------------


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--jobs", type=int, help="Documents read at the same time; 0: one per processor.")
@click.option(
    "--engine", type=click.Choice(ENGINES), help="What reads them: processes, or a cluster."
)
@_errors_named
def build(folder: Path | None, data: Path | None, jobs: int | None, engine: str | None) -> None:
    """Build the graph from a folder of plans, validate it and switch to it.

    An unchanged document costs nothing. A document that cannot be read, or not in time, or whose
    own graph has violations, is named and left out; the others are served (exit code 1).
    """
    from kg_build.building import build_graph

    chosen = settings_.load({"documents": folder, "data": data, "jobs": jobs, "engine": engine})
    outcome = build_graph(chosen, say=_say, progress=_progress)
    sys.exit(0 if outcome.is_clean else _FINDINGS)


def _progress(results: Iterable[Any], total: int) -> Iterable[Any]:
    from tqdm import tqdm

    return tqdm(results, total=total, unit="份", desc="读取 reading", disable=total == 0)


def _rendered(report: "Report", language: str = "zh") -> str:
    from shapes import render

    return render(report, language)


# -- extract ------------------------------------------------------------------------------


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "nquads", "text"]))
@click.option("--report", "wants_report", is_flag=True, help="What was read and what was not.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="One file per input here."
)
@_errors_named
def extract(
    files: tuple[Path, ...], form: str | None, wants_report: bool, out: Path | None
) -> None:
    """Read plans and print what they say, as plan JSON or N-Quads.

    With --report, print instead what was read and what was not, as text or JSON.
    A file that cannot be read is named and the others go on (exit code 1).
    """
    from kg_build.errors import UnreadableSource
    from kg_build.extracting import check_names, writer
    from kg_build.readers.confined import Limits

    chosen = settings_.load()
    limits = Limits(chosen.read_seconds, chosen.read_memory_mb)
    check_names(files, out)
    write = writer(form, wants_report=wants_report)
    failed = False
    for path in files:
        try:
            content, ending, issues = write(path, limits)
        except UnreadableSource as error:
            _say(f"错误 error: {error}")
            failed = True
            continue
        failed |= printing.has_no_structure(path, issues)
        printing.deliver([content], out and out / (path.stem + ending))
    sys.exit(_FINDINGS if failed else 0)


# -- check --------------------------------------------------------------------------------


@main.command()
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@_errors_named
def check(data: Path | None, language: str) -> None:
    """Validate the graph and ask it the questions it is promised to answer.

    Exit code 1 where there are violations or a promised question fails. Findings about the
    documents themselves, and what they do not speak of, are no violations.
    """
    from kg_build.checking import checked, promises, told

    chosen = settings_.load({"data": data})
    report = checked(chosen.data, jobs=chosen.jobs or cpu_count() or 1)
    click.echo(_rendered(report, language))
    outcomes = promises(chosen)
    click.echo("\n".join(told(outcomes, language)))
    failing = any(outcome.state == "failing" for outcome in outcomes)
    sys.exit(_FINDINGS if report.violations or failing else 0)


# -- ask and query ------------------------------------------------------------------------


@main.command()
@click.argument("question")
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="K:V",
    help="Put a condition, such as place:320506 or topic:公园; may be repeated.",
)
@click.option(
    "--drop", "drops", multiple=True, metavar="K", help="Take a condition away; may be repeated."
)
@click.option("--after", default="", help="The question that this one follows: 周村区呢？")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@_errors_named
def ask(
    question: str,
    sets: tuple[str, ...],
    drops: tuple[str, ...],
    after: str,
    data: Path | None,
    form: str,
) -> None:
    """Answer a question in plain Chinese or English; exit code 1 where it is not understood."""
    from queries.asking import Asker

    asker = Asker(_opened(data))
    answer = asker.ask(question, sets=sets, drops=drops, after=after).as_json()
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        printing.print_answer(answer)
    sys.exit(0 if answer["understood"] else _FINDINGS)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--only",
    "chosen",
    multiple=True,
    metavar="K=V",
    help="Only what has this kind, place, national, domain or year; may be repeated.",
)
@click.option("--size", type=click.IntRange(1), default=20, help="How many hits to print.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@_errors_named
def search(
    words: tuple[str, ...], chosen: tuple[str, ...], size: int, data: Path | None, form: str
) -> None:
    """Search names, texts, units and indicators; exit code 1 where nothing has all the words."""
    from queries.search import search as searched
    from queries.search.opening import open_index

    index = open_index(f"path:{settings_.load({'data': data}).data}")
    found = searched(index, " ".join(words), chosen=printing.pairs(chosen), window=range(size))
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        printing.print_found(found)
    sys.exit(0 if found.total else _FINDINGS)


@main.command()
@click.argument("file")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="K=V",
    help="A parameter of the query, by IRI or name; may be repeated.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--endpoint", help="Ask this SPARQL endpoint instead of the own graph.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@_errors_named
def query(
    file: str, params: tuple[str, ...], data: Path | None, endpoint: str | None, form: str
) -> None:
    """Run a query: a .rq file, or a name of the catalogue such as competency/plans."""
    from queries.answers.choices import Choices
    from queries.binding import bind
    from queries.catalog import named, read

    path = Path(file)
    found = read(path.stem, path.read_text("utf-8")) if path.is_file() else named(file)
    store = _opened(data, endpoint)
    text = bind(found, Choices(store).resolved(found, printing.pairs(params)))
    if form == "table":
        table = store.select(text)
        printing.print_table(table)
        return
    media_type = "text/csv" if form == "csv" else "application/sparql-results+json"
    sys.stdout.buffer.write(store.answer(text, media_type))


def _opened(data: Path | None, endpoint: str | None = None) -> "Store":
    from queries.stores import open_store

    return open_store(endpoint or f"path:{settings_.load({'data': data}).data}")


# -- serve and export ---------------------------------------------------------------------


@main.command()
@click.option("--host", help="Address to serve at.")
@click.option("--port", type=int, help="Port to serve at; 0 lets the system choose.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@_errors_named
def serve(host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the pages and the SPARQL endpoint."""
    from kg_build.serving import serve as serve_site

    serve_site(settings_.load({"host": host, "port": port, "data": data}), say=_say)


@main.command()
@click.option("--http", is_flag=True, help="Serve streamable HTTP at /mcp, not standard input.")
@click.option("--host", help="Address of --http.")
@click.option("--port", type=int, help="Port of --http; without it 8001.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@_errors_named
def mcp(http: bool, host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the graph to agents over the Model Context Protocol (see docs/agents.md)."""
    from kg_build.agents import serve as serve_agents

    chosen = settings_.load({"data": data})
    serve_agents(chosen, (host or "127.0.0.1", port or 8001) if http else None)


@main.command()
@click.option("--format", "form", type=click.Choice(_EXPORTS), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="File to write; for csv a folder.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@_errors_named
def export(form: str, out: Path | None, data: Path | None) -> None:
    """Write the graph as N-Quads, Turtle or JSON-LD, or as CSV tables into a folder.

    The format sssom is the links between indicators as a mapping set (TSV).
    """
    from kg_build.exporting import export_mappings, export_rdf, export_tables

    folder = settings_.load({"data": data}).data
    if form == "csv":
        if out is None:
            raise BuildError(
                "CSV 是几张表，请用 --out 指定文件夹 / CSV is several tables: give --out"
            )
        for path in export_tables(folder, out):
            _say(f"已写入 wrote {path}")
        return
    printing.deliver(export_mappings(folder) if form == "sssom" else export_rdf(folder, form), out)
    if out:
        _say(f"已写入 wrote {out}")


@main.command()
@click.option(
    "--review",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Write the table in which people decide on links; links.review.csv of the documents.",
)
@click.option(
    "--units",
    type=click.File("w", encoding="utf-8"),
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    help="Print, or write, the units in whose names no function was found, as CSV.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@_errors_named
def link(review: str | None, units: TextIO | None, data: Path | None) -> None:
    """Count the links between indicators, or write them as a table for people to correct.

    A build takes up what the table links.review.csv beside the documents decides.
    """
    from kg_build.readers.review import FILE
    from kg_build.reviewing import tally, write_table
    from kg_build.unknown_units import table_of_unknown

    store = _opened(data)
    if units:
        units.write(table_of_unknown(store))
        return
    if review is None:
        for strength, count in tally(store).items():
            click.echo(f"{strength}\t{count}")
        return
    table = Path(review) if review else settings_.load().documents / FILE
    rows = write_table(store, table)
    _say(f"已写入 wrote {table}（{rows} 行 rows）")


@main.command()
@click.argument("iri")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the graph's generations.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@_errors_named
def explain(iri: str, data: Path | None, form: str) -> None:
    """Say why a fact is believed: its words, where they stand, the rule and its confidence.

    IRI is that of an action, responsibility, target, unit, plan or piece of evidence; what follows
    /id/ is enough.
    """
    from kg_build.explaining import as_text
    from ontology import BASE
    from queries.answers.explanation import explanation, nearest
    from queries.answers.inquiry import Inquiry

    iri = (
        iri.strip("<>") if "://" in iri else f"{BASE}id/{iri.removeprefix('/').removeprefix('id/')}"
    )
    inquiry = Inquiry(_opened(data))
    found = explanation(inquiry, iri)
    if found is None:
        _say(f"图谱中没有这个事物 / the graph holds nothing of this: {iri}")
        _say(f"可试 try: {nearest(inquiry, iri) or 'zhengtu query competency/plans'}")
        sys.exit(_FINDINGS)
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        click.echo(as_text(found), nl=False)


if __name__ == "__main__":
    main()
