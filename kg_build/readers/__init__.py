"""Bytes to `Document`, one module or room per format.

Readers that hand a file's bytes to a library run in a process with bounds.
"""

import hashlib
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

from kg_build.errors import UnreadableSource
from kg_build.model import Document, Override, Parsed, Source
from kg_build.readers import confined
from kg_build.readers.confined import DEFAULT, Limits
from kg_build.readers.formats import READERS, is_document, reader_of

__all__ = ["READERS", "is_document", "read"]

_METADATA: dict[str, type] = {"sha256": str, "source": str, "note": str, "override": dict}
_KINDS: dict[type, str] = {str: "文字 a string", dict: "表 a table [override]"}

_TRUSTED = {"kg_build.readers.txt"}  # no library reads their bytes

_MOST_BYTES = 200_000_000
_MOST_CHARACTERS = 500_000  # five times a province's five-year plan
_MOST_BYTES_EACH = 4  # of a character, in any encoding


def read(path: Path, limits: Limits = DEFAULT) -> Document:
    """The document in a file, with what its metadata file (same stem, `.toml`) adds.

    Raises: UnreadableSource, naming file and remedy.
    """
    content = _bytes(path)
    parsed = _parsed(reader_of(content, path), content, path, limits)
    metadata = _metadata(path)
    digest = hashlib.sha256(content).hexdigest()
    _check_digest(path, digest, metadata)
    return Document(
        slug=path.stem,
        text=parsed.text,
        blocks=parsed.blocks,
        source=Source(path.name, parsed.media_type, parsed.encoding, digest),
        source_url=metadata.get("source") or None,
        overrides=tuple(
            Override(name, str(value)) for name, value in sorted(metadata["override"].items())
        ),
        issues=parsed.issues,
    )


def _parsed(module: str, content: bytes, path: Path, limits: Limits) -> Parsed:
    if module in _TRUSTED:
        _check_length(path, len(content) // _MOST_BYTES_EACH)
        parsed: Parsed = import_module(module).parse(content, path)
    else:
        parsed = confined.parse(module, content, path, limits)
    if not parsed.text.strip():
        raise _empty(path)
    _check_length(path, len(parsed.text))
    return parsed


def _check_length(path: Path, characters: int) -> None:
    if characters > _MOST_CHARACTERS:
        raise _too_long(path, f"{_MOST_CHARACTERS} 字", f"{_MOST_CHARACTERS} characters")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _too_long(path, f"{_MOST_BYTES} 字节", f"{_MOST_BYTES} bytes")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource(
            f"{path}: 文件不存在，请检查路径 / no such file; check the path"
        ) from error
    except OSError as error:
        raise UnreadableSource(
            f"{path}: 无法打开（{error.strerror}） / cannot be opened"
        ) from error
    if not content.strip():
        raise _empty(path)
    return content


def _too_long(path: Path, most_zh: str, most_en: str) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 超过 {most_zh}，请拆成几份文件 / more than {most_en}; split it into several files"
    )


def _empty(path: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{path}: 文件是空的，请放入正文 / the file is empty; put the text into it"
    )


def _metadata(path: Path) -> dict[str, Any]:
    """The metadata beside a document; `override` is always there."""
    beside = path.with_suffix(".toml")
    if not beside.exists():
        return {"override": {}}
    try:
        found = tomllib.loads(beside.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{beside}: 不是有效的 TOML（{error}） / not valid TOML") from error
    for name, kind in _METADATA.items():
        if not isinstance(found.get(name, kind()), kind):
            raise UnreadableSource(
                f"{beside}: {name} 的值类型不对，应为 {_KINDS[kind]} / wrong type of value"
            )
    return {"override": {}, **found}


def _check_digest(path: Path, digest: str, metadata: dict[str, Any]) -> None:
    expected = metadata.get("sha256")
    if expected and expected != digest:
        raise UnreadableSource(
            f"{path}: 内容与 {path.stem}.toml 中的 sha256 不符；若有意修改，请把它改为 {digest} / "
            f"content differs from the sha256 in {path.stem}.toml; if meant, set it to {digest}"
        )
