SELECT place, above FROM lineage
