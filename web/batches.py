"""What clients of the reconciliation API send, read strictly: JSON in, names to match out.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from ontology import ZT
from queries.matching import Wanted

__all__ = ["LARGEST_BODY", "MOST", "read_extension", "read_queries"]

MOST = 1000  # queries of a batch, things of an extension
LARGEST_BODY = 8_000_000  # bytes; a form writes a Chinese character as nine
_LONGEST = 500  # characters of a name
_CANDIDATES = 50
_USUAL = 5
_VALUES = 50  # of one property
_STRICT = ("any", "all", "should")
_KNOWN = {"query", "type", "limit", "properties", "type_strict"}


def read_queries(
    sent: str, *, types: Collection[str], properties: Collection[str]
) -> dict[str, Wanted]:
    """The queries of a batch by their keys.

    Raises: `BadRequest` where it is no batch, `RequestEntityTooLarge` for more than `MOST`.
    """
    batch = _json(sent, "queries")
    if not isinstance(batch, dict):
        raise BadRequest("queries 应为 JSON 对象 queries should be a JSON object")
    _limited(batch)
    return {key: _query(key, query, types, properties) for key, query in batch.items()}


def read_extension(
    sent: str, *, properties: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The IRIs and the properties of an extension.

    Raises: as `read_queries`.
    """
    wanted = _json(sent, "extend")
    if not isinstance(wanted, dict):
        raise BadRequest("extend 应为 JSON 对象 extend should be a JSON object")
    iris: list[str] = _list("ids", wanted.get("ids"), str)
    asked: list[dict[str, Any]] = _list("properties", wanted.get("properties"), dict)
    found = tuple(_known("extend", it.get("id"), properties, "属性 property") for it in asked)
    return tuple(dict.fromkeys(iris)), tuple(dict.fromkeys(found))


def _query(key: str, query: object, types: Collection[str], known: Collection[str]) -> Wanted:
    if not isinstance(query, dict) or not query.keys() <= _KNOWN:
        raise _bad(key, f"应为对象，只含 should be an object of {', '.join(sorted(_KNOWN))}")
    strict = query.get("type_strict", "any")
    if strict not in _STRICT:
        raise _bad(key, f"type_strict 应为 should be one of {', '.join(_STRICT)}")
    properties = _list(key, query.get("properties", []), dict)
    if "query" not in query and not properties:
        raise _bad(key, "缺少 query neither query nor properties")
    return Wanted(
        text=_name(key, query.get("query", "")),
        types=tuple(_types(key, query.get("type") or [], types)),
        strict=strict,
        limit=_limit(key, query.get("limit", _USUAL)),
        properties=tuple(_condition(key, it, known) for it in properties),
    )


def _name(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _bad(key, "名称和属性值应为字符串 names and values should be strings")
    if len(value) > _LONGEST:
        raise _bad(key, f"文字超过 {_LONGEST} 字 a text is longer than {_LONGEST} characters")
    return value


def _types(key: str, given: object, types: Collection[str]) -> Iterator[str]:
    for value in given if isinstance(given, list) else [given]:
        kind = value.get("id") if isinstance(value, dict) else value
        kind = kind.removeprefix(ZT) if isinstance(kind, str) else kind
        yield _known(key, kind, types, "类型 type")


def _limit(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value < 1e9:
        raise _bad(key, "limit 应为正整数 limit should be a positive integer")
    return min(int(value), _CANDIDATES)


def _condition(
    key: str, condition: dict[str, Any], known: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    given = condition.get("v")
    values = given if isinstance(given, list) else [given]
    if len(values) > _VALUES:
        raise _bad(key, f"一个属性超过 {_VALUES} 个值 a property has more than {_VALUES} values")
    wanted = _known(key, condition.get("pid"), known, "属性 property")
    return wanted, tuple(_value(key, value) for value in values)


def _value(key: str, value: object) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    return _name(key, value)


def _known(key: str, value: object, known: Collection[str], what: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise _bad(key, f"没有这个{what} {str(value)[:80]!r}；可用 use {', '.join(known)}")
    return value


def _json(sent: str, name: str) -> object:
    try:
        return json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{name} 不是 JSON {name} is no JSON: {str(error)[:200]}") from error


def _limited(given: Collection[object]) -> None:
    if len(given) > MOST:
        raise RequestEntityTooLarge(f"一批最多 {MOST} 条 a batch holds {MOST} at most")


def _list(key: str, value: object, of: type) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(it, of) for it in value):
        raise _bad(key, "应为数组 should be an array of " + ("strings" if of is str else "objects"))
    _limited(value)
    return value


def _bad(key: str, why: str) -> BadRequest:
    return BadRequest(f"{key[:80]}：{why}")
