"""Questions of two parts: the target and who answers for it, what A takes part in and who leads."""

from dataclasses import replace

from ontology import BASE
from queries.asking.chart import Piece
from queries.asking.question import Question
from queries.asking.reading import Condition, Reading

__all__ = ["both_parts"]

_ROLE = BASE + "id/role/"
_BEARERS = ("unit", "function")
_BODIES = ("单位", "部门", "方", "unit", "units", "department", "departments", "agency")


def both_parts(question: Question, reading: Reading) -> Reading:
    """The reading with the class that answers both parts, where the question has two."""
    if reading.aggregate != "list":
        return reading
    if reading.asked == "targets" and question.has("baseline"):
        return replace(reading, asked="baselines")
    if reading.asked == "targets" and _asks_bodies(question):
        return replace(reading, asked="commitments")
    if reading.asked == "units" and _asks_targets(question):
        return replace(reading, asked="commitments")
    if reading.asked == "actions" and (asked := _asked_role(question, reading)):
        return _others(reading, question, asked)
    return reading


def _asks_bodies(question: Question) -> bool:
    """龋患率控制在多少以内，由哪些部门负责; no body is named."""
    if question.has(*_BEARERS):
        return False
    roles = any(p.text.endswith(_BODIES) for _, p in question.find("role"))
    said = (*question.meanings("thing"), *question.meanings("which"))
    return roles or question.has("who") or "units" in said


def _asks_targets(question: Question) -> bool:
    """哪些部门负责公园，目标是什么: behind the bodies the targets are asked for as well."""
    asks = [at for at, _ in question.find("which", "who")]
    named = (at for at, p in question.find("thing", "quantified") if _is_target(p))
    return len(asks) > 1 and not question.has(*_BEARERS) and any(at > asks[0] for at in named)


def _is_target(piece: Piece) -> bool:
    sense = piece.sense("thing", "quantified")
    return sense is not None and sense.value == "targets"


def _asked_role(question: Question, reading: Reading) -> Piece | None:
    """The role of which the question asks who has it: 残联参与哪项任务，谁牵头."""
    roles = [(at, p) for at, p in question.find("role")]
    named = [at for at, _ in question.find(*_BEARERS)]
    if len(roles) != 2 or len(named) != 1 or not reading.has("unit"):
        return None
    (first, before), (second, after) = roles
    if before.senses == after.senses or not named[0] < first:
        return None
    asks = [at for at, p in question.find("who", "which") if at > first]
    near = any(abs(at - second) == 1 and question.pieces[at].sense("who") for at in asks)
    return after if near else None


def _others(reading: Reading, question: Question, asked: Piece) -> Reading:
    """The reading as one of the units that have the role asked for beside the unit named."""
    named = next(p for _, p in question.find("role"))
    kept = reading.without(("role",))
    renamed = tuple(
        replace(c, parameter="beside") if c.parameter == "unit" else c for c in kept.conditions
    )
    return replace(
        kept,
        asked="units",
        conditions=(*renamed, _role("beside_role", named), _role("role", asked)),
    )


def _role(parameter: str, piece: Piece) -> Condition:
    sense = piece.sense("role")
    values = tuple(_ROLE + name for name in sense.value.split()) if sense else ()
    return Condition(parameter, values, values)
