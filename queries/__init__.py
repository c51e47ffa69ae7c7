"""Asks: named queries, the stores that answer them, and limits for strangers' queries.

Builds: questions in, tables and standard result formats out.
Holds: `.rq` files, their catalogue and binding, the store port and its adapters, the query pool.
May import: ontology.
Never: the builder, HTTP serving, pages, the clock.
"""

__all__: list[str] = []
