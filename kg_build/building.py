"""A build from documents to a served generation: read, validate, derive, write, switch."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from typing import Any

from kg_build.corpus import Corpus, Shard, build_shards, documents
from kg_build.errors import BuildError
from kg_build.rdf import iris
from kg_build.rdf.vocabularies import vocabulary_quads
from kg_build.settings import Settings
from queries.deriving import derived
from queries.errors import StoreUnavailable
from queries.stores import generations
from shapes import Report, validate_plans

__all__ = ["Outcome", "build_graph", "checked"]

Say = Callable[[str], None]
Progress = Callable[[Iterable[Any], int], Iterable[Any]]

_SHARED_END = f"<{iris.SHARED}> .\n".encode()


def _graph_name(name: str) -> bytes:
    return f"<{iris.local('graph', name)}>".encode()


_GRAPHS = _graph_name("").removesuffix(b">")
_OTHERS = {_graph_name("ontology"), _graph_name("derived")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to. `report` is None where nothing had to be validated."""

    corpus: Corpus
    generation: Path
    report: Report | None

    @property
    def is_clean(self) -> bool:
        """Whether every document was read and the graph has no violations."""
        return not self.corpus.failures and not (self.report and self.report.violations)


def build_graph(settings: Settings, *, say: Say, progress: Progress) -> Outcome:
    """Builds a generation from the documents and switches to it where it has no violations.

    A failed build leaves what is served as it was.
    Raises: BuildError, StoreUnavailable.
    """
    paths = documents(settings.documents)
    if not paths:
        raise BuildError(
            f"{settings.documents}: 文件夹里没有可读的计划文件 / no plans to read in this folder"
        )
    shards = settings.data / "shards"
    jobs = settings.jobs or cpu_count() or 1
    corpus = build_shards(paths, shards, jobs=jobs, progress=progress)
    for failure in corpus.failures:
        say(f"未能读取 could not read: {failure.reason}")
    if not corpus.shards:
        raise BuildError("没有一份文件能够读取 / none of the documents could be read")
    outcome = _served(settings.data, corpus) or _new(settings.data, corpus, jobs, say)
    _summarise(outcome, say)
    return outcome


def _served(data: Path, corpus: Corpus) -> Outcome | None:
    """The generation being served, where it is the very one that would be built."""
    try:
        generation = generations.current(data)
    except StoreUnavailable:
        return None
    return Outcome(corpus, generation, None) if generation.name == corpus.digest else None


def _new(data: Path, corpus: Corpus, jobs: int, say: Say) -> Outcome:
    say("校验 validating …")
    report = _validated(corpus.shards, jobs)
    generation = data / "generations" / corpus.digest
    if not report.violations:
        say("写入图谱 writing the graph …")
        generation = generations.write(data, _quads(corpus), digest=corpus.digest)
        generations.switch(data, generation)
        _prune(data / "shards", corpus)
    return Outcome(corpus, generation, report)


def _validated(shards: Iterable[Shard], jobs: int) -> Report:
    return validate_plans([s.nquads.read_bytes() for s in shards], processes=jobs)


def _quads(corpus: Corpus) -> Iterator[bytes]:
    stated = [*vocabulary_quads(), *_merged(corpus.shards)]
    yield from stated
    yield derived(stated, iris.local("graph", "derived"))


def _merged(shards: Iterable[Shard]) -> Iterator[bytes]:
    """The shards' quads; what several state about shared things comes once, at the end."""
    shared: set[bytes] = set()
    for shard in shards:
        lines = shard.nquads.read_bytes().splitlines(keepends=True)
        shared.update(line for line in lines if line.endswith(_SHARED_END))
        yield b"".join(line for line in lines if not line.endswith(_SHARED_END))
    yield b"".join(sorted(shared))


def _prune(folder: Path, corpus: Corpus) -> None:
    """Shards that no document has any more go."""
    kept = {p for s in corpus.shards for p in (s.nquads, s.plan)}
    for path in folder.iterdir():
        if path not in kept:
            path.unlink() if path.is_file() else shutil.rmtree(path)


def checked(data: Path, *, jobs: int = 1) -> Report:
    """The validation report of the generation being served, plan by plan.

    Raises: StoreUnavailable where nothing has been built.
    """
    plans: dict[bytes, list[bytes]] = {}
    with (generations.current(data) / "graph.nq").open("rb") as lines:
        for line in lines:
            name = line.rstrip(b" .\n").rpartition(b" ")[2]
            if name.startswith(_GRAPHS) and name not in _OTHERS and b"/vocabulary/" not in name:
                plans.setdefault(name, []).append(line)
    shared = plans.pop(_graph_name("shared"), [])
    whole = [b"".join([*lines, *shared]) for lines in plans.values()]
    return validate_plans(whole, processes=jobs)


def _summarise(outcome: Outcome, say: Say) -> None:
    """One line a plan, as people want to see after a build."""
    for shard in outcome.corpus.shards:
        facts = shard.facts()
        actions = facts["actions"]
        units = sum(len(a["units"]) for a in actions)
        targets = sum(len(a["indicators"]) for a in actions) + len(facts["goals"])
        say(
            f"  {shard.slug}: {facts['plan']['title']} · 任务 actions {len(actions)} · "
            f"责任 duties {units} · 指标 targets {targets} · 问题 issues {len(facts['issues'])}"
        )
    report = outcome.report
    if report is None:
        say(f"没有变化 unchanged: {outcome.generation.name}")
    elif report.violations:
        say(f"有 {len(report.violations)} 处违规，未启用 / violations found, not served")
    else:
        say(f"已启用 now served: {outcome.generation.name}")
