"""Generations: whole, sealed, immutable graphs on disk, one of which is served.

Under the folder of a build::

    generations/<digest>/graphs/         N-Quads files, by number
                         store/          an Oxigraph database of them, opened read-only
                         search/         an index of what they say (queries/search)
                         manifest.json   the seal: what each file is, and a digest of it
    current  -> generations/<digest>     what is served; moved in one step
    previous -> generations/<digest>     what was served before, for going back

What stays the same from one generation to the next is the same file under two names, so that a new
generation costs what changed.

A database with damaged files may open as an empty or shorter one without a word, so nothing is
served before its files are compared with the seal.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries.errors import StoreUnavailable
from queries.search import indexing
from queries.stores.oxigraph import OxigraphStore, create_folder, open_folder
from queries.stores.renewing import renewed
from queries.stores.sealing import (
    FOLDERS,
    REMEDY,
    Digests,
    digests_in,
    manifest,
    seal,
    verified,
)

__all__ = [
    "Known",
    "current",
    "graphs",
    "known",
    "manifest",
    "open_current",
    "publish",
    "switch",
    "verify",
    "write",
]

_DIGEST = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,127}")
_BUILDING = re.compile(r"\.building-(?P<pid>[0-9]+)")
# A database that was renewed keeps the words of what is gone: now and then it is made afresh.
_RENEWALS = 100
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Known:
    """A generation that was found whole: its folder, its seal, and the digests of its files."""

    generation: Path
    sealed: Mapping[str, Any]
    digests: Mapping[int, str]


def known(data: Path) -> Known | None:
    """The generation being served, every file of it read; None where it is not whole.

    Whoever asks for it before the next generation's files are there writes that sooner.
    """
    generation, digests = _linked(data, "current"), dict[int, str]()
    try:
        if generation is not None:
            return Known(generation, verified(generation, digests), digests)
    except (OSError, StoreUnavailable):
        pass
    return None


def write(
    data: Path, nquads: Mapping[str, Path], *, digest: str, before: Known | None = None
) -> Path:
    """The new generation `digest` under `data`, whole, sealed and flushed, but not yet served.

    `nquads` are N-Quads files, each under the name of what it holds, their lines sorted and no
    statement twice. They become part of the generation and must never be written to again. Where
    a whole generation of that digest is there already, it is returned and `nquads` left unread.
    `before` is what `known` gave, where it was asked for already.

    Raises: `StoreUnavailable` where nothing could be written; what is served is untouched.
    """
    if not _DIGEST.fullmatch(digest):
        raise StoreUnavailable(f"代次名无效 not a generation's name: {digest!r}")
    target = data / "generations" / digest
    if _is_whole(target):
        return target
    building = target.parent / f".building-{os.getpid()}"
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        _fill(building, nquads, before or known(data))
        _put(building, target)
    except (OSError, StoreUnavailable) as error:
        raise StoreUnavailable(
            f"写不了新图谱 cannot write a new graph under {data}: {error}；正在使用的图谱没有变，"
            "请检查磁盘空间和权限 what is served is unchanged; check disk space and permissions"
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def switch(data: Path, generation: Path) -> None:
    """Makes `generation` the served one, in one step; all but it and the last one are removed.

    Raises: `StoreUnavailable` where the generation is not whole; what is served is untouched.
    """
    if generation.resolve().parent != (data / "generations").resolve():
        raise StoreUnavailable(f"{generation} 不在 is not under {data / 'generations'}")
    verify(generation)
    _serve(data, generation)


def publish(
    data: Path, nquads: Mapping[str, Path], *, digest: str, before: Known | None = None
) -> Path:
    """Writes a generation and switches to it, which costs less than the one and then the other.

    Raises: `StoreUnavailable`; what is served is untouched.
    """
    generation = write(data, nquads, digest=digest, before=before)
    _serve(data, generation)
    return generation


def _serve(data: Path, generation: Path) -> None:
    served = _linked(data, "current")
    try:
        if served is not None and served != generation.resolve():
            _link(data, "previous", served)
        _link(data, "current", generation.resolve())
    except OSError as error:
        raise StoreUnavailable(
            f"不能切换图谱 cannot switch to {generation}: {error}；正在使用的图谱没有变 "
            "what is served is unchanged"
        ) from error
    _prune(data)


def current(data: Path) -> Path:
    """The folder of the generation being served.

    Raises: `StoreUnavailable` where nothing has been built.
    """
    generation = _linked(data, "current")
    if generation is None:
        raise StoreUnavailable(f"{data} 里还没有图谱 holds no graph yet；{REMEDY}")
    return generation


def verify(generation: Path) -> None:
    """Returns where every file of `generation` is as sealed and the database opens whole.

    Raises: `StoreUnavailable` naming the first file that differs.
    """
    verified(generation, {})


def graphs(generation: Path) -> dict[str, Path]:
    """The N-Quads files of a generation by name, in the order of their names.

    Raises: `StoreUnavailable` where the seal is absent or altered.
    """
    return {name: generation / g["file"] for name, g in manifest(generation)["graphs"].items()}


def open_current(data: str | Path) -> OxigraphStore:
    """The served generation's store, verified, read-only.

    Raises: `StoreUnavailable`.
    """
    generation = current(Path(data))
    verify(generation)
    return open_folder(generation / "store")


def _fill(building: Path, nquads: Mapping[str, Path], before: Known | None) -> None:
    (building / "graphs").mkdir()
    taken: dict[str, dict[str, Any]] = {}
    digests: Digests = {**before.digests} if before else {}
    lines = _lines(before)
    for number, (name, path) in enumerate(sorted(nquads.items())):
        taken[name] = _taken(path, building, f"graphs/{number}.nq", digests, lines)
    statements = sum(graph["statements"] for graph in taken.values())
    if not statements:
        raise StoreUnavailable("新图谱是空的，没有写入 the new graph is empty and was not written")
    sealed = {
        "statements": statements,
        "graphs": taken,
        "files": digests_in(building, "graphs", known=digests),
    }
    sealed["renewals"] = _make_store(building, sealed, before)
    _make_index(building, sealed, before if sealed["renewals"] else None)
    sealed["files"] |= digests_in(building, "store", "search", known=digests)
    text = json.dumps(sealed | {"seal": seal(sealed)}, ensure_ascii=False, indent=1)
    (building / "manifest.json").write_text(text, encoding="utf-8")
    for path in (building / name for name in sealed["files"]):
        if not before or path.stat().st_ino not in before.digests:
            _flush(path)
    for name in ("manifest.json", *FOLDERS, "."):
        _flush(building / name)


def _lines(before: Known | None) -> dict[str, int]:
    """How many lines the graphs of a generation have, by their digests."""
    if before is None:
        return {}
    files, graphs = before.sealed["files"], before.sealed["graphs"].values()
    return {files[graph["file"]]: graph["statements"] for graph in graphs}


def _taken(
    path: Path, building: Path, file: str, digests: Digests, lines: Mapping[str, int]
) -> dict[str, Any]:
    """Puts a file into the generation: a second name of it, a copy where there can be none."""
    try:
        (building / file).hardlink_to(path)
    except OSError:
        shutil.copyfile(path, building / file)
    known_as = (building / file).stat().st_ino
    counted = lines.get(digests.get(known_as, ""))
    if counted is None:
        digests[known_as], counted = _counted(building / file)
    return {"file": file, "statements": counted}


def _counted(path: Path) -> tuple[str, int]:
    """The digest of a file's bytes, and its number of lines."""
    lines, digest = 0, hashlib.sha256()
    with path.open("rb") as content:
        for chunk in iter(lambda: content.read(_CHUNK), b""):
            lines += chunk.count(b"\n")
            digest.update(chunk)
    return digest.hexdigest(), lines


