-- How many entries fit, by scope (see schema.sql for what a number is).
SELECT rowid >> 20, COUNT(*) FROM words WHERE words MATCH :condition GROUP BY 1
