"""Many documents: a process pool, shards cached by content, a digest of the whole.

A shard is what one document became: `<key>.nq` and `<key>.json` (its plan JSON). The key is made of
the file, its metadata file and the code and vocabularies that read it, so an unchanged document
costs nothing and a changed one costs itself. No result depends on the order or number of workers.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kg_build.errors import BuildError, UnreadableSource
from kg_build.pipeline import build
from kg_build.readers import is_document

__all__ = ["Corpus", "Failure", "Shard", "build_shards", "code_digest", "documents"]

_POOL_FROM = 12  # fewer documents are read faster than a pool starts
_CODE = ("kg_build", "ontology", "shapes")


@dataclass(frozen=True, slots=True)
class Shard:
    """What one document became: where its quads and its plan JSON are."""

    slug: str
    key: str
    nquads: Path
    plan: Path

    def facts(self) -> dict[str, Any]:
        """The plan JSON."""
        loaded: dict[str, Any] = json.loads(self.plan.read_text("utf-8"))
        return loaded


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All shards in the order of their slugs, and the documents that have none."""

    shards: tuple[Shard, ...]
    failures: tuple[Failure, ...]

    @property
    def digest(self) -> str:
        """Names what was built: the same documents, code and vocabularies give the same."""
        keys = [s.key for s in self.shards]
        return hashlib.sha256(json.dumps([code_digest(), *keys]).encode()).hexdigest()[:16]


def documents(folder: Path) -> tuple[Path, ...]:
    """The documents of a folder, one a file, in the order of their names.

    Raises: BuildError where the folder is missing or two files would be the same plan.
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
    return tuple(found.values())


def build_shards(
    paths: Sequence[Path],
    cache_folder: Path,
    *,
    jobs: int = 1,
    progress: Callable[[Iterable[Any], int], Iterable[Any]] | None = None,
) -> Corpus:
    """The shards of some documents, built where the cache has none.

    One document that cannot be read never stops the others: it is a `Failure`.
    """
    _make(cache_folder)
    results = _results(paths, partial(_shard, cache_folder=cache_folder), jobs)
    outcomes = list(progress(results, len(paths)) if progress else results)
    shards = sorted((o for o in outcomes if isinstance(o, Shard)), key=lambda s: s.slug)
    return Corpus(tuple(shards), tuple(o for o in outcomes if isinstance(o, Failure)))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildError(
            f"{folder}: 不能建立文件夹（{error.strerror}） / cannot make this folder"
        ) from error


def _results(
    paths: Sequence[Path], one: Callable[[Path], Shard | Failure], jobs: int
) -> Iterator[Shard | Failure]:
    if jobs < 2 or len(paths) < _POOL_FROM:
        yield from map(one, paths)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(one, paths, chunksize=max(1, min(50, len(paths) // (jobs * 4))))


def _shard(path: Path, *, cache_folder: Path) -> Shard | Failure:
    try:
        key = _key(path)
        shard = Shard(path.stem, key, cache_folder / f"{key}.nq", cache_folder / f"{key}.json")
        if not shard.plan.exists():
            built = build(path)
            _write(shard.nquads, built.nquads)
            _write(shard.plan, built.plan_json.encode())  # last: its presence says all is there
    except UnreadableSource as error:
        return Failure(path, str(error))
    return shard


def _write(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)


def _key(path: Path) -> str:
    beside = path.with_suffix(".toml")
    try:
        parts = [path.read_bytes(), beside.read_bytes() if beside.exists() else b""]
    except OSError as error:
        raise UnreadableSource(
            f"{path}: 无法打开（{error.strerror}） / cannot be opened"
        ) from error
    digests = [hashlib.sha256(p).hexdigest() for p in parts]
    text = json.dumps([path.name, code_digest(), *digests])
    return f"{path.stem}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


@cache
def code_digest() -> str:
    """A digest of the code and vocabularies that turn a document into quads."""
    whole = hashlib.sha256()
    for package in _CODE:
        for name, content in _sources(files(import_module(package)), package):
            whole.update(json.dumps([name, hashlib.sha256(content).hexdigest()]).encode())
    return whole.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, name)
        elif entry.name.endswith((".py", ".toml", ".ttl")):
            yield name, entry.read_bytes()
