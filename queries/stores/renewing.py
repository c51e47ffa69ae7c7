"""A database made of the one before it: what differs between two sets of sorted files."""

import shutil
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from queries.stores.oxigraph import open_folder, renew_folder

__all__ = ["difference", "renewed"]

Pair = tuple[Path | None, Path | None]

_BLANK = b"_:"


def renewed(before: Path, folder: Path, changed: Iterable[Pair], *, statements: int) -> bool:
    """Whether the database in `folder` could be made of the one in `before`.

    `changed` are N-Quads files that are in `before` and those that take their place, None for no
    file. Blank nodes have other names in a database than in files: where one changed, and where
    the outcome has not so many `statements` as it should, nothing is made.

    Raises: `StoreUnavailable` where the files are no N-Quads.
    """
    with TemporaryDirectory(dir=folder.parent) as notes:
        removed, added = Path(notes, "removed.nq"), Path(notes, "added.nq")
        if not _noted(changed, removed, added):
            return False
        renew_folder(before, folder, removed=removed, added=added)
    if open_folder(folder).statements() == statements:
        return True
    shutil.rmtree(folder)
    return False


def _noted(changed: Iterable[Pair], removed: Path, added: Path) -> bool:
    with removed.open("wb") as gone, added.open("wb") as come:
        for old, new in changed:
            for is_new, line in difference(old, new):
                if _BLANK in line:
                    return False
                (come if is_new else gone).write(line)
    return True


def difference(old: Path | None, new: Path | None) -> Iterator[tuple[bool, bytes]]:
    """The lines that only one of two sorted files has, and whether it is the new one."""
    both = merge(_lines(old, is_new=False), _lines(new, is_new=True))
    for line, sides in groupby(both, key=itemgetter(0)):
        found = {is_new for _, is_new in sides}
        if len(found) == 1:
            yield found.pop(), line


def _lines(path: Path | None, *, is_new: bool) -> Iterator[tuple[bytes, bool]]:
    if path is not None:
        with path.open("rb") as file:
            yield from ((line, is_new) for line in file)
