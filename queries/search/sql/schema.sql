-- The index of one generation. `words` holds no text of its own: its rows are those of `entry`,
-- as the tokens that folding.py makes of them.

CREATE TABLE made_by (signature TEXT NOT NULL);

CREATE TABLE name (iri TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL) WITHOUT ROWID;

-- A place and all above it, from the top down.
CREATE TABLE lineage (place TEXT PRIMARY KEY, above TEXT NOT NULL) WITHOUT ROWID;

-- Lists of IRIs are separated by spaces.
CREATE TABLE scope (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  places TEXT NOT NULL,
  domains TEXT NOT NULL,
  nationals TEXT NOT NULL,
  since INTEGER,
  until INTEGER
);

-- What a search finds. The number of an entry is that of its scope times 1,048,576, plus one that
-- counts: so an index of words tells the scope without a look at the entry.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  iri TEXT NOT NULL,
  graph TEXT NOT NULL,
  about TEXT NOT NULL,
  plan TEXT NOT NULL,
  document TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  quote TEXT NOT NULL,
  title TEXT NOT NULL,
  wording TEXT NOT NULL
);

CREATE INDEX entry_graph ON entry (graph);
CREATE INDEX entry_about ON entry (about);

-- Names as folding.py makes them.
CREATE TABLE named (
  folded TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry,
  PRIMARY KEY (folded, entry)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (title, wording, content = '', tokenize = 'ascii');
