"""A report in words, Chinese first, columns aligned by the width of wide characters; or as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any
from unicodedata import east_asian_width

from kg_build.report.figures import Passage, Report, Sign, Understood

__all__ = ["as_json", "as_text"]

_MARGIN = 26
_WIDE = "WF"
_SHOWN = 10  # passages listed of each kind; JSON has all
_LONGEST_QUOTE = 60
_ZH = {
    "action": "任务",
    "age": "年龄",
    "amount": "金额",
    "baseline": "基数现状",
    "date": "时间",
    "document number": "文号",
    "measure name": "指标名称",
    "name": "名称",
    "other": "其他",
    "points": "分值",
    "quoted name": "书名引语",
    "structure": "编号",
    "chapter": "章",
    "citation": "引用",
    "covering notice": "印发通知",
    "deadline": "期限",
    "domain": "领域",
    "front matter": "题头落款",
    "goals": "目标",
    "member": "专班成员",
    "overview": "总体要求",
    "preface": "引言",
    "programme": "专项行动",
    "responsibility": "责任",
    "safeguard": "保障措施",
    "table heading": "表头",
    "table row": "表格行",
    "terms": "术语",
    "target": "指标目标",
    "unit of target": "指标责任单位",
    "title": "标题",
    "work group": "专班",
    "understood": "已理解",
    "partly": "部分理解",
    "not": "未理解",
}


def as_json(report: Report) -> dict[str, Any]:
    """The report with all its passages, as JSON values."""
    whole = asdict(report)
    return {
        **whole,
        "further": [{"title": title, "kind": kind} for title, kind in report.further],
        "facts": dict(report.facts),
        "rules": dict(report.rules),
        "unsure": dict(report.unsure),
        "confidence": {str(c): n for c, n in report.confidence},
        "sentences": {
            "count": len(report.sentences),
            "in_known_part": report.known,
            "in_fact": report.stated,
            "by_part": dict(report.sentences_by_part),
            "unowned": [asdict(p) for p in report.unowned],
        },
        "numbers": {
            "count": len(report.numbers),
            "explained": report.explained,
            "by_kind": dict(report.numbers_by_kind),
            "unexplained": [asdict(p) for p in report.unexplained],
        },
        "signs": {
            "by_outcome": dict(report.signs_by_outcome),
            "not_understood": [
                {**asdict(s), "understood": str(s.understood)} for s in _not_understood(report)
            ],
        },
    }


def as_text(report: Report) -> str:
    """The report as lines of text; long lists are cut, and say so."""
    lines = [*_document(report), *_coverage(report), *_tags(report), *_numbers(report)]
    lines += [*_facts(report), *_issues(report), *_unread(report)]
    return "\n".join(lines) + "\n"


def _document(report: Report) -> Iterator[str]:
    yield _row("文件 file", f"{report.file} · {report.media_type} {report.encoding}".rstrip())
    yield _row("标题 title", f"{report.title or '—'} · {report.kind}")
    for title, kind in report.further:
        yield _row("另有 further", f"{title or '—'} · {kind}")
    counts = [("页 pages", report.pages), ("段落 paragraphs", report.paragraphs)]
    yield _row(
        "篇幅 size",
        _listed([*counts, ("表格 tables", report.tables), ("单元格 cells", report.cells)]),
    )


def _coverage(report: Report) -> Iterator[str]:
    yield _row("句子 sentences", str(len(report.sentences)))
    yield _row("  在已知部分 in a part", f"{report.known:.1%}")
    yield _row("", _listed(_in_both(report.sentences_by_part)))
    yield _row("  在事实中 in a fact", f"{report.stated:.1%}")


def _tags(report: Report) -> Iterator[str]:
    yield _row("责任标注 duty tags", _listed(_in_both(report.signs_by_outcome)))
    yield from _passages(
        [_left(sign) for sign in _not_understood(report)], "未全理解 not fully understood"
    )


def _left(sign: Sign) -> Passage:
    left = "、".join(sign.left)
    return Passage(sign.passage.start, sign.passage.end, f"{sign.passage.quote} ← {left}")


def _not_understood(report: Report) -> Sequence[Sign]:
    return [s for s in report.signs if s.understood is not Understood.WHOLLY]


def _numbers(report: Report) -> Iterator[str]:
    yield _row("数值 numbers", str(len(report.numbers)))
    yield _row("  已解释 explained", f"{report.explained:.1%}")
    yield _row("", _listed(_in_both(report.numbers_by_kind)))
    yield from _passages(report.unexplained, "未解释 unexplained")


def _facts(report: Report) -> Iterator[str]:
    yield _row("事实 facts", _listed(_in_both(report.facts)))
    yield _row("  把握不足 unsure", _listed(_in_both(report.unsure)) or "0")
    yield _row("  可信度 confidence", _listed((f"{c}:", n) for c, n in report.confidence))
    yield _row("  规则 rules", _listed(report.rules))


def _issues(report: Report) -> Iterator[str]:
    yield _row("问题 issues", str(sum(kind.count for kind in report.issues)))
    for kind in report.issues:
        yield _row(f"  {kind.code}", f"{kind.count} · {kind.severity}")
        yield from (_row("", _place(p)) for p in kind.first)


def _unread(report: Report) -> Iterator[str]:
    yield from _passages(report.unowned, "未归入句子 unowned")


def _passages(found: Sequence[Passage], name: str) -> Iterator[str]:
    if not found:
        return
    yield _row(name, str(len(found)))
    yield from (_row("", _place(p)) for p in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield _row("", f"…… 另有 {len(found) - _SHOWN} 处 more")


def _place(passage: Passage) -> str:
    quote = passage.quote
    short = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + "…"
    return f"{passage.start}–{passage.end}「{short}」"


def _row(name: str, value: str) -> str:
    wide = sum(east_asian_width(c) in _WIDE for c in name)
    return (name + " " * max(1, _MARGIN - len(name) - wide) + value).rstrip()


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{name} {count}" for name, count in counts)


def _in_both(counts: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    yield from ((f"{_ZH[name]} {name}" if name in _ZH else name, n) for name, n in counts)
