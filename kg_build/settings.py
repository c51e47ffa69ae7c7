"""The one table of settings, and the only reader of the environment and the settings file.

Order: flag > environment (`ZHENGTU_PORT`) > file (`zhengtu.toml`) > default.
`docs/settings.md` is generated from this table.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from kg_build.errors import SettingsError

__all__ = ["FILE", "PREFIX", "Settings", "load"]

FILE = "zhengtu.toml"
PREFIX = "ZHENGTU_"

T = TypeVar("T")


def _setting(default: T, zh: str, en: str, **bounds: int) -> T:
    return field(default=default, metadata={"zh": zh, "en": en, **bounds})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may change."""

    documents: Path = _setting(  # noqa: RUF009 (a Path does not change)
        Path("documents"), "计划文件所在的文件夹。", "The folder of plans to build from."
    )
    data: Path = _setting(  # noqa: RUF009
        Path(".zhengtu"), "存放图谱各代的文件夹。", "The folder of the graph's generations."
    )
    jobs: int = _setting(
        0,
        "同时读几个文件；0 表示与处理器核数相同。",
        "How many documents are read at the same time; 0 is one per processor.",
        minimum=0,
    )
    engine: str = _setting(
        "local",
        "由什么读文件：local（本机多进程）、serial（本进程，便于查错）、spark、dask。",
        "What reads the documents: local (processes of this machine), serial (this process, to "
        "look into faults), spark or dask.",
    )
    cluster: str = _setting(
        "",
        "Spark 或 Dask 集群的地址；空为本机。数据文件夹须为各机器共用。",
        "The address of the Spark or Dask cluster, whose machines must share the data folder; "
        "empty is this machine.",
    )
    document_seconds: int = _setting(
        300,
        "读一个文件最多用时（秒），超时即放弃该文件；集群另有自己的限制。",
        "How many seconds a document may take before it is left out; clusters have limits of "
        "their own.",
        minimum=1,
    )
    read_seconds: int = _setting(
        60,
        "解析一份 PDF、HTML 或 Word 文件最多用时（秒），超时即停止。",
        "How many seconds parsing a PDF, HTML or Word file may take before it is stopped.",
        minimum=1,
    )
    read_memory_mb: int = _setting(
        1024,
        "解析一份 PDF、HTML 或 Word 文件最多占用的内存（MB）。",
        "How much memory in MB parsing a PDF, HTML or Word file may take.",
        minimum=256,
    )
    host: str = _setting(
        "127.0.0.1",
        "网页服务监听的地址；0.0.0.0 对所有网络开放。",
        "The address the pages are served at; 0.0.0.0 opens them to every network.",
    )
    port: int = _setting(
        8000,
        "网页服务的端口；0 由系统选择。",
        "The port the pages are served at; 0 lets the system choose.",
        minimum=0,
        maximum=65535,
    )
    workers: int = _setting(
        2, "回答访客查询的进程数。", "How many processes answer visitors' queries.", minimum=1
    )
    site: str = _setting(
        "",
        "网页的公开地址，智能体的引文指向它；空为 http://host:port。",
        "The public address of the pages, at which citations given to agents point; empty is "
        "http://host:port.",
    )
    query_seconds: int = _setting(
        10,
        "一次访客查询最多用时（秒），超时即停止。",
        "How many seconds a visitor's query may take before it is stopped.",
        minimum=1,
    )
    query_memory_mb: int = _setting(
        2048,
        "一个查询进程最多占用的内存（MB）。",
        "How much memory in MB a process that answers queries may take.",
        minimum=256,
    )
    max_rows: int = _setting(
        100_000,
        "一次访客查询最多返回的行数。",
        "How many rows a visitor's query may return.",
        minimum=1,
    )
    max_bytes: int = _setting(
        64 * 1024 * 1024,
        "一次访客查询的结果最多多少字节。",
        "How many bytes the answer to a visitor's query may have.",
        minimum=1024,
    )


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force; a flag that is None was not given.

    **Raises:** SettingsError for an unknown name or a value that cannot be used, naming its origin.
    """
    environment = os.environ if environment is None else environment
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, object] = {}
    for name, value, origin in (
        *_from_file(file or Path(FILE), required=file is not None),
        *_from_environment(environment, known),
        *((n, v, f"--{n.replace('_', '-')}") for n, v in (flags or {}).items() if v is not None),
    ):
        if name not in known:
            raise SettingsError(
                f"{origin}：没有名为 {name} 的设置；可用的有 · no setting {name}; there are: "
                + ", ".join(known)
            )
        values[name] = _value(known[name], value, origin)
    return Settings(**values)  # type: ignore[arg-type]


def _from_file(path: Path, *, required: bool) -> Iterator[tuple[str, object, str]]:
    if not path.exists() and not required:
        return
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}：无法读取设置文件 · cannot be read: {error}") from error
    for name, value in table.items():
        yield name, value, str(path)


def _from_environment(
    environment: Mapping[str, str], known: Mapping[str, Field[object]]
) -> Iterator[tuple[str, object, str]]:
    for name in known:
        variable = PREFIX + name.upper()
        if environment.get(variable):
            yield name, environment[variable], variable


def _value(setting: Field[object], value: object, origin: str) -> object:
    """The value in the type of its setting, within its bounds."""
    if not isinstance(setting.default, int):
        return type(setting.default)(str(value))  # type: ignore[call-arg]
    try:
        number = int(str(value))
    except ValueError as error:
        raise SettingsError(
            f"{origin}：{setting.name} 应为整数，不是 {value!r} · must be a whole number"
        ) from error
    low = setting.metadata["minimum"]
    high = setting.metadata.get("maximum", number)
    if not low <= number <= high:
        raise SettingsError(
            f"{origin}：{setting.name} 不能是 {number}，最小 {low}"
            + (f"，最大 {high}" if "maximum" in setting.metadata else "")
            + " · out of bounds"
        )
    return number
