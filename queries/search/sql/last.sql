SELECT MAX(id) FROM entry WHERE id BETWEEN ?1 << 20 AND (?1 + 1 << 20) - 1
