"""Folders of files that are there whole and as they were written, or not at all."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

__all__ = ["digest_of", "keep", "kept"]

_ABOUT = "about.json"


def kept(folder: Path) -> dict[str, Any] | None:
    """What was said of a folder when it was kept; None where a file is absent or not the same."""
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text("utf-8"))
        whole = all(digest_of(folder / name) == d for name, d in about.pop("files").items())
    except (OSError, ValueError, KeyError):
        return None
    return about if whole else None


def keep(folder: Path, contents: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Writes files by name, with what is to be said of them, in one step."""
    part = Path(mkdtemp(prefix=".part-", dir=folder.parent))
    for name, content in contents.items():
        (part / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    text = json.dumps({**about, "files": digests}, ensure_ascii=False)
    (part / _ABOUT).write_text(text, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)  # a damaged one
    part.rename(folder)


def digest_of(path: Path) -> str:
    """The digest of a file's bytes. Raises: OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
