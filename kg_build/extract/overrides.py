"""What a person knows better about a document than its text says, set in its metadata file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from kg_build.model import DocumentKind, FrontMatter, Issue, Override, Severity, Span, Status

__all__ = ["overridden"]

_TEXT_FIELDS = {"title", "container_title", "document_number", "place_code", "place"}
_YEAR_FIELDS = {"period_start", "period_end"}
_DATE_FIELDS = {"date_signed", "date_issued"}
_ENUM_FIELDS: dict[str, type[StrEnum]] = {"status": Status, "kind": DocumentKind}


def overridden(
    front: FrontMatter, overrides: Sequence[Override]
) -> tuple[FrontMatter, tuple[Issue, ...]]:
    """The front matter with what the metadata file sets, each noted as an issue of level info."""
    issues = []
    for override in overrides:
        value = _value(override)
        unknown = value is None
        front = front if unknown else _with(front, override.name, value)
        issues.append(_note(override, unknown=unknown))
    return front, tuple(issues)


def _value(override: Override) -> object:
    name, value = override.name, override.value
    if name in _TEXT_FIELDS:
        return value
    try:
        if name in _YEAR_FIELDS:
            return int(value)
        if name in _DATE_FIELDS:
            return date.fromisoformat(value)
        if name in _ENUM_FIELDS:
            return _ENUM_FIELDS[name](value)
    except ValueError:
        return None
    return (value,) if name == "issuer" else None


def _with(front: FrontMatter, name: str, value: object) -> FrontMatter:
    field = "issuers" if name == "issuer" else name
    kept = tuple(e for e in front.evidence if e[0] != name)
    return replace(front, evidence=kept, **{field: value})  # type: ignore[arg-type]


def _note(override: Override, *, unknown: bool) -> Issue:
    code = "override-not-understood" if unknown else "override"
    zh = "元数据文件中的设置无法理解" if unknown else "由元数据文件设定"
    en = "not understood in the metadata file" if unknown else "set by the metadata file"
    severity = Severity.WARNING if unknown else Severity.INFO
    text = f"{override.name} = {override.value}"
    return Issue(code, severity, Span(0, 0), f"{zh}：{text}", f"{text} ({en})")
