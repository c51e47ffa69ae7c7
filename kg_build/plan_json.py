"""Facts as the project's public plan JSON (`docs/plan-json.md`)."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kg_build.lex.view import tidy
from kg_build.model import (
    Deadline,
    Document,
    Facts,
    Issue,
    Part,
    PartKind,
    Responsibility,
    Seat,
    Span,
    Target,
    WorkGroup,
)

__all__ = ["plan_json"]


def plan_json(document: Document, facts: Facts) -> str:
    """The plan as JSON text, keys in a fixed order. Offsets count code points of the text.

    Of a file with several plans the main one, with the others under `further_plans`.
    """
    further = [_whole(document, plan) for plan in facts.further]
    whole = {
        **_whole(document, facts, document.issues),
        **({"further_plans": further} if further else {}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _whole(document: Document, facts: Facts, issues: Sequence[Issue] = ()) -> dict[str, Any]:
    titles = {p.eid: p.title for p in facts.parts}
    kinds: dict[PartKind, list[Part]] = {k: [] for k in PartKind}
    for part in facts.parts:
        kinds[part.kind].append(part)
    number = {"number": facts.number} if facts.number else {}
    return {
        **number,
        "plan": _plan(facts),
        "source": {
            "file": document.source.name,
            "sha256": document.source.sha256,
            "encoding": document.source.encoding,
        },
        "domains": [p.title for p in kinds[PartKind.DOMAIN]],
        "programmes": [_programme(document, p, titles) for p in kinds[PartKind.PROGRAMME]],
        "work_groups": [_work_group(g) for g in facts.work_groups if _lists_members(g)],
        "actions": [_action(document, p, titles) for p in kinds[PartKind.ACTION]],
        "goals": [_indicator(document, t) for t in facts.goals if t.value is not None],
        "qualitative_targets": _qualities(document, facts.goals),
        **_not_read(document, facts.goals),
        "safeguards": [_safeguard(document, p) for p in kinds[PartKind.SAFEGUARD]],
        "issues": [_issue(i) for i in (*issues, *facts.issues)],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "start": issue.span.start,
        "end": issue.span.end,
        "message_zh": issue.message_zh,
        "message_en": issue.message_en,
    }


def _plan(facts: Facts) -> dict[str, Any]:
    front = facts.front
    return {
        "kind": str(front.kind),
        "title": front.title,
        "container_title": front.container_title,
        "issuer": front.issuers[0] if front.issuers else None,
        "issuers": list(front.issuers),
        "document_number": front.document_number,
        "date_signed": front.date_signed.isoformat() if front.date_signed else None,
        "date_issued": front.date_issued.isoformat() if front.date_issued else None,
        "period_start": str(front.period_start) if front.period_start else None,
        "period_end": str(front.period_end) if front.period_end else None,
        "place": front.place,
        "place_code": front.place_code,
        "status": str(front.status),
        "cites": [c.title + (f"（{c.number}）" if c.number else "") for c in front.citations],
    }


def _safeguard(document: Document, part: Part) -> dict[str, Any]:
    return {"number": part.number, "title": part.title, **_units_if_any(document, part)}


def _units_if_any(document: Document, owed: Part | Target) -> dict[str, Any]:
    units = [_unit(document, r) for r in owed.responsibilities]
    return {"units": units} if units else {}


def _programme(document: Document, part: Part, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "number": part.number,
        "title": part.title,
        "domain": titles.get(part.domain or ""),
        **_units_if_any(document, part),
    }


def _action(document: Document, part: Part, titles: dict[str, str]) -> dict[str, Any]:
    extra = {
        "programme": titles.get(part.programme or ""),
        "progress": part.progress,
        "goal": part.goal,
        "deadline": _deadline(document, part.deadline) if part.deadline else None,
    }
    return {
        "number": part.number,
        "title": part.title,
        "domain": titles.get(part.domain or ""),
        **{k: v for k, v in extra.items() if v},
        "units": [_unit(document, r) for r in part.responsibilities],
        "indicators": [_indicator(document, t) for t in part.targets if t.value is not None],
        "qualitative_targets": _qualities(document, part.targets),
        **_not_read(document, part.targets),
    }


def _qualities(document: Document, targets: Sequence[Target]) -> list[dict[str, Any]]:
    return [_quality(document, t) for t in targets if t.value is None and t.is_parsed]


def _not_read(document: Document, targets: Sequence[Target]) -> dict[str, Any]:
    """Numbers that promise and could not be read, where there are any."""
    found = [_unparsed(document, t) for t in targets if not t.is_parsed]
    return {"unparsed_targets": found} if found else {}


def _unparsed(document: Document, target: Target) -> dict[str, Any]:
    return {"wording": target.wording, **_quote(document, target.evidence.span)}


def _deadline(document: Document, deadline: Deadline) -> dict[str, Any]:
    return {
        "year": str(deadline.year) if deadline.year else None,
        "month": deadline.month,
        "wording": deadline.wording,
        **_quote(document, deadline.evidence.span),
    }


def _unit(document: Document, duty: Responsibility) -> dict[str, Any]:
    optional = {
        "inherited_from": duty.inherited_from,
        "scope": _quote(document, duty.scope) if duty.scope else None,
        "confidence": float(duty.evidence.confidence) if duty.evidence.confidence < 1 else None,
    }
    return {
        "name": duty.name,
        "role": str(duty.role),
        **{k: v for k, v in optional.items() if v is not None},
    }


def _indicator(document: Document, target: Target) -> dict[str, Any]:
    optional = {
        "value_max": _number(target.value_max),
        "per": target.per,
        "hedge": target.hedge,
        "baseline": _number(target.baseline),
        "baseline_year": str(target.baseline_year) if target.baseline_year else None,
        "change": _number(target.change),
        "attribute": str(target.attribute) if target.attribute else None,
        "cumulative": target.is_cumulative or None,
    }
    return {
        "measure": target.measure,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "deadline": str(target.deadline) if target.deadline else None,
        **{k: v for k, v in optional.items() if v is not None},
        **_units_if_any(document, target),
        **_quote(document, target.evidence.span),
    }


def _quality(document: Document, target: Target) -> dict[str, Any]:
    return {
        "measure": target.measure,
        "wording": target.wording,
        "deadline": str(target.deadline) if target.deadline else None,
        **_units_if_any(document, target),
        **_quote(document, target.evidence.span),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _quote(document: Document, span: Span) -> dict[str, Any]:
    return {"quote": document.text[span.start : span.end], "start": span.start, "end": span.end}


def _lists_members(group: WorkGroup) -> bool:
    """Whether a group is more than its head and its office."""
    return any(m.seat is Seat.MEMBER for m in group.members)


def _work_group(group: WorkGroup) -> dict[str, Any]:
    seats: dict[Seat, list[str]] = {seat: [] for seat in Seat}
    for member in group.members:
        seats[member.seat].append(member.name)
    return {
        "name": group.name,
        "lead": next(iter(seats[Seat.LEAD]), None),
        "members": seats[Seat.MEMBER],
        **({"office": seats[Seat.OFFICE][0]} if seats[Seat.OFFICE] else {}),
        **({"duties": tidy(group.duties)} if group.duties else {}),
    }
