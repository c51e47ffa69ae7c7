-- The things that fit, best first: of that very name, with all words in their names, with them in
-- what is said of them, then those of the scopes named last; among these by BM25, a word in a name counting four times.
WITH best AS MATERIALIZED (
  SELECT
    rowid AS id,
    BM25(words, 4.0, 1.0) + 1000000 * CASE
      WHEN rowid IN (SELECT entry FROM named WHERE folded = :name) THEN 0
      WHEN rowid IN (SELECT rowid FROM words WHERE words MATCH :in_names) THEN 1
      WHEN rowid >> 20 IN (SELECT value FROM JSON_EACH(:last)) THEN 3
      ELSE 2
    END AS place
  FROM words
  WHERE words MATCH :condition
    AND rowid >> 20 IN (SELECT value FROM JSON_EACH(:scopes))
  ORDER BY 2, 1
  LIMIT :size OFFSET :first
)
SELECT
  scope.kind, entry.iri, entry.about, entry.plan, scope.id,
  entry.title, entry.document, entry.start, entry.stop, entry.quote
FROM best JOIN entry USING (id) JOIN scope ON scope.id = entry.id >> 20
ORDER BY best.place, best.id
