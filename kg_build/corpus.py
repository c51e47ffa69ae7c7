"""Many documents: those of a folder, each a shard from the cache or made by an engine.

No result depends on the order of the documents, on the engine or on its number of workers.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kg_build.engines import Means, Run
from kg_build.errors import BuildError
from kg_build.provenance import code_digest
from kg_build.readers import is_document
from kg_build.readers.confined import DEFAULT, Limits
from kg_build.shards import Failure, Shard, cached, is_known, made
from queries.search.index import signature

__all__ = ["Corpus", "build_shards", "documents"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The shards to be served in the order of their slugs, and the documents that have none.

    `refused` are shards whose own graph has violations, `made` the slugs that the cache had not.
    """

    shards: tuple[Shard, ...]
    failures: tuple[Failure, ...]
    made: frozenset[str] = frozenset()
    refused: tuple[Shard, ...] = ()

    @property
    def digest(self) -> str:
        """Names what was built: the same documents, code and vocabularies give the same."""
        keys = [code_digest(), signature(), *(s.key for s in self.shards)]
        return hashlib.sha256(json.dumps(keys).encode()).hexdigest()[:16]


def documents(folder: Path) -> tuple[Path, ...]:
    """The documents of a folder, one a file, in the order of their names.

    Raises: BuildError where the folder is missing or has none, or two would be the same plan.
    """
    if not folder.is_dir():
        raise BuildError(f"{folder}: 没有这个文件夹，请检查路径 / no such folder; check the path")
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file() or not is_document(path):
            continue
        if path.stem in found:
            raise BuildError(
                f"{path}: 与 {found[path.stem].name} 同名，请改名 / "
                f"same name as {found[path.stem].name}; rename one"
            )
        found[path.stem] = path
    if not found:
        raise _without_documents(folder)
    return tuple(found.values())


def _without_documents(folder: Path) -> BuildError:
    below = sorted(f.name for f in folder.iterdir() if f.is_dir() and any(_documents_in(f)))
    if not below:
        return BuildError(f"{folder}: 文件夹里没有可读的计划文件 / no plans to read in this folder")
    names = "、".join(below[:3]) + "…" * (len(below) > 3)
    return BuildError(
        f"{folder}: 计划文件在子文件夹 {names} 中，而子文件夹不读；请把文件直接放在文件夹里，或指定"
        f"其中一个子文件夹 / the plans stand in sub-folders, which are not read: put them into the "
        "folder itself, or name one of its sub-folders"
    )


def _documents_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and is_document(path))


def build_shards(
    paths: Sequence[Path],
    cache_folder: Path,
    *,
    run: Run,
    means: Means | None = None,
    limits: Limits = DEFAULT,
    progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda results, _: results,
) -> Corpus:
    """The shards of some documents, made by an engine where the cache has none.

    One document never stops the others: one that cannot be read is a `Failure`, and the shard of
    one whose own graph has violations is `refused`.
    """
    _make(cache_folder)
    slugs: set[str] = set()

    def new(missing: Sequence[Path]) -> Iterator[Shard | Failure]:
        slugs.update(path.stem for path in missing)
        if missing:
            one = partial(made, cache_folder=cache_folder, limits=limits)
            yield from run(missing, one, Failure, means or Means())

    outcomes = list(progress(_outcomes(paths, cache_folder, new), len(paths)))
    shards = sorted((o for o in outcomes if isinstance(o, Shard)), key=lambda s: s.slug)
    failures = sorted((o for o in outcomes if isinstance(o, Failure)), key=lambda f: f.path)
    sound = tuple(s for s in shards if not s.summary.violations)
    refused = tuple(s for s in shards if s.summary.violations)
    return Corpus(sound, tuple(failures), frozenset(slugs), refused)


def _outcomes(
    paths: Sequence[Path],
    cache_folder: Path,
    new: Callable[[Sequence[Path]], Iterator[Shard | Failure]],
) -> Iterator[Shard | Failure]:
    """What `new` gives for documents that the cache has not, and what it has of the others.

    What the cache has is looked through while the engine reads.
    """
    known = {path: is_known(path, cache_folder) for path in paths}
    held = [path for path in paths if known[path]]
    aside = ThreadPoolExecutor(1)
    try:
        found = aside.map(partial(cached, cache_folder=cache_folder), held)
        yield from new([path for path in paths if not known[path]])
        outcomes = list(found)
    finally:
        aside.shutdown(cancel_futures=True)  # who interrupts a build does not wait for the rest
    yield from (outcome for outcome in outcomes if outcome is not None)
    yield from new([path for path, outcome in zip(held, outcomes, strict=True) if outcome is None])


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildError(
            f"{folder}: 不能建立文件夹（{error.strerror}） / cannot make this folder"
        ) from error
