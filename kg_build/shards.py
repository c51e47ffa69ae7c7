"""A shard: what one document became, a folder in the cache named by all that made it.

The key is made of the file, its metadata file, what people decided on its links, and the code and
vocabularies that read and check it: an unchanged document costs nothing and a changed one itself.
"""

import hashlib
import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kg_build.cache import digest_of, keep, kept
from kg_build.errors import UnreadableSource
from kg_build.provenance import code_digest
from kg_build.readers.confined import DEFAULT, Limits
from kg_build.readers.review import corrections_for
from shapes import Report, Result, Severity

__all__ = ["Failure", "Shard", "Summary", "cached", "is_known", "made"]

_SHOWN = 40  # letters of a file's name in that of its shard


@dataclass(frozen=True, slots=True)
class Summary:
    """What people want to see of a document after a build. `seconds` is what it took."""

    title: str
    actions: int
    duties: int
    targets: int
    issues: int
    violations: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Shard:
    """What one document became, and where: its own quads, the shared ones, the derived ones."""

    slug: str
    folder: Path
    summary: Summary

    @property
    def key(self) -> str:
        """Names all that made this shard."""
        return self.folder.name

    @property
    def nquads(self) -> Path:
        """The document's own graph."""
        return self.folder / "graph.nq"

    @property
    def shared(self) -> Path:
        """What it says of things that other documents may describe, too."""
        return self.folder / "shared.nq"

    @property
    def derived(self) -> Path:
        """What the rules of `queries/derive/` add to it."""
        return self.folder / "derived.nq"

    def facts(self) -> dict[str, Any]:
        """The plan JSON."""
        loaded: dict[str, Any] = json.loads((self.folder / "plan.json").read_text("utf-8"))
        return loaded

    def report(self) -> Report:
        """What the shapes say about the document."""
        rows = json.loads((self.folder / "report.json").read_text("utf-8"))
        return Report(
            tuple(Result(**row | {"severity": Severity(row["severity"])}) for row in rows)
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    path: Path
    reason: str


def is_known(path: Path, cache_folder: Path) -> bool:
    """Whether the cache says something of this very document: a shard, or that it has no key."""
    try:
        return (cache_folder / _key(path)).is_dir()
    except UnreadableSource:
        return True


def cached(path: Path, cache_folder: Path) -> Shard | Failure | None:
    """The shard of a document where the cache has it, whole and as it was written."""
    try:
        folder = cache_folder / _key(path)
    except UnreadableSource as error:
        return Failure(path, str(error))
    about = kept(folder)
    return Shard(path.stem, folder, Summary(**about["summary"])) if about else None


def made(path: Path, cache_folder: Path, limits: Limits = DEFAULT) -> Shard | Failure:
    """The shard of a document, made; argument and result can be pickled.

    What goes wrong in one document, whatever it is, is a `Failure` and stops no other.
    """
    # What reads and checks takes half a second to load: only where something is to be read.
    from kg_build.contents import contents_of

    begin = time.perf_counter()
    try:
        contents, counts = contents_of(path, limits)
        summary = Summary(**counts, seconds=round(time.perf_counter() - begin, 3))
        folder = cache_folder / _key(path)
        keep(folder, contents, {"summary": asdict(summary)})
        return Shard(path.stem, folder, summary)
    except UnreadableSource as error:
        return Failure(path, str(error))
    except Exception as error:
        reason = f"{path}: 程序出错，请报告 / a fault of the program, please report it: {error!r}"
        return Failure(path, reason)


def _key(path: Path) -> str:
    beside = path.with_suffix(".toml")
    try:
        digests = [digest_of(p) if p.exists() else "" for p in (path, beside)]
    except OSError as error:
        raise UnreadableSource(
            f"{path}: 无法打开（{error.strerror}） / cannot be opened"
        ) from error
    decided = sorted(str(replace(c, row=0)) for c in corrections_for(path))
    text = json.dumps([path.name, code_digest(), *digests, *decided])
    return f"{path.stem[:_SHOWN]}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"
