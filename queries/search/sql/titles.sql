SELECT about, title
FROM entry
WHERE about IN (SELECT value FROM JSON_EACH(:about)) AND title != ''
