"""An explanation in words: Chinese first, with English."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from queries.answers.explanation import Explanation, Proof
from queries.answers.values import Duty, Fact, Ref, Target

__all__ = ["as_text"]

_SHOWN = 20  # facts listed of a thing
_SHOWN_VALUES = 3  # values of one property


def as_text(found: Explanation) -> str:
    """What a person wants to know who asks why a fact is believed."""
    kinds = "、".join(_both(kind) for kind in found.kinds)
    lines = [f"{found.ref.label.zh}", f"  {kinds} · {found.ref.iri}"]
    if found.path:
        steps = (f"{step.number} {step.ref.label.zh}".strip() for step in found.path)
        lines.append("所在 stands in: " + " › ".join(steps))
    lines += _statements(found.statements)
    for n, proof in enumerate(found.proofs, 1):
        lines += _proof(n, proof)
    lines += _listed("所证事实 proves", [_both(ref) for ref in found.proves])
    lines += _listed("责任 responsibilities", [_duty(d) for d in found.duties])
    lines += _listed("目标 targets", [_target(t) for t in found.targets])
    return "\n".join(lines) + "\n"


def _statements(facts: Sequence[Fact]) -> Iterator[str]:
    for prop, group in groupby(facts, key=lambda f: f.property):
        values = [f.value if isinstance(f.value, str) else _both(f.value) for f in group]
        more = f" …（共 {len(values)}）" if len(values) > _SHOWN_VALUES else ""
        yield f"  {_both(prop)}: {'、'.join(values[:_SHOWN_VALUES])}{more}"


def _proof(n: int, proof: Proof) -> Iterator[str]:
    of = f"（{_both(proof.supports)}）" if proof.supports else ""
    before, quote, after = (" ".join(t.split()) for t in (proof.before, proof.quote, proof.after))
    yield f"依据 evidence {n}{of}: …{before}【{quote}】{after}…"
    yield f"  文件 file: {proof.file} {proof.start}–{proof.end}{_place(proof)}"
    yield f"  规则 rule: {proof.rule} — {proof.about_zh} · {proof.about_en}"
    yield f"  可信度 confidence: {proof.confidence}"


def _place(proof: Proof) -> str:
    """Where in the file the words begin, as far as its format tells."""
    named = (
        ("第 {} 页 page", proof.page),
        ("第 {} 段 paragraph", proof.paragraph),
        ("表 {} table", proof.table),
        ("{} 行 row", proof.row),
        ("{} 列 column", proof.column),
    )
    return "".join(f"，{words.format(n)}" for words, n in named if n)


def _listed(name: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{name} ({len(lines)}):"
        yield from (f"  · {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  …… 另有 {len(lines) - _SHOWN} 条 more"


def _duty(duty: Duty) -> str:
    quote = " ".join(duty.quotes[0].exact.split()) if duty.quotes else ""
    return f"{duty.name} {_both(duty.role)} {duty.part.label.zh}「{quote}」{duty.plan.label.zh}"


def _target(target: Target) -> str:
    quote = " ".join(target.quotes[0].exact.split()) if target.quotes else ""
    return f"{target.ref.label.zh}「{quote}」{target.holder.label.zh}"


def _both(ref: Ref) -> str:
    same = ref.label.zh == ref.label.en
    return ref.label.zh if same else f"{ref.label.zh} {ref.label.en}"
