"""What the columns of a table are for, by one or two rows of headings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count, pairwise

from kg_build.families import pattern, patterns, table
from kg_build.lex.dates import five_year_period
from kg_build.lex.view import View
from kg_build.structure.placed import NO_VIEW, Placed

__all__ = [
    "QUOTAS",
    "TASKS",
    "UNITS",
    "Column",
    "are_known",
    "columns",
    "heading_rows",
    "lists_units",
    "meaning",
    "says_when",
    "table_kind",
    "with_spans",
]

_LONGEST_HEADING = 40
_FEWEST = 3  # headings that leave no doubt without a grid
_LONGEST_DEADLINE = 20
_DATED = re.compile("[0-9][年月]|年底")
_LOOK_FOR_HEADINGS = 6  # rows that titles and notes may take above them
_BRACKET = re.compile(r"\([^()]{1,24}\)$")
_OF_TASK = re.compile("任务|目标|计划")
_FIGURE = re.compile(r"[≥≤<>=约]?[-—0-9]")
_LISTED = re.compile("[、,;]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年|\)|$)")
#: columns of responsible bodies, and of what they shall do
UNITS = frozenset({"lead", "participating", "responsible", "implementing", "guiding"})
TASKS = frozenset({"task", "detail"})
#: columns of what each place shall reach
QUOTAS = frozenset({"quota", "year", "value"})
_VALUES = frozenset({"value", "baseline", "change", "growth", "year", "goal"})
_AMOUNTS = _VALUES | {"progress"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's meaning, the rule's id; `year` is stated by its heading or by the one above."""

    id: str
    year: int | None
    heading: View


@lru_cache(maxsize=4096)
def meaning(heading: str) -> str | None:
    """The id of the column rule that a folded heading meets; a bracket behind it may be left out.

    Example:
        >>> meaning("目标值(%)"), meaning("配合单位"), meaning("其他")
        ('value', 'participating', None)
    """
    if not 0 < len(heading) <= _LONGEST_HEADING:
        return None
    for text in dict.fromkeys((heading, _BRACKET.sub("", heading))):
        for rule in patterns("table", "column"):
            if rule.regex.fullmatch(text):
                return rule.id
    return None


def lists_units(text: str) -> bool:
    """Whether a cell's folded text is a name of a unit, or a list of such names."""
    names = [n for n in _LISTED.split(text.removesuffix("等")) if n]
    return bool(names) and all(len(n) <= _LONGEST_HEADING and _unit().search(n) for n in names)


def says_when(text: str) -> bool:
    """Whether a cell's folded text is no more than a deadline."""
    if len(text) > _LONGEST_DEADLINE:
        return False
    if _DATED.search(text) and pattern("table", "lasting", "lasting").search(text):
        return True
    return any(pattern("table", "cell", n).fullmatch(text) for n in ("lasting", "deadline"))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"{table('roles')['unit']['suffix']}\*?(?:\([^()]*\))?$")


def heading_rows(rows: Sequence[Sequence[Placed | None]]) -> tuple[int, int] | None:
    """Where the headings begin and end, if there are any.

    They are the first row with two known ones, and a second where one above spans columns.
    """
    for n, row in enumerate(rows[:_LOOK_FOR_HEADINGS]):
        named = {c: meaning(c.text) for c in row if c and c.text}
        known = [m for m in named.values() if m]
        if len(known) > 1 and len(known) * 2 >= len(named):
            below = rows[n + 1] if n + 1 < len(rows) else ()
            return n, n + 1 + _is_second(spread(row), below)
    return None


def spread(row: Sequence[Placed | None]) -> list[Placed]:
    """A row where a heading stands in all the columns that it spans."""
    found: list[Placed] = []
    for at, cell in enumerate(row):
        found.append(cell or (found[-1] if found else Placed(NO_VIEW, 0, at)))
    return found


def _is_second(top: Sequence[Placed], below: Sequence[Placed | None]) -> bool:
    own = {c for c, above in zip(below, top, strict=False) if c and c is not above and c.text}
    wide = {c for c, n in Counter(top).items() if n > 1}
    under = {c for c, above in zip(below, top, strict=False) if c in own and above in wide}
    is_only_under = own == under and not any(_FIGURE.match(c.text) for c in own)
    return bool(under) and (is_only_under or all(meaning(c.text) for c in own))


