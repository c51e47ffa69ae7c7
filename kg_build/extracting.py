"""One file's facts, or the report on how it was read, in the form asked for."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from kg_build.errors import BuildError
from kg_build.model import Issue
from kg_build.pipeline import build, reported
from kg_build.readers.confined import Limits
from kg_build.report import IssueKind, as_json, as_text

__all__ = ["Written", "check_names", "writer"]

#: content, what the name of its file ends with, and what was not understood
Written = tuple[bytes, str, Iterable[Issue | IssueKind]]


def writer(form: str | None, *, wants_report: bool) -> Callable[[Path, Limits], Written]:
    """What reads a file and writes it in a form; none given is JSON, of a report text.

    Raises: BuildError for a form that facts or reports do not have.
    """
    write = _FORMS.get((wants_report, form))
    if write is None:
        zh, en = ("报告", "reports") if wants_report else ("事实", "facts")
        raise BuildError(f"--format {form}：{zh}没有这种格式 / no form of {en}")
    return write


def check_names(files: Iterable[Path], out: Path | None) -> None:
    """Two inputs may not become the same output file. Raises: BuildError."""
    seen: dict[str, Path] = {}
    for path in files if out else ():
        if path.stem in seen:
            raise BuildError(
                f"{path}: 与 {seen[path.stem]} 同名，输出会互相覆盖 / "
                f"same name as {seen[path.stem]}: one output would replace the other"
            )
        seen[path.stem] = path


def _plan_json(path: Path, limits: Limits) -> Written:
    built = build(path, limits)
    return built.plan_json.encode(), ".json", built.issues


def _plan_quads(path: Path, limits: Limits) -> Written:
    built = build(path, limits)
    return built.nquads, ".nq", built.issues


def _report_text(path: Path, limits: Limits) -> Written:
    found = reported(path, limits)
    return as_text(found).encode(), ".report.txt", found.issues


def _report_json(path: Path, limits: Limits) -> Written:
    found = reported(path, limits)
    text = json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"
    return text.encode(), ".report.json", found.issues


_FORMS: dict[tuple[bool, str | None], Callable[[Path, Limits], Written]] = {
    (False, None): _plan_json,
    (False, "json"): _plan_json,
    (False, "nquads"): _plan_quads,
    (True, None): _report_text,
    (True, "text"): _report_text,
    (True, "json"): _report_json,
}
