"""Facts about Chinese writing: views, numerals, dates, places. Pure functions of strings."""
