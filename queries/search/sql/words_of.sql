SELECT id, title, wording FROM entry WHERE id = ?
