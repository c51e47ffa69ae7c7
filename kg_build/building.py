"""A build from documents to a served generation: read and check, put together, write, switch."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from kg_build import engines
from kg_build.cache import keep, kept
from kg_build.corpus import Corpus, build_shards, documents
from kg_build.errors import BuildError
from kg_build.locking import alone
from kg_build.merging import union
from kg_build.provenance import code_digest
from kg_build.rdf import graphs
from kg_build.rdf.vocabularies import vocabulary_graphs
from kg_build.readers.confined import Limits
from kg_build.readers.review import FILE
from kg_build.reviewing import unused
from kg_build.settings import Settings
from kg_build.summary import summary
from queries.errors import StoreUnavailable
from queries.stores import generations

__all__ = ["Outcome", "build_graph"]

T = TypeVar("T")
Say = Callable[[str], None]
Progress = Callable[[Iterable[Any], int], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: the documents, and the generation that is served."""

    corpus: Corpus
    generation: Path

    @property
    def is_clean(self) -> bool:
        """Whether every document is in what is served: all were read, none had violations."""
        return not self.corpus.failures and not self.corpus.refused


class _Reading:
    """An engine that has the generation being served looked through while it reads documents."""

    def __init__(self, run: engines.Run, data: Path) -> None:
        self._run = run
        self._data = data
        self.before: generations.Known | None = None

    def __call__(
        self,
        paths: Sequence[Path],
        one: Callable[[Path], T],
        lost: Callable[[Path, str], T],
        means: engines.Means,
    ) -> Iterator[T]:
        with ThreadPoolExecutor(1) as aside:
            before = aside.submit(generations.known, self._data)
            yield from self._run(paths, one, lost, means)
            self.before = before.result()


def build_graph(settings: Settings, *, say: Say, progress: Progress) -> Outcome:
    """Builds a generation from the documents and switches to it.

    A document that cannot be read, or whose own graph has violations, is named and left out.
    A failed build leaves what is served as it was; of two at a time one waits.
    Raises: BuildError, StoreUnavailable.
    """
    paths = documents(settings.documents)
    run = _Reading(engines.named(settings.engine), settings.data)
    means = engines.Means(
        jobs=settings.jobs or cpu_count() or 1,
        seconds=settings.document_seconds,
        cluster=settings.cluster,
    )
    limits = Limits(settings.read_seconds, settings.read_memory_mb)
    with alone(settings.data, say):
        corpus = build_shards(
            paths,
            settings.data / "shards",
            run=run,
            means=means,
            limits=limits,
            progress=progress,
        )
        for line in (*summary(corpus), *unused(settings.documents / FILE, corpus.shards)):
            say(line)
        if not corpus.shards:
            raise BuildError("没有一份文件能够收入图谱 / none of the documents can be served")
        return _served(settings.data, corpus, say) or _new(settings.data, corpus, run.before, say)


def _served(data: Path, corpus: Corpus, say: Say) -> Outcome | None:
    """The generation being served, where it is the very one that would be built."""
    try:
        generation = generations.current(data)
    except StoreUnavailable:
        return None
    if generation.name != corpus.digest:
        return None
    say(f"没有变化 unchanged: {generation.name}")
    return Outcome(corpus, generation)


def _new(data: Path, corpus: Corpus, before: generations.Known | None, say: Say) -> Outcome:
    say("写入图谱 writing the graph …")
    with TemporaryDirectory(prefix=".merging-", dir=data) as folder:
        files = _files(corpus, data / "shards", Path(folder))
        generation = generations.publish(data, files, digest=corpus.digest, before=before)
    _prune(data / "shards", corpus)
    say(f"已启用 now served: {generation.name}")
    return Outcome(corpus, generation)


def _files(corpus: Corpus, cache_folder: Path, folder: Path) -> dict[str, Path]:
    """The N-Quads file of each named graph; what several documents say is put together."""
    return {
        **_vocabularies(cache_folder / _vocabulary_key()),
        **{graphs.plan(shard.slug): shard.nquads for shard in corpus.shards},
        graphs.SHARED: union([shard.shared for shard in corpus.shards], folder / "shared.nq"),
        graphs.DERIVED: union([shard.derived for shard in corpus.shards], folder / "derived.nq"),
    }


def _vocabulary_key() -> str:
    return f"vocabularies.{code_digest()}"  # no shard's name has a full stop before its digest


def _vocabularies(folder: Path) -> dict[str, Path]:
    """The graphs that no document changes, written anew only where the code has changed."""
    about = kept(folder)
    if about is None:
        contents = dict(vocabulary_graphs())
        about = {"graphs": {name: f"{n}.nq" for n, name in enumerate(contents)}}
        keep(folder, dict(zip(about["graphs"].values(), contents.values(), strict=True)), about)
    return {name: folder / file for name, file in about["graphs"].items()}


def _prune(folder: Path, corpus: Corpus) -> None:
    """Shards that no document has any more go."""
    kept = {_vocabulary_key(), *(shard.key for shard in (*corpus.shards, *corpus.refused))}
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink() if path.is_file() else shutil.rmtree(path)
