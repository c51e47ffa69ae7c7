"""Facts to quads: IRIs, triples and their bytes."""
