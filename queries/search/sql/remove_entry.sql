DELETE FROM entry WHERE id = ?
