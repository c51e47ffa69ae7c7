"""Named queries: `.rq` files whose `#+` header says what they ask, for whom and with what.

The header is comment lines, so the file stays plain SPARQL: `title_zh`, `title_en`,
`description_zh`, `description_en` (each may take several lines),
`param: NAME KIND "中文" "English" [default=VALUE] [many] [optional]`,
`column: NAME "中文" "English"` and `case: NAME=VALUE … [rows=N]`.
"""

import shlex
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from queries.errors import QueryRejected, UnknownQuery

__all__ = ["Case", "Column", "Kind", "NamedQuery", "Parameter", "named", "names", "read"]

Kind = Literal["iri", "string", "integer", "decimal", "year", "date"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes; `many` takes several, `optional` none."""

    name: str
    kind: Kind
    title_zh: str
    title_en: str
    default: str | None = None
    many: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a named query's answer."""

    name: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Case:
    """Values to try a named query with, and how many rows they give on the sample corpus."""

    values: tuple[tuple[str, str], ...]
    rows: int | None = None


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
        cases=tuple(_case(line) for line in header["case"]),
        text=text,
    )


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
})


def _header(name: str, text: str) -> defaultdict[str, list[str]]:
    header: defaultdict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        key, colon, value = line.removeprefix("#+").partition(":")
        if not colon or key.strip() not in _KEYS:
            raise QueryRejected(
                f"{name}.rq:{number}：不认识的说明行 unknown header line {line!r}；"
                f"可用 use one of {', '.join(sorted(_KEYS))}",
                number,
                1,
            )
        header[key.strip()].append(value.strip())
    return header


def _parameter(name: str, line: str) -> Parameter:
    parts = shlex.split(line)
    if len(parts) < 4 or parts[1] not in get_args(Kind):
        raise QueryRejected(
            f'{name}.rq：应为 expected #+ param: NAME KIND "中文" "English"，'
            f"KIND: {', '.join(get_args(Kind))}；见 found {line!r}"
        )
    flags = parts[4:]
    default = next((f.removeprefix("default=") for f in flags if f.startswith("default=")), None)
    kind: Kind = parts[1]  # type: ignore[assignment]  # checked above
    return Parameter(
        parts[0], kind, parts[2], parts[3], default, "many" in flags, "optional" in flags
    )


def _column(name: str, line: str) -> Column:
    parts = shlex.split(line)
    if len(parts) != 3:
        raise QueryRejected(
            f'{name}.rq：应为 expected #+ column: NAME "中文" "English"；见 found {line!r}'
        )
    return Column(*parts)


def _case(line: str) -> Case:
    pairs = [part.partition("=") for part in shlex.split(line)]
    rows = next((int(value) for key, _, value in pairs if key == "rows"), None)
    return Case(tuple((key, value) for key, _, value in pairs if key != "rows"), rows)
