-- The entries of one graph, to see which of them stay.
SELECT id, id >> 20, iri, graph, about, plan, document, start, stop, quote, title, wording
FROM entry
WHERE graph = ?
