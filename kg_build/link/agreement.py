"""Two measures of one name, slot by slot: how strongly they agree, and in what they differ."""

from kg_build.link.measured import Measured, relation, vocabulary

__all__ = ["agreement"]

_SAME = "对象、分母、事项、度量类型和单位一致"
_LOCAL_SUM = "同一事项的数量：国家为全国总数，此处为本地数"
_SUM_UNSTATED = "同一事项，但此处未写明是总数还是新增"
_NEAR = "事项相同，对象或口径略有不同，或一方未写明"
_WIDER = "事项相同，国家指标的对象更宽"
_SLIMMER = "事项相同，国家指标的对象更窄"


def agreement(name: Measured, known: Measured, *, is_total: bool) -> tuple[str, str] | None:
    """The strength of a link between names with one core, and its reason; None: nothing to say.

    `is_total` tells that the plan's name says how many there are and not what is added.
    """
    if _agrees(name, known):
        return "exactMatch", _SAME
    return _difference(name, known) or _by_population(name, known, is_total=is_total)


def _agrees(name: Measured, known: Measured) -> bool:
    return (
        (name.per, name.population, name.what, name.kind)
        == (known.per, known.population, known.what, known.kind)
        and known.unit is not None
        and name.unit in _units(known.unit)
        and not (name.gathered or known.gathered)
    )


def _units(known: str) -> set[str | None]:
    """The units that fit an entry's; one over some years must be stated to be the same."""
    over_years = {u["is"] for u in vocabulary()["unit"] if u.get("over_years")}
    return {known} if known in over_years else {known, None}


def _difference(name: Measured, known: Measured) -> tuple[str, str] | None:
    """What makes two names alike two measures: the kind of measure, or the denominator."""
    if name.kind != known.kind or name.gathered != known.gathered:
        return _unlike("度量类型不同", _kind(name), _kind(known))
    if not _comparable_per(name.per, known.per):
        return _unlike("分母不同", _per(name), _per(known))
    return None


def _by_population(name: Measured, known: Measured, *, is_total: bool) -> tuple[str, str] | None:
    how = relation(name.population, known.population)
    if how in {"same", "near", "unstated"}:
        if name.gathered and not is_total:
            return "relatedMatch", _SUM_UNSTATED
        return "closeMatch", _LOCAL_SUM if name.gathered else _NEAR
    if how == "narrower":
        return "broadMatch", _WIDER
    if relation(known.population, name.population) == "narrower":
        return "narrowMatch", _SLIMMER
    return _unlike("对象不同", _people(name), _people(known))


def _unlike(what: str, here: str, there: str) -> tuple[str, str] | None:
    if not here or not there:
        return None
    return "noMatch", f"名称相近，{what}：此处为{here}，国家指标为{there}"


def _kind(name: Measured) -> str:
    says: dict[str, str] = {kind["is"]: kind["says"] for kind in vocabulary()["kind"]}
    if name.kind == "count" and not name.gathered:
        return "平均数量"
    return says.get(name.kind, "")


def _per(name: Measured) -> str:
    return "、".join(f"每{per}" for per in sorted(name.per)) or "未写明分母"


def _people(name: Measured) -> str:
    return "、".join(sorted(name.population))


def _comparable_per(one: frozenset[str], other: frozenset[str]) -> bool:
    if one == other:
        return True
    table = vocabulary()["per"]
    if not one or not other:
        return (one | other) <= {p["is"] for p in table if p.get("loose")}
    near = {p["is"]: set(p.get("near", ())) for p in table}
    return any(near.get(p, set()) & other for p in one)