def _make_store(building: Path, sealed: dict[str, Any], before: Known | None) -> int:
    """Makes the database, of the one before where little changed; gives how often it was so."""
    folder = building / "store"
    if before is not None:
        was, old_folder = before.sealed, before.generation
        changed = [(was["graphs"].get(n), sealed["graphs"].get(n)) for n in _changed(was, sealed)]
        size = sum((new or old)["statements"] for old, new in changed)
        pairs = [
            (old and old_folder / old["file"], new and building / new["file"])
            for old, new in changed
        ]
        few = 2 * size <= sealed["statements"] and was["renewals"] < _RENEWALS
        if few and renewed(old_folder / "store", folder, pairs, statements=sealed["statements"]):
            return int(was["renewals"]) + 1
    create_folder(folder, [building / graph["file"] for graph in sealed["graphs"].values()])
    if open_folder(folder).statements() != sealed["statements"]:
        raise StoreUnavailable("有重复的陈述 a statement stands twice")
    return 0


def _make_index(building: Path, sealed: dict[str, Any], before: Known | None) -> None:
    """Makes the search index, of the one before where the database was."""
    store, folder = open_folder(building / "store"), building / "search"
    if before is not None:
        changed = list(_changed(before.sealed, sealed))
        if indexing.renew(before.generation / "search", folder, store, changed):
            return
    indexing.create(folder, store)


def _changed(was: Mapping[str, Any], sealed: dict[str, Any]) -> Iterator[str]:
    """The names under which something else stands, or only before or now."""
    for name in sorted(was["graphs"].keys() | sealed["graphs"].keys()):
        old, new = was["graphs"].get(name), sealed["graphs"].get(name)
        if not (old and new and was["files"][old["file"]] == sealed["files"][new["file"]]):
            yield name


def _put(building: Path, target: Path) -> None:
    # A damaged generation of this name steps aside; its readers keep the files they have open.
    if target.exists() and not _is_whole(target):
        shutil.rmtree(target)
    try:
        building.rename(target)
    except OSError:
        if not _is_whole(target):  # else another build of the same digest came first
            raise
    _flush(target.parent)


def _is_whole(generation: Path) -> bool:
    try:
        verify(generation)
    except StoreUnavailable:
        return False
    return True


def _linked(data: Path, name: str) -> Path | None:
    path = (data / name).resolve()
    return path if (data / name).is_symlink() and path.is_dir() else None


def _link(data: Path, name: str, generation: Path) -> None:
    fresh = data / f".{name}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("generations", generation.name))
    fresh.replace(data / name)
    _flush(data)


def _prune(data: Path) -> None:
    kept = {_linked(data, "current"), _linked(data, "previous")}
    for path in (data / "generations").iterdir():
        building = _BUILDING.fullmatch(path.name)
        if path.resolve() not in kept and not (building and _is_running(int(building["pid"]))):
            shutil.rmtree(path, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
