"""What validation found, as values and as text to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

__all__ = ["Report", "Result", "Severity", "merge", "render"]


class Severity(StrEnum):
    """How much a result matters: a violation is an error of the graph, the others are findings."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Result:
    """One finding. `shape`, `focus`, `path` and `value` are IRIs or text, "" where there is none.

    `subject` is what a reader should look at: the focus, or the thing that a finding about a whole
    plan or text points at; `about_zh` and `about_en` name it in words.
    """

    severity: Severity
    message_zh: str
    message_en: str
    focus: str
    path: str
    shape: str
    value: str
    subject: str = ""
    about_zh: str = ""
    about_en: str = ""

    @property
    def place(self) -> tuple[int, str, str, str, str]:
        """Where the result stands in a report: severity, then shape, then focus and value."""
        return _ORDER.index(self.severity), self.shape, self.focus, self.value, self.path


@dataclass(frozen=True, slots=True)
class Report:
    """Results by severity and shape; equal reports have equal results in equal order."""

    results: tuple[Result, ...] = ()

    @property
    def violations(self) -> tuple[Result, ...]:
        """Results that say the graph itself is wrong."""
        return tuple(r for r in self.results if r.severity is Severity.VIOLATION)

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; findings about documents do not count."""
        return not self.violations


_ORDER = tuple(Severity)
_HEADINGS = {
    "zh": {Severity.VIOLATION: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {
        Severity.VIOLATION: "Violations",
        Severity.WARNING: "Warnings",
        Severity.INFO: "Remarks",
    },
}
_MORE = {"zh": "…… 另有 {} 项", "en": "… and {} more"}
_CLEAN = {"zh": "未发现问题。", "en": "Nothing was found."}


def merge(reports: Iterable[Report]) -> Report:
    """One report of several, without repeats."""
    results = {result for report in reports for result in report.results}
    return Report(tuple(sorted(results, key=lambda r: r.place)))


def render(report: Report, language: str = "zh", *, most: int = 20) -> str:
    """The report as lines of text in `zh` or `en`, by severity and shape, things named in words.

    At most `most` results of a shape are listed; the rest is counted.
    """
    if not report.results:
        return _CLEAN[language] + "\n"
    return "\n".join(_lines(report, language, most)) + "\n"


def _lines(report: Report, language: str, most: int) -> Iterator[str]:
    for severity, found in groupby(report.results, key=lambda r: r.severity):
        of_severity = list(found)
        yield f"{_HEADINGS[language][severity]} ({len(of_severity)})"
        for _, alike in groupby(of_severity, key=lambda r: r.shape):
            results = list(alike)
            yield _heading(results, language)
            yield from (_line(result, language) for result in results[:most])
            if len(results) > most:
                yield "    " + _MORE[language].format(len(results) - most)


def _heading(results: list[Result], language: str) -> str:
    message = results[0].message_zh if language == "zh" else results[0].message_en
    return f"  {message}  [{results[0].shape.rpartition('#')[2]}] ({len(results)})"


def _line(result: Result, language: str) -> str:
    about = result.about_zh if language == "zh" else result.about_en
    return f"    · {about}  <{result.subject}>" if about else f"    · <{result.subject}>"
