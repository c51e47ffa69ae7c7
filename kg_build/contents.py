"""The contents of a shard: one document read, checked by the shapes, and what follows from it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg_build.errors import UnreadableSource
from kg_build.pipeline import build
from kg_build.rdf import graphs
from kg_build.rdf.vocabularies import ontology_quads
from kg_build.readers.confined import Limits
from queries.deriving import derived
from shapes.validation import validate_nquads

__all__ = ["contents_of"]

_SHARED_END = f"<{graphs.SHARED}> .\n".encode()
_RESERVED = frozenset({"derived", "ontology", "shared"})


def contents_of(path: Path, limits: Limits) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of a document's shard by name, and what counts in them.

    Raises: UnreadableSource.
    """
    if path.stem in _RESERVED:
        raise UnreadableSource(f"{path}: 此名保留，请改名 / this name is reserved; rename the file")
    built = build(path, limits)
    report = validate_nquads(built.nquads)
    lines = built.nquads.splitlines(keepends=True)
    contents = {
        "graph.nq": b"".join(line for line in lines if not line.endswith(_SHARED_END)),
        "shared.nq": b"".join(line for line in lines if line.endswith(_SHARED_END)),
        "derived.nq": derived([ontology_quads(), built.nquads], graphs.DERIVED),
        "plan.json": built.plan_json.encode(),
        "report.json": json.dumps([asdict(r) for r in report.results], ensure_ascii=False).encode(),
    }
    return contents, _counts(json.loads(built.plan_json)) | {"violations": len(report.violations)}


def _counts(facts: dict[str, Any]) -> dict[str, Any]:
    plans = [facts, *facts.get("further_plans", ())]
    actions = [action for plan in plans for action in plan["actions"]]
    goals = sum(len(plan["goals"]) for plan in plans)
    return {
        "title": "；".join(plan["plan"]["title"] or "" for plan in plans),
        "actions": len(actions),
        "duties": sum(len(action["units"]) for action in actions),
        "targets": sum(len(a["indicators"]) for a in actions) + goals,
        "issues": sum(len(plan["issues"]) for plan in plans),
    }
