SELECT signature FROM made_by
