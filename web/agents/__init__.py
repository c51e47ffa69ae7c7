"""The graph for agents over the Model Context Protocol: the same questions as the pages, cited.

Builds: tool calls in, rows with citations out.
Holds: tools described from the headers of the named queries; the server in `server.py` only.
May import: queries, ontology; the protocol's own library in `server.py` only.
Never: the builder, a model, SPARQL text.
"""

__all__: list[str] = []
