"""What runs the reading of documents: one module an engine, imported where it is chosen.

An engine maps one function over paths. It knows nothing of documents, and no result depends on it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypeVar

from kg_build.errors import BuildError

__all__ = ["ENGINES", "Means", "Run", "named"]

ENGINES = ("local", "serial", "spark", "dask")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Means:
    """What an engine may use. `seconds` is what one document may take; `cluster` an address."""

    jobs: int = 1
    seconds: int = 300
    cluster: str = ""


class Run(Protocol):
    """What the `run` of an engine's module is."""

    def __call__(
        self,
        paths: Sequence[Path],
        one: Callable[[Path], T],
        lost: Callable[[Path, str], T],
        means: Means,
    ) -> Iterator[T]:
        """What `one` gives for each path, or `lost` with the reason where it gives nothing.

        `one` and its results can be pickled. Results come in any order.
        """
        ...


def named(name: str) -> Run:
    """The engine of this name.

    Raises: BuildError where there is none, or where what it needs is not installed.
    """
    if name not in ENGINES:
        raise BuildError(
            f"没有名为 {name} 的引擎，可用的有 / no engine {name}; there are: {', '.join(ENGINES)}"
        )
    try:
        run: Run = import_module(f"kg_build.engines.{name}").run
    except ImportError as error:
        raise BuildError(
            f"引擎 {name} 未安装（{error.name}），请运行 / this engine is not installed; run: "
            f"pip install 'zhengtu[{name}]'"
        ) from error
    return run
