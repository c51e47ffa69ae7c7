"""Asks in plain words: a question in Chinese or English, read and answered from the graph.

Builds: questions in, readings, rows and the sentences that say so out.
Holds: words and routes as data, the lexicon from the graph, the reading of questions.
May import: catalog, binding, answering, stores.port, ontology; jieba in `segmentation.py` only,
  pypinyin in `spelling.py` only.
Never: a model, the network, SPARQL text in Python, the clock.
"""

from queries.asking.answer import Answer
from queries.asking.asker import Asker

__all__ = ["Answer", "Asker"]
