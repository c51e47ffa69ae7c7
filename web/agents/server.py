"""Tools served over the Model Context Protocol. The only door to its library, and to uvicorn.

Source: https://modelcontextprotocol.io/specification/2025-11-25/server/tools
"""

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import anyio
import anyio.to_thread
import uvicorn
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as Described

from queries.errors import QueryError
from web.agents.tools import Graph, Tool, tools

__all__ = ["serve_http", "serve_stdio", "server"]

_ABOUT = (
    "Zhengtu reads Chinese government plans as a knowledge graph whose every fact cites its "
    "sentence. Start with `ask`; where it does not understand, use the query tools, whose "
    "parameters take names as well as IRIs. Quote the citation of a row when you use it, with its "
    "page. `explain` tells why a fact is believed. "
    "每一行都附原文出处，引用时请注明。"
)
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def server(graph: Callable[[], Graph]) -> Server[Any]:
    """The server over what `graph` gives for each call.

    A call that goes wrong is told to the agent with what to do, as a result that is an error.
    """
    known = {tool.name: tool for tool in tools()}
    listed = ListToolsResult(tools=[_described(tool) for tool in known.values()])

    async def list_tools(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
        return listed

    async def call_tool(_: Any, asked: CallToolRequestParams) -> CallToolResult:
        tool = known.get(asked.name)
        if tool is None:
            return _said(f"没有这个工具 no such tool: {asked.name}", is_error=True)
        return await anyio.to_thread.run_sync(_called, tool, graph, asked.arguments or {})

    return Server(
        "zhengtu",
        title="政图 Zhengtu",
        version=version("zhengtu"),
        instructions=_ABOUT,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(graph: Callable[[], Graph]) -> None:
    """Serves one agent over standard input and output until it leaves."""
    anyio.run(_over_stdio, server(graph))


def serve_http(graph: Callable[[], Graph], host: str, port: int) -> None:
    """Serves agents at `http://host:port/mcp` until interrupted; keeps no sessions."""
    app = server(graph).streamable_http_app(host=host, stateless_http=True, json_response=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")


async def _over_stdio(served: Server[Any]) -> None:
    async with stdio_server() as (received, sent):
        await served.run(received, sent, served.create_initialization_options())


def _described(tool: Tool) -> Described:
    return Described(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments,
        annotations=_READ_ONLY,
    )


def _called(tool: Tool, graph: Callable[[], Graph], given: dict[str, Any]) -> CallToolResult:
    unknown = given.keys() - tool.arguments["properties"].keys()
    if unknown:
        valid = "、".join(tool.arguments["properties"])
        return _said(f"没有参数 no such argument: {unknown}；可用 valid: {valid}", is_error=True)
    try:
        answer = tool.call(graph(), given)
    except QueryError as error:
        return _said(str(error), is_error=True)
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)


def _said(text: str, *, is_error: bool) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=is_error)
