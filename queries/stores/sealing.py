"""The seal of a generation: what each of its files is, and a digest of it."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from queries.errors import StoreUnavailable
from queries.stores.oxigraph import open_folder

__all__ = ["FOLDERS", "REMEDY", "Digests", "digests_in", "manifest", "seal", "verified"]

FOLDERS = ("graphs", "store", "search")
REMEDY = "请运行 run: zhengtu build"

# RocksDB's own log and lock, which say nothing about what the database holds.
_UNSEALED = frozenset({"LOG", "LOCK"})
# Digests by inode: what stays the same has names in two generations, and is read once.
Digests: TypeAlias = dict[int, str]


def verified(generation: Path, digests: Digests) -> dict[str, Any]:
    """The seal of a generation all of whose files are as sealed; `digests` takes in theirs.

    Raises: `StoreUnavailable` naming the first file that differs.
    """
    sealed = manifest(generation)
    missing = dict(sealed["files"])
    for name, digest in digests_in(generation, *FOLDERS, known=digests).items():
        if missing.pop(name, None) != digest:
            raise _damaged(generation, name)
    if missing:
        raise _damaged(generation, min(missing))
    if open_folder(generation / "store").statements() != sealed["statements"]:
        raise _damaged(generation, "store")
    return sealed


def manifest(generation: Path) -> dict[str, Any]:
    """The seal of a generation: `statements`, `graphs` (file and statements of each) and `files`.

    Raises: `StoreUnavailable` where it is absent or altered.
    """
    try:
        sealed = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if not isinstance(sealed, dict) or sealed.pop("seal", None) != seal(sealed):
            raise _damaged(generation, "manifest.json")
    except (OSError, ValueError) as error:
        raise _damaged(generation, "manifest.json") from error
    return sealed


def digests_in(generation: Path, *folders: str, known: Digests) -> dict[str, str]:
    """The digests of all files in some folders by name, of `known` where they are there."""
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


def _digest(entry: os.DirEntry[str], known: Digests) -> str:
    """The digest of a file's bytes, computed once for all its names."""
    found = known.get(entry.inode())
    if found is None:
        with open(entry, "rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        known[entry.inode()] = found
    return found


def seal(sealed: Mapping[str, Any]) -> str:
    """A digest of all that a manifest says."""
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()


def _damaged(generation: Path, name: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"图谱已损坏或不完整 the graph is damaged or incomplete: {generation / name}；{REMEDY}"
    )
