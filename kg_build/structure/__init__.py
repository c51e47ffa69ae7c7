"""`Document` to outline: titled segments, numbered sections, tables."""
