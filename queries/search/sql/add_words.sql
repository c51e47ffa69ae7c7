INSERT INTO words (rowid, title, wording) VALUES (?, ?, ?)
