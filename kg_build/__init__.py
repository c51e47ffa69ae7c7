"""Builds: plan documents in, N-Quads out.

Holds: readers, structure, extraction, linking, writing, and the command line that joins the rooms.
May import: ontology.
Never: HTTP, a store, SPARQL, the clock, the environment (`cli` and `settings` excepted).
"""
