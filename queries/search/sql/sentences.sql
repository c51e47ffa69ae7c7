SELECT about, document, start, stop, quote
FROM entry
WHERE about IN (SELECT value FROM JSON_EACH(:about)) AND title = ''
ORDER BY id
