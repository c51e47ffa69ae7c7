"""Named queries: `.rq` files whose `#+` header says what they ask, for whom and with what.

The header is comment lines, so the file stays plain SPARQL: `title_zh`, `title_en`,
`description_zh`, `description_en` (each may take several lines),
`param: NAME KIND "中文" "English" [default=VALUE] [many] [optional] [choices=LIST] [one_of=A,B]`,
`column: NAME "中文" "English" [link=COLUMN]`, `case: NAME=VALUE … [rows=N]` and, below its case,
`row: COLUMN=VALUE …`. LIST is a query of `queries/choices/`; a column with a link is the name of
what stands in that other column; a row is one that the case's answer holds.
"""

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from queries.errors import QueryRejected, UnknownQuery

__all__ = [
    "Case",
    "Column",
    "Kind",
    "NamedQuery",
    "Parameter",
    "for_people",
    "named",
    "names",
    "read",
    "without_header",
]

_PEOPLE = ("competency", "browse")  # folders, in the order they are shown

Kind = Literal["iri", "string", "integer", "decimal", "year", "date"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes; `many` takes several, `optional` none.

    `choices` names the query that lists the values of the graph; `one_of` are all there can be.
    """

    name: str
    kind: Kind
    title_zh: str
    title_en: str
    default: str | None = None
    many: bool = False
    optional: bool = False
    choices: str = ""
    one_of: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Whether the query asks nothing without it."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a named query's answer; `link` is the column of what it names."""

    name: str
    title_zh: str
    title_en: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Values to try a named query with, and what they give on the sample corpus.

    `rows` is how many, `holds` some of them, each as the columns that it must have.
    """

    values: tuple[tuple[str, str], ...]
    rows: int | None = None
    holds: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that the graph answers; `text` is the whole file, header included."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cases: tuple[Case, ...]
    text: str


@cache
def names() -> tuple[str, ...]:
    """The names of all named queries, `folder/stem`, sorted."""
    return tuple(sorted(_files()))


@cache
def for_people() -> tuple[NamedQuery, ...]:
    """The named queries that people may ask, those for questions first."""
    found = [named(name) for name in names() if name.partition("/")[0] in _PEOPLE]
    return tuple(sorted(found, key=lambda q: (_PEOPLE.index(q.name.partition("/")[0]), q.name)))


@cache
def named(name: str) -> NamedQuery:
    """The named query `name`.

    Raises: `UnknownQuery`, with the names there are; `QueryRejected` for a faulty header.
    """
    path = _files().get(name)
    if path is None:
        valid = "、".join(names())
        raise UnknownQuery(f"没有名为 {name!r} 的查询 no such query；可用 valid names: {valid}")
    return read(name, path.read_text(encoding="utf-8"))


def read(name: str, text: str) -> NamedQuery:
    """The named query that `text` describes.

    Raises: `QueryRejected` where the header lacks a title or has a line that says nothing.
    """
    header = _header(name, text)
    for key in ("title_zh", "title_en", "description_zh", "description_en"):
        if not header[key]:
            raise QueryRejected(f"{name}.rq：缺少 header line missing: #+ {key}: …")
    return NamedQuery(
        name=name,
        title_zh=" ".join(header["title_zh"]),
        title_en=" ".join(header["title_en"]),
        description_zh="".join(header["description_zh"]),
        description_en=" ".join(header["description_en"]),
        parameters=tuple(_parameter(name, line) for line in header["param"]),
        columns=tuple(_column(name, line) for line in header["column"]),
        cases=tuple(map(_case, header["case"])),
        text=text,
    )


def without_header(text: str) -> str:
    """A named query's text without its header."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def _files() -> dict[str, Traversable]:
    return {
        f"{folder.name}/{path.name.removesuffix('.rq')}": path
        for folder in files("queries").iterdir()
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.endswith(".rq")
    }


_KEYS = frozenset({
    "title_zh",
    "title_en",
    "description_zh",
    "description_en",
    "param",
    "column",
    "case",
    "row",
})


def _header(name: str, text: str) -> defaultdict[str, list[str]]:
    """The values of each key; the rows of a case follow it, line by line."""
    header: defaultdict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        key, colon, value = line.removeprefix("#+").partition(":")
        key = key.strip()
        if not colon or key not in _KEYS or (key == "row" and not header["case"]):
            raise QueryRejected(
                f"{name}.rq:{number}：不认识的说明行 unknown header line {line!r}；"
                f"可用 use one of {', '.join(sorted(_KEYS))}",
                number,
                1,
            )
        if key == "row":
            header["case"][-1] += "\n" + value.strip()
        else:
            header[key].append(value.strip())
    return header


def _parameter(name: str, line: str) -> Parameter:
    parts = shlex.split(line)
    if len(parts) < 4 or parts[1] not in get_args(Kind):
        raise QueryRejected(
            f'{name}.rq：应为 expected #+ param: NAME KIND "中文" "English"，'
            f"KIND: {', '.join(get_args(Kind))}；见 found {line!r}"
        )
    flags = dict(_pairs(parts[4:]))
    kind: Kind = parts[1]  # type: ignore[assignment]  # checked above
    return Parameter(
        parts[0],
        kind,
        parts[2],
        parts[3],
        flags.get("default"),
        many="many" in flags,
        optional="optional" in flags,
        choices=flags.get("choices", ""),
        one_of=tuple(flags["one_of"].split(",")) if "one_of" in flags else (),
    )


def _column(name: str, line: str) -> Column:
    parts = shlex.split(line)
    flags = dict(_pairs(parts[3:]))
    if len(parts) < 3 or not flags.keys() <= {"link"}:
        raise QueryRejected(
            f'{name}.rq：应为 expected #+ column: NAME "中文" "English"；见 found {line!r}'
        )
    return Column(parts[0], parts[1], parts[2], flags.get("link", ""))


def _case(lines: str) -> Case:
    given, *rows = (tuple(_pairs(shlex.split(line))) for line in lines.split("\n"))
    count = next((int(value) for key, value in given if key == "rows"), None)
    return Case(tuple(pair for pair in given if pair[0] != "rows"), count, tuple(rows))


def _pairs(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        key, _, value = part.partition("=")
        yield key, value
