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
from pathlib import Path
from typing import Any, TypeAlias

from queries.errors import StoreUnavailable
from queries.search import indexing
from queries.stores.oxigraph import OxigraphStore, create_folder, open_folder
from queries.stores.renewing import renewed

__all__ = [
    "current",
    "graphs",
    "manifest",
    "open_current",
    "publish",
    "switch",
    "verify",
    "write",
]

_DIGEST = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,127}")
_BUILDING = re.compile(r"\.building-(?P<pid>[0-9]+)")
_REMEDY = "请运行 run: zhengtu build"
# RocksDB's own log and lock, which say nothing about what the database holds.
_UNSEALED = frozenset({"LOG", "LOCK"})
# A database that was renewed keeps the words of what is gone: now and then it is made afresh.
_RENEWALS = 100
_CHUNK = 1 << 20
_SEALED = ("graphs", "store", "search")

# Digests by inode: what stays the same has names in two generations, and is read once.
_Known: TypeAlias = dict[int, str]


def write(data: Path, nquads: Mapping[str, Path], *, digest: str) -> Path:
    """The new generation `digest` under `data`, whole, sealed and flushed, but not yet served.

    `nquads` are N-Quads files, each under the name of what it holds, their lines sorted and no
    statement twice. They become part of the generation and must never be written to again. Where
    a whole generation of that digest is there already, it is returned and `nquads` left unread.

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
        _fill(building, nquads, _linked(data, "current"))
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


def publish(data: Path, nquads: Mapping[str, Path], *, digest: str) -> Path:
    """Writes a generation and switches to it, which costs less than the one and then the other.

    Raises: `StoreUnavailable`; what is served is untouched.
    """
    generation = write(data, nquads, digest=digest)
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
        raise StoreUnavailable(f"{data} 里还没有图谱 holds no graph yet；{_REMEDY}")
    return generation


def verify(generation: Path) -> None:
    """Returns where every file of `generation` is as sealed and the database opens whole.

    Raises: `StoreUnavailable` naming the first file that differs.
    """
    _verify(generation, {})


def _verify(generation: Path, known: _Known) -> None:
    sealed = manifest(generation)
    for name, digest in _digests(generation, *_SEALED, known=known).items():
        if sealed["files"].pop(name, None) != digest:
            raise _damaged(generation, name)
    if sealed["files"]:
        raise _damaged(generation, min(sealed["files"]))
    if open_folder(generation / "store").statements() != sealed["statements"]:
        raise _damaged(generation, "store")


def manifest(generation: Path) -> dict[str, Any]:
    """The seal of a generation: `statements`, `graphs` (file and statements of each) and `files`.

    Raises: `StoreUnavailable` where it is absent or altered.
    """
    try:
        sealed = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if not isinstance(sealed, dict) or sealed.pop("seal", None) != _seal(sealed):
            raise _damaged(generation, "manifest.json")
    except (OSError, ValueError) as error:
        raise _damaged(generation, "manifest.json") from error
    return sealed


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


def _fill(building: Path, nquads: Mapping[str, Path], before: Path | None) -> None:
    (building / "graphs").mkdir()
    taken: dict[str, dict[str, Any]] = {}
    known: _Known = {}
    for number, (name, path) in enumerate(sorted(nquads.items())):
        taken[name] = _taken(path, building, f"graphs/{number}.nq", known)
    statements = sum(graph["statements"] for graph in taken.values())
    if not statements:
        raise StoreUnavailable("新图谱是空的，没有写入 the new graph is empty and was not written")
    sealed = {
        "statements": statements,
        "graphs": taken,
        "files": _digests(building, "graphs", known=known),
    }
    sealed["renewals"] = _make_store(building, sealed, before, known)
    _make_index(building, sealed, before if sealed["renewals"] else None)
    sealed["files"] |= _digests(building, "store", "search", known=known)
    text = json.dumps(sealed | {"seal": _seal(sealed)}, ensure_ascii=False, indent=1)
    (building / "manifest.json").write_text(text, encoding="utf-8")
    flushed = _inodes(before)
    for path in (building / name for name in sealed["files"]):
        if path.stat().st_ino not in flushed:
            _flush(path)
    for name in ("manifest.json", *_SEALED, "."):
        _flush(building / name)


def _taken(path: Path, building: Path, file: str, known: _Known) -> dict[str, Any]:
    """Puts a file into the generation: a second name of it, a copy where there can be none."""
    try:
        (building / file).hardlink_to(path)
    except OSError:
        shutil.copyfile(path, building / file)
    lines, digest = 0, hashlib.sha256()
    with (building / file).open("rb") as content:
        known_as = os.fstat(content.fileno()).st_ino
        for chunk in iter(lambda: content.read(_CHUNK), b""):
            lines += chunk.count(b"\n")
            digest.update(chunk)
    known[known_as] = digest.hexdigest()
    return {"file": file, "statements": lines}


def _make_store(building: Path, sealed: dict[str, Any], before: Path | None, known: _Known) -> int:
    """Makes the database, of the one before where little changed; gives how often it was so."""
    folder = building / "store"
    if before is not None and _is_whole(before, known):
        was = manifest(before)
        changed = [(was["graphs"].get(n), sealed["graphs"].get(n)) for n in _changed(was, sealed)]
        size = sum((new or old)["statements"] for old, new in changed)
        pairs = [
            (old and before / old["file"], new and building / new["file"]) for old, new in changed
        ]
        few = 2 * size <= sealed["statements"] and was["renewals"] < _RENEWALS
        if few and renewed(before / "store", folder, pairs, statements=sealed["statements"]):
            return int(was["renewals"]) + 1
    create_folder(folder, [building / graph["file"] for graph in sealed["graphs"].values()])
    if open_folder(folder).statements() != sealed["statements"]:
        raise StoreUnavailable("有重复的陈述 a statement stands twice")
    return 0


def _make_index(building: Path, sealed: dict[str, Any], before: Path | None) -> None:
    """Makes the search index, of the one before where the database was."""
    store, folder = open_folder(building / "store"), building / "search"
    if before is not None:
        changed = list(_changed(manifest(before), sealed))
        if indexing.renew(before / "search", folder, store, changed):
            return
    indexing.create(folder, store)


def _inodes(generation: Path | None) -> set[int]:
    """What tells the files of a generation from all others, whatever their names."""
    return {path.stat().st_ino for path in generation.glob("*/*")} if generation else set()


def _changed(was: dict[str, Any], sealed: dict[str, Any]) -> Iterator[str]:
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


def _is_whole(generation: Path, known: _Known | None = None) -> bool:
    try:
        _verify(generation, {} if known is None else known)
    except StoreUnavailable:
        return False
    return True


def _digests(generation: Path, *folders: str, known: _Known) -> dict[str, str]:
    return {
        f"{folder}/{entry.name}": _digest(entry, known)
        for folder in folders
        for entry in _entries(generation / folder)
    }


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        files = [e for e in entries if e.is_file() and e.name not in _UNSEALED]
    return sorted(files, key=lambda entry: entry.name)


def _digest(entry: os.DirEntry[str], known: _Known) -> str:
    """The digest of a file's bytes, computed once for all its names."""
    found = known.get(entry.inode())
    if found is None:
        with open(entry, "rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        known[entry.inode()] = found
    return found


def _seal(sealed: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()


def _damaged(generation: Path, name: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"图谱已损坏或不完整 the graph is damaged or incomplete: {generation / name}；{_REMEDY}"
    )


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
