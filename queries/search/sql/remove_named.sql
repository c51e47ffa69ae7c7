DELETE FROM named WHERE folded = ? AND entry = ?
