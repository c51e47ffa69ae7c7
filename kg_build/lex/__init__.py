"""Facts about Chinese writing: views of text, numerals, dates, places. Pure functions of strings."""
