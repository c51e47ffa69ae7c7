"""Full-text search over the graph: names, what is said of things, and every sentence.

`search` answers from an `Index`, which `opening.open_index` opens by a store's address.
"""

from queries.search.found import Choice, Facet, Found, Hit, Run, Sentence
from queries.search.searching import search

__all__ = ["Choice", "Facet", "Found", "Hit", "Run", "Sentence", "search"]
