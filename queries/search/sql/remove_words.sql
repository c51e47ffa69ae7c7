-- An index without texts of its own must be told what it held.
INSERT INTO words (words, rowid, title, wording) VALUES ('delete', ?, ?, ?)
