"""Matches lists of names with the things of the graph, and finds entries of vocabularies by name.

Builds: names in, candidates with honest scores out.
Holds: all names of the graph's things, how names are compared, what of a thing can be added.
May import: answering, asking.folding, stores.port, ontology.
Never: HTTP, SPARQL text in Python, a guess given as certain.
"""

from queries.matching.entities import Entity
from queries.matching.matcher import Candidate, Matcher, Wanted
from queries.matching.names import Named

__all__ = ["Candidate", "Entity", "Matcher", "Named", "Wanted"]