def with_spans(rows: Sequence[Sequence[Placed | None]]) -> list[Sequence[Placed | None]]:
    """The rows, headings that are empty or repeated made one where others stand below them.

    So it is in a table between tabs, which cannot say that a heading spans columns.
    """
    found = list(rows)
    for n, (row, below) in enumerate(pairwise(found[: _LOOK_FOR_HEADINGS + 1])):
        filled = [at for at, c in enumerate(below) if c and c.text]
        covered = [at for at in filled if _is_covered(row, at)]
        begins = {at for at in filled if at + 1 in covered}
        is_named = all((c := below[at]) and meaning(c.text) for at in filled)
        is_below = is_named or set(filled) == {*covered, *begins}
        if covered and filled[0] and is_below:
            found[n] = [c if at not in covered else None for at, c in enumerate(row)]
    return found


def _is_covered(row: Sequence[Placed | None], at: int) -> bool:
    """Whether a heading is empty, or that to its left again."""
    own, left = row[at], row[at - 1] if at else None
    if own is None or not own.text:
        return own is not None
    return left is not None and left.text == own.text and meaning(own.text) is not None


def columns(rows: Sequence[Sequence[Placed | None]], caption: View | None) -> tuple[Column, ...]:
    """The meaning of each column by its heading rows; the caption may state the year."""
    top = spread(rows[0])
    below = rows[1] if len(rows) > 1 else rows[0]
    found = [_column(above, sub or above, caption) for above, sub in zip(top, below, strict=True)]
    return _settled(list(_with_years(top, found)))


def _with_years(top: Sequence[Placed], found: Sequence[Column]) -> Iterator[Column]:
    """The columns; growth is by the last year that stands beside it below one heading."""
    for above, column in zip(top, found, strict=True):
        beside = [c.year for a, c in zip(top, found, strict=True) if a is above and c.year]
        is_open = column.id == "growth" and column.year is None
        yield replace(column, year=max(beside, default=None)) if is_open else column


def _column(above: Placed, sub: Placed, caption: View | None) -> Column:
    outer, inner = meaning(above.text), meaning(sub.text)
    name = inner or outer or ""
    if outer == "result" or (inner == "year" and outer in _AMOUNTS):
        name = outer
    if not name and sub is not above and _OF_TASK.search(above.text):
        name = "quota"
    heading = sub.view if len(sub.view) else above.view
    texts = (sub.text, above.text, caption.text if caption and name in _VALUES | QUOTAS else "")
    if name == "change":
        return Column(name, int(_YEAR.findall(heading.text)[0]), heading)
    return Column(name, next((y for t in texts if (y := _year(t))), None), heading)


def _year(heading: str) -> int | None:
    years = _YEAR.findall(heading)
    if years:
        return int(years[-1])
    period = five_year_period(heading)
    return period[1] if period else None


# -- headings that others settle ------------------------------------------------------------


def table_kind(ids: Sequence[str]) -> str:
    """Whether columns make a table of tasks, of indicators or of quotas, or none understood."""
    found = set(ids)
    if "area" in found and found & {"quota", "value"} and not found & (TASKS | {"indicator"}):
        return "quotas"
    if found & TASKS and len(found - {""}) > 1:
        return "tasks"
    if found & {"indicator", "subindicator"} and found & _VALUES:
        return "indicators"
    if found & (UNITS | {"unit"}) and found & {"indicator", "subindicator", "goal", "progress"}:
        return "tasks"
    return ""


def are_known(headings: Sequence[str]) -> bool:
    """Whether words are the headings of a table of some kind, all of them known."""
    ids = [meaning(h) or "" for h in headings]
    return all(ids) and table_kind(ids) != ""


def _settled(found: Sequence[Column]) -> tuple[Column, ...]:
    kind = table_kind([c.id for c in found])
    ids = [c.id for c in found]
    if kind == "indicators":
        names = {"goal": "value", "subindicator": "group" if "indicator" in ids else "indicator"}
    elif kind == "tasks":
        is_body = "indicator" not in ids and not UNITS & set(ids)
        names = {"year": "goal", **_stand_ins(ids), **({"unit": "responsible"} if is_body else {})}
    else:
        names = {}
    return tuple(_details([replace(c, id=names.get(c.id, c.id)) for c in found]))


def _stand_ins(ids: Sequence[str]) -> dict[str, str]:
    """What stands for the tasks where no column is headed so."""
    if "task" in ids:
        return {}
    wanted = ("detail", "indicator", "subindicator", "goal", "progress")
    stand_in = next(name for name in wanted if name in ids)
    return {stand_in: "task"}


def _details(found: Sequence[Column]) -> list[Column]:
    """Of several columns headed as tasks the later ones are details of the first."""
    tasks = count()
    headings: list[View] = []
    result = []
    for column in found:
        if column.id == "task" and column.heading not in headings:
            headings.append(column.heading)
            is_first = next(tasks) == 0
            result.append(column if is_first else replace(column, id="detail"))
        else:
            result.append(column)
    return result
